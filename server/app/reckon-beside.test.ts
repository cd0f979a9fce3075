import { afterAll, expect, it } from 'vitest';
import { reckon, type Reckoning } from '#analyse/batches/reckon.ts';
import { reckonBeside } from './reckon-beside.ts';

const beside = reckonBeside();
afterAll(beside.stop);

const hourMs = 3_600_000;
const timesMs = Float64Array.from({ length: 400 }, (_none, at) => at * hourMs);
const judged: Reckoning = {
  what: 'judge',
  checks: [
    {
      checkNumber: 1,
      times: timesMs,
      values: [timesMs.map((_time, at) => at % 7)],
      series: [{ id: 1, place: 0, state: null, untilMs: -1, goingOn: [] }],
    },
  ],
};
const foreseen: Reckoning = {
  what: 'forecast',
  timesMs,
  values: timesMs.map((_time, at) => 20 + at / 10),
  capacity: 100,
  horizonDays: 180,
};

it('gives the same beside as here, several at once', async () => {
  const [one, other] = await Promise.all([beside.reckon(judged), beside.reckon(foreseen)]);
  expect(one).toEqual(reckon(judged));
  expect(other).toEqual(reckon(foreseen));
});

it('begins anew after it was ended, and lets nobody wait who asked meanwhile', async () => {
  const asked = beside.reckon(foreseen).then(
    () => 'reckoned',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  );
  await beside.stop();
  expect(await asked).toBe('stopped');
  expect((await beside.reckon(foreseen)).what).toBe('forecast');
});
