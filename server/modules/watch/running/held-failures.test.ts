import { expect, test } from 'vitest';
import { HeldFailures, type Held } from './held-failures.ts';
import { storedCheck } from '../testing/stored-check.ts';
import { watchedOf } from './watched.ts';

const host = { kind: 'host', id: 'host', name: 'host' } as const;

function failureOf(id: string, guardIds: readonly string[], deadlineMs = 1_000): Held {
  const watched = watchedOf(storedCheck({ id }), { target: host, address: '192.0.2.1', hostId: null, needs: [] });
  return { watched, first: new Date(0), deadlineMs, guardIds };
}

const idsOf = (held: readonly Held[]): string[] => held.map(({ watched }) => watched.stored.id);

test('a failure is found by each check that it waits for, until it is released', () => {
  const held = new HeldFailures();
  held.hold(failureOf('page', ['ping', 'switch']));
  held.hold(failureOf('mail', ['switch']));
  expect(idsOf(held.waitingFor('switch'))).toEqual(['page', 'mail']);
  expect(idsOf(held.waitingFor('ping'))).toEqual(['page']);
  expect(held.waitingFor('page')).toEqual([]);
  held.release('page');
  expect(held.size).toBe(1);
  expect(held.get('page')).toBeUndefined();
  expect(held.waitingFor('ping')).toEqual([]);
  expect(idsOf(held.waitingFor('switch'))).toEqual(['mail']);
});

test('what goes on waiting for something else no longer hears of what it waited for first', () => {
  const held = new HeldFailures();
  held.hold(failureOf('page', ['ping']));
  held.hold(failureOf('page', ['switch']));
  expect(held.size).toBe(1);
  expect(held.waitingFor('ping')).toEqual([]);
  expect(idsOf(held.waitingFor('switch'))).toEqual(['page']);
});

test('those waiting are told of as they were asked for, though telling one of them changes who waits', () => {
  const held = new HeldFailures();
  for (const id of ['one', 'two', 'three']) held.hold(failureOf(id, ['switch']));
  const told: string[] = [];
  for (const { watched } of held.waitingFor('switch')) {
    told.push(watched.stored.id);
    held.release(watched.stored.id);
    held.hold(failureOf(watched.stored.id, ['switch', 'router']));
  }
  expect(told).toEqual(['one', 'two', 'three']);
  expect(held.size).toBe(3);
});

test('nothing waits longer than its time, and to release what does not wait is no fault', () => {
  const held = new HeldFailures();
  expect(held.overdue(1_000_000)).toEqual([]);
  held.hold(failureOf('soon', ['switch'], 1_000));
  held.hold(failureOf('late', ['switch'], 2_000));
  held.release('unknown');
  expect(held.overdue(999)).toEqual([]);
  expect(idsOf(held.overdue(1_000))).toEqual(['soon']);
  expect(idsOf(held.overdue(2_000))).toEqual(['soon', 'late']);
});
