import { expect, test } from 'vitest';
import { phaseOf } from '#probe/phase-of.ts';
import { usualSensitivity } from './confirm.ts';
import { WatchList } from './watch-list.ts';
import type { StoredCheck } from '../watched-check.ts';

const intervalMs = 60_000;
const ids = Array.from({ length: 1_200 }, (_, index) => `check-${index}`);
const changedAt = new Date('2026-11-22T12:00:00Z');

function checkOf(id: string, number: number): StoredCheck {
  return {
    id,
    number,
    name: id,
    kind: 'tcp',
    target: { kind: 'host', id: `host of ${id}` },
    settings: { port: 80 },
    intervalMs,
    paused: false,
    specialAllowed: false,
    specialAddress: null,
    secretAddress: null,
    importance: 'normal',
    state: 'up',
    since: changedAt,
    failingSince: null,
    flapping: false,
    because: null,
    changedAt,
    rules: [],
    sensitivity: usualSensitivity,
    odd: null,
  };
}

const list = (): WatchList =>
  new WatchList({
    needs: {
      ancestorsOf: (things) => Promise.resolve(things.map(() => [])),
      hostsById: () => Promise.resolve([]),
      namedThings: (things) => Promise.resolve(things.map((thing) => ({ ...thing, name: thing.id }))),
    },
    store: {
      versions: () =>
        Promise.resolve(ids.map((id) => ({ id, changedMs: changedAt.getTime(), intervalMs, isNew: false }))),
      byIds: (wanted) => Promise.resolve(wanted.map((id) => checkOf(id, ids.indexOf(id)))),
      series: () => Promise.resolve([]),
      kept: () => Promise.resolve(new Map()),
      noteLeave: () => Promise.resolve(),
      noteSecretAddress: () => Promise.resolve(),
    },
  });

const nowMs = changedAt.getTime() + 12_345;
const untilTurn = (id: string): number =>
  (phaseOf(id, intervalMs, 20) - (nowMs % intervalMs) + intervalMs) % intervalMs;

test('a long list comes in parts, those first whose turn comes first', async () => {
  const parts: string[][] = [];
  await list().read({
    nowMs,
    took(some, coming) {
      expect(coming).toHaveLength(ids.length);
      parts.push(some.map(({ stored: { id } }) => id));
      return true;
    },
  });
  expect(parts.map(({ length }) => length)).toEqual([500, 500, 200]);
  const turns = parts.map((part) => part.map(untilTurn));
  expect(Math.max(...(turns[0] ?? []))).toBeLessThanOrEqual(Math.min(...(turns[1] ?? [])));
  expect(Math.max(...(turns[1] ?? []))).toBeLessThanOrEqual(Math.min(...(turns[2] ?? [])));
});

test('reading ends when whoever takes it in wants no more', async () => {
  let taken = 0;
  await list().read({ nowMs, took: (some) => ((taken += some.length), false) });
  expect(taken).toBe(500);
});

test('what is on the list and did not change is not read again', async () => {
  const own = list();
  let taken = 0;
  const took = (some: readonly unknown[]): boolean => ((taken += some.length), true);
  await own.read({ nowMs, took });
  expect(await own.read({ nowMs, took })).toEqual({ changed: [], removed: [] });
  expect(taken).toBe(ids.length);
});
