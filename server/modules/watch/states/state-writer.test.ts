import { setTimeout as wait } from 'node:timers/promises';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import type { State } from '#contract/alert.ts';
import { usualSensitivity } from '../running/confirm.ts';
import { StateWriter } from './state-writer.ts';
import type { Settled } from './settled.ts';
import { watchedOf } from '../running/watched.ts';

const target = { kind: 'host', id: 'h', name: 'web-01' } as const;

function watchedCheck(id: string) {
  const at = new Date(0);
  const stored = { id, number: 1, name: id, kind: 'tcp', target, settings: {}, intervalMs: 5_000, paused: false };
  const state = { state: 'unknown', since: at, failingSince: null, flapping: false, because: null } as const;
  return watchedOf(
    {
      ...stored,
      ...state,
      specialAllowed: false,
      specialAddress: null,
      secretAddress: null,
      importance: 'normal',
      changedAt: at,
      rules: [],
      sensitivity: usualSensitivity,
      odd: null,
    },
    { target, address: '', hostId: null, needs: [] },
  );
}

function change(id: string, state: State): Settled {
  const at = new Date(0);
  const reason = { code: 'open', data: {} };
  const result = { at, verdict: 'up', reason, confirming: false, durationMs: 1, output: '' } as const;
  return { checkId: id, target, state, flapping: false, because: null, first: at, agreed: null, result };
}

/** A writer whose storing is noted and takes a moment. */
function noted({ failures = 0, poison = '' } = {}) {
  const written: string[] = [];
  const batches: number[] = [];
  let most = 0;
  let now = 0;
  let left = failures;
  const writer = new StateWriter({
    flush: () => Promise.resolve(true),
    async settle(settled) {
      now += 1;
      most = Math.max(most, now);
      batches.push(settled.length);
      await wait(2);
      now -= 1;
      left -= 1;
      if (left >= 0) throw new Error('the database is away');
      if (settled.some(({ checkId }) => checkId === poison)) throw new Error('that cannot be stored');
      written.push(...settled.map(({ checkId, state }) => `${checkId} ${state}`));
      return new Map();
    },
    async settleFirst(settled) {
      await wait(2);
      written.push(`first ${settled.length}`);
      return new Set(settled.map(({ checkId }) => checkId));
    },
    log: pino({ level: 'silent' }),
  });
  return { writer, written, batches, most: () => most };
}

describe('changes of state', () => {
  test('of one check are written in their order, of many together', async () => {
    const { writer, written, batches, most } = noted();
    for (let index = 0; index < 20; index += 1) {
      const watched = watchedCheck(`c${index}`);
      writer.put(watched, change(`c${index}`, 'down'), 'up');
      writer.put(watched, change(`c${index}`, 'up'), 'down');
    }
    await expect.poll(() => written.length).toBe(40);
    for (let index = 0; index < 20; index += 1) {
      expect(written.filter((line) => line.startsWith(`c${index} `))).toEqual([`c${index} down`, `c${index} up`]);
    }
    expect(most()).toBeLessThanOrEqual(2);
    expect(batches.length).toBeLessThan(10);
  });

  test('that are first good results are written together, after failures', async () => {
    const { writer, written } = noted();
    for (let index = 0; index < 10; index += 1)
      writer.put(watchedCheck(`f${index}`), change(`f${index}`, 'down'), 'up');
    for (let index = 0; index < 100; index += 1)
      writer.put(watchedCheck(`c${index}`), change(`c${index}`, 'up'), 'unknown');
    await expect.poll(() => written.length).toBe(11);
    expect(written.at(-1)).toBe('first 100');
  });

  test('follow a first good result that is still to be written', async () => {
    const { writer, written } = noted();
    const watched = watchedCheck('a');
    writer.put(watchedCheck('b'), change('b', 'up'), 'unknown');
    writer.put(watched, change('a', 'up'), 'unknown');
    writer.put(watched, change('a', 'down'), 'up');
    await expect.poll(() => written).toEqual(['first 1', 'first 1', 'a down']);
  });

  test('that cannot be stored hold up themselves only', async () => {
    const { writer, written } = noted({ poison: 'c7' });
    for (let index = 0; index < 40; index += 1)
      writer.put(watchedCheck(`c${index}`), change(`c${index}`, 'down'), 'up');
    await expect.poll(() => written.length, { timeout: 20_000 }).toBe(39);
    await writer.end();
    expect(new Set(written).size).toBe(39);
  });

  test('are tried again when the database is away', async () => {
    const { writer, written } = noted({ failures: 1 });
    writer.put(watchedCheck('a'), change('a', 'down'), 'up');
    await expect.poll(() => written).toEqual(['a down']);
  });

  test('that wait are given up at the end, those begun are finished', async () => {
    const { writer, written } = noted();
    for (let index = 0; index < 50; index += 1)
      writer.put(watchedCheck(`c${index}`), change(`c${index}`, 'down'), 'up');
    await writer.end();
    const finished = written.length;
    expect(finished).toBeGreaterThan(0);
    await wait(50);
    expect(written).toHaveLength(finished);
  });
});
