import pino from 'pino';
import { expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { usualSensitivity } from './confirm.ts';
import { Recorder } from './recorder.ts';
import type { ResultRow } from './store-result.ts';
import { watchedOf } from './watched.ts';

const target = { kind: 'host', id: 'h', name: 'web-01' } as const;
const at = new Date(0);

function checkUnderWatch() {
  const stored = { id: 'a', number: 7, name: 'a', kind: 'tcp', target, settings: {}, intervalMs: 5_000, paused: false };
  const state = { state: 'unknown', since: at, failingSince: null, flapping: false, because: null } as const;
  const rest = {
    specialAllowed: false,
    specialAddress: null,
    secretAddress: null,
    importance: 'normal',
    changedAt: at,
    rules: [],
  } as const;
  return watchedOf(
    { ...stored, ...state, ...rest, sensitivity: usualSensitivity, odd: null },
    { target, address: '', hostId: null, needs: [] },
  );
}

const result = {
  at,
  verdict: 'up',
  reason: { code: 'open', data: {} },
  confirming: false,
  durationMs: 1,
  output: '',
} as const;

const nothing = () => Promise.resolve();

/** A recorder whose database takes what it is given, or not. */
function recorderOn(addAll: (rows: readonly ResultRow[]) => Promise<void>) {
  const store = { addAll, addSeries: nothing, keep: nothing, keepDays: nothing };
  return new Recorder({ store, log: pino({ level: 'silent' }) });
}

test('a flush ends though results come faster than they are written', async () => {
  const watched = checkUnderWatch();
  const written: number[] = [];
  const recorder = recorderOn(async (rows) => {
    written.push(rows.length);
    // While these are written as many come again.
    for (const _row of rows) recorder.add(watched, result, []);
  });
  for (let count = 0; count < 50; count += 1) recorder.add(watched, result, []);
  expect(await recorder.flush()).toBe(true);
  expect(written).toEqual([50]);
  expect(recorder.look().unwritten).toBe(50);
});

test('what could not be written is kept, said, and written with the next flush in its order', async () => {
  const watched = checkUnderWatch();
  const written: (readonly ResultRow[])[] = [];
  let away = true;
  const recorder = recorderOn((rows) => {
    if (away) return Promise.reject(new Error('the database is away'));
    written.push(rows);
    return Promise.resolve();
  });
  recorder.add(watched, { ...result, durationMs: 1 }, [{ name: 'total', unit: 'ms', value: 1 }]);
  expect(await recorder.flush()).toBe(false);
  recorder.add(watched, { ...result, durationMs: 2 }, []);
  away = false;
  expect(await recorder.flush()).toBe(true);
  expect(written.flat().map(({ durationMs }) => durationMs)).toEqual([1, 2]);
});

test('what a check keeps is stored when it changed, and only then', async () => {
  const watched = checkUnderWatch();
  const kept: ReadonlyMap<number, string>[] = [];
  const keep = (values: ReadonlyMap<number, string>) => Promise.resolve(void (values.size > 0 && kept.push(values)));
  const recorder = new Recorder({
    store: { addAll: nothing, addSeries: nothing, keep, keepDays: nothing },
    log: pino({ level: 'silent' }),
  });
  watched.kept = new RunMemory();
  watched.kept.set('offset', 12);
  for (let run = 0; run < 3; run += 1) {
    recorder.add(watched, result, []);
    await recorder.flush();
  }
  expect(kept.map((each) => [...each])).toEqual([[[7, '{"offset":12}']]]);
});
