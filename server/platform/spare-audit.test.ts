import { expect, it } from 'vitest';
import type { AuditDraft } from './audit-content.ts';
import { spareAudit } from './spare-audit.ts';

function draftOf(outcome: string, name: string): AuditDraft {
  return {
    who: { kind: 'outside', id: null, name },
    request: 'people.session.start',
    outcome,
    subject: null,
    detail: {},
  };
}

it('writes one line a minute of who has to wait, and all others', async () => {
  let seconds = 0;
  const written: string[] = [];
  const audit = spareAudit(async ({ outcome, who }) => void written.push(`${seconds} ${who.name} ${outcome}`), {
    now: () => new Date(seconds * 1_000),
  });
  for (seconds = 0; seconds <= 60; seconds += 20) {
    await audit(draftOf('refused: too_many_attempts', 'a'));
    await audit(draftOf('refused: too_many_attempts', 'b'));
  }
  expect(written).toEqual([
    '0 a refused: too_many_attempts',
    '0 b refused: too_many_attempts',
    '60 a refused: too_many_attempts',
    '60 b refused: too_many_attempts',
  ]);
  written.length = 0;
  for (let each = 0; each < 3; each += 1) await audit(draftOf('refused: wrong_password', 'a'));
  expect(written).toHaveLength(3);
});
