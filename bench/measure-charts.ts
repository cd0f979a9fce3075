import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { drawSeries } from '../server/modules/watch/measurements/draw-series.ts';
import { chunkStore, type NewChunk } from '../server/modules/watch/measurements/store-chunk.ts';
import { checkStore } from '../server/modules/watch/checks/store-check.ts';
import { pointStore } from '../server/modules/watch/measurements/store-points.ts';
import { resultStore } from '../server/modules/watch/running/store-result.ts';
import { rollStore } from '../server/modules/watch/measurements/store-roll.ts';
import { StepFold, type Point } from '../server/modules/watch/measurements/step-fold.ts';
import { startOwnPostgres } from '../test/own-postgres.ts';
import { median, megabytes, table } from './table.ts';

/**
 * `node bench/measure-charts.ts [checks]`: fills a database of its own with invented measurements, each check with one
 * series at 60 s, kept 14 days as samples, 90 days at 5 minutes, 2 years by hours and by days; tells the room that they
 * take, and how long charts take on the server. The room is for as many checks as were made, and for 10,000 of them.
 */

const checks = Number(process.argv[2] ?? 200);
const dayS = 86_400;
const windowS = 7_200;
const nowS = Math.floor(Date.now() / 1_000 / dayS) * dayS;
const kept = { raw: 14, five_minutes: 90, hours: 730 };

/** A seeded generator (mulberry32), so that figures can be made again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What half of all checks measure, answer times: a level, a daily wave and noise of a fifth; the others, calmer things. */
function valueOf(number: number, random: () => number, timeS: number): number {
  const wave = 1 + 0.3 * Math.sin((timeS / dayS) * 2 * Math.PI);
  const noise = random() + random() + random() - 1.5;
  if (number % 4 === 0) return Math.fround(40 + (number % 50) + noise * 0.4);
  if (number % 4 === 1) return number % 100;
  return Math.fround((5 + (number % 200)) * wave * Math.exp(noise * 0.4));
}

const postgres = await startOwnPostgres();
const opened = openDatabase(postgres.url, { onError: () => undefined });
const db = tablesOf<'watch'>(opened.kysely);
const fields = { settings: {}, intervalMs: 60_000, paused: false, specialAllowed: false };

async function addChecks(): Promise<number[]> {
  const numbers: number[] = [];
  for (let index = 0; index < checks; index += 1) {
    const id = uuid();
    const check = { ...fields, name: `check ${index}`, kind: 'http', target: { kind: 'host' as const, id: uuid() } };
    await checkStore(db).add(id, check, new Date());
    numbers.push((await checkStore(db).get(id))?.number ?? 0);
  }
  await resultStore(db).addSeries(
    numbers.map((checkNumber) => ({ checkNumber, position: 1, name: 'total', unit: 'ms' })),
  );
  return numbers;
}

/** Fourteen days of samples, with the reasons that an HTTP check gives. */
async function addSamples(checkNumber: number): Promise<void> {
  const random = seeded(checkNumber);
  const chunks: NewChunk[] = [];
  for (let beginS = nowS - kept.raw * dayS; beginS < nowS; beginS += windowS) {
    const samples = Array.from({ length: windowS / 60 }, (_none, index) => {
      const atMs = (beginS + index * 60) * 1_000 + 17 * (checkNumber % 3_000) + Math.floor(random() * 12);
      const value = valueOf(checkNumber, random, beginS + index * 60);
      const reason = `{"code":"answered","data":{"status":200,"ms":${Math.round(value * 1_000) / 1_000}}}`;
      return { atMs, verdict: 0, confirming: false, durationMs: value, reason, output: null, values: [value] };
    });
    chunks.push({ checkNumber, samples });
  }
  await opened.kysely.transaction().execute((trx) => chunkStore(tablesOf<'watch'>(trx)).add(chunks));
}

function pointsOf(checkNumber: number, stepS: number, days: number): Point[] {
  const random = seeded(checkNumber);
  const fold = new StepFold({ firstS: nowS - days * dayS, stepS, steps: (days * dayS) / stepS }, 1);
  // Ten samples stand for all of a longer step: what is packed is as long as it would be.
  const everyS = Math.max(60, stepS / 10);
  for (let timeS = nowS - days * dayS; timeS < nowS; timeS += everyS)
    fold.addSample(0, timeS, valueOf(checkNumber, random, timeS));
  return fold.points(0).map((point) => ({ ...point, count: stepS / 60 }));
}

async function addPoints(checkNumber: number): Promise<void> {
  await opened.kysely.transaction().execute(async (trx) => {
    const points = pointStore(tablesOf<'watch'>(trx));
    const all = [
      ['five_minutes', 300, kept.five_minutes],
      ['hours', 3_600, kept.hours],
      ['days', dayS, kept.hours],
    ] as const;
    for (const [grain, stepS, days] of all)
      await points.merge(grain, [{ checkNumber, points: new Map([[1, pointsOf(checkNumber, stepS, days)]]) }]);
  });
}

/** Two hours and a quarter of results as rows: what is not packed yet, at most. */
async function addOpen(numbers: readonly number[]): Promise<void> {
  await resultStore(db).keepDays(new Date(nowS * 1_000));
  for (let minute = 0; minute < 135; minute += 1)
    await resultStore(db).addAll(
      numbers.map((checkNumber) => ({
        checkNumber,
        at: new Date((nowS + minute * 60) * 1_000 + checkNumber),
        verdict: 'up',
        reason: { code: 'answered', data: { status: 200, ms: 12.345 } },
        confirming: false,
        durationMs: 12.345,
        output: '',
        values: [12.345],
      })),
    );
}

async function measureRoom(): Promise<string> {
  const counts = {
    result: checks * 135,
    chunk: checks * kept.raw * 1_440,
    five_minutes: checks * kept.five_minutes * 288,
    hours: checks * kept.hours * 24,
    days: checks * kept.hours,
  };
  const sizes = await rollStore(db).sizes();
  let sum = 0;
  const rows = Object.entries(counts).map(([parent, count]) => {
    // What is made ahead and empty counts as it would with ten thousand checks.
    const bytes = sizes.find((each) => each.parent === parent)?.bytes ?? 0;
    const scaled = (bytes / checks) * 10_000;
    sum += scaled;
    return [parent, String(count), megabytes(bytes), (bytes / count).toFixed(2), `${(scaled / 1e9).toFixed(2)} GB`];
  });
  rows.push(['all', '', '', '', `${(sum / 1e9).toFixed(2)} GB`]);
  return table(`Room of ${checks} series at 60 s`, ['what', 'values', 'size', 'bytes each', 'of 10,000'], rows);
}

async function measureTimes(): Promise<string> {
  const { rows: ids } = await sql<{ id: number }>`select id from watch.series order by id`.execute(db);
  const clock = { now: () => new Date((nowS + 3_600) * 1_000) };
  const parts = { db, clock, log: createLog('silent'), vault: { unseal: () => '' } };
  const draw = async (count: number, days: number, agoDays: number): Promise<string[]> => {
    const times: number[] = [];
    let source = '';
    let step = 0;
    for (let turn = 0; turn < 15; turn += 1) {
      // Other series each time: none is in the memory of the one before.
      const series = Array.from(
        { length: count },
        (_none, index) => ids[(turn * 29 + index * 7) % ids.length]?.id ?? 0,
      );
      const until = new Date((nowS - agoDays * dayS) * 1_000);
      const from = new Date(until.getTime() - days * dayS * 1_000);
      const asked = { series, from: from.toISOString(), until: until.toISOString(), points: 400 };
      const begun = performance.now();
      const drawn = await drawSeries(parts, asked, 'en');
      times.push(performance.now() - begun);
      source = drawn.source;
      step = drawn.stepSeconds;
    }
    return [
      `${days} days, ${agoDays} days ago`,
      String(count),
      `${source}, ${step} s`,
      `${median(times).toFixed(0)} ms`,
      `${Math.max(...times).toFixed(0)} ms`,
    ];
  };
  const rows: string[][] = [];
  for (const [days, ago] of [
    [1, 0],
    [7, 0],
    [30, 20],
    [90, 0],
    [365, 0],
    [730, 0],
  ] as const)
    for (const count of [1, 10, 20]) rows.push(await draw(count, days, ago));
  return table('Charts, on the server', ['period', 'series', 'made of', 'median', 'most'], rows);
}

try {
  const numbers = await addChecks();
  await rollStore(db).setRolled({ until: new Date(nowS * 1_000), afterCheck: 0 });
  for (const number of numbers) {
    await addSamples(number);
    await addPoints(number);
  }
  await addOpen(numbers);
  await sql`vacuum analyze`.execute(db);
  console.log(await measureRoom());
  console.log(await measureTimes());
} finally {
  await opened.close();
  await postgres[Symbol.asyncDispose]();
}
