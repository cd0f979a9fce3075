import { expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import type { InsideView, Member } from '#probe/inside-view.ts';
import { probeContext } from '#probe/testing/probe-context.ts';
import { composite } from './composite.ts';

function madeOf(count: number): Promise<CheckResult> {
  const members = Array.from({ length: count }, (_none, index): Member => ({
    id: String(index),
    name: `c${index}`,
    target: 'h',
    state: 'down',
  }));
  const inside: InsideView = {
    watchedSince: new Date(0),
    now: new Date(0),
    *outside() {},
    beat: () => null,
    members: () => members,
  };
  return composite.prepare({ kind: 'tcp' }, { address: '' })({ ...probeContext(), inside });
}

test('a composite of more checks than it can weigh says so instead of weighing some', async () => {
  expect(await madeOf(1_000)).toMatchObject({ verdict: 'down', reason: { code: 'someBad' } });
  expect(await madeOf(1_001)).toMatchObject({ verdict: 'unknown', reason: { code: 'tooMany' } });
});
