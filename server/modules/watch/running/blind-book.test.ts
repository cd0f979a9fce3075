import { expect, test } from 'vitest';
import { createLog } from '#platform/log.ts';
import { BlindBook } from './blind-book.ts';

const watched = (lastAt: Date) => ({ stored: { number: 7, intervalMs: 60_000 }, last: { at: lastAt } });

test('what a clock that was ahead has gathered claims nothing of the future once it is set back', async () => {
  const added: unknown[] = [];
  const book = new BlindBook({
    add: async (spans) => void added.push(...spans),
    beat: async () => null,
    log: createLog('silent'),
  });
  const now = new Date('2026-11-22T12:00:00Z');
  const nextYear = new Date('2027-11-22T12:00:00Z');
  book.look(watched(new Date('2026-11-22T11:00:00Z')), nextYear);
  book.look(watched(nextYear), new Date('2027-11-22T13:00:00Z'));
  await book.flush(now);
  expect(added).toEqual([{ checkNumber: 7, from: new Date('2026-11-22T11:01:00Z'), until: now, why: 'late' }]);
});
