import { performance } from 'node:perf_hooks';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { reckon } from '../analyse/batches/reckon.ts';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createTransact } from '#platform/outbox.ts';
import { Judging } from '../server/modules/advice/judging.ts';
import { checkStore } from '../server/modules/watch/checks/store-check.ts';
import { readColumns } from '../server/modules/watch/measurements/read-samples.ts';
import { resultStore } from '../server/modules/watch/running/store-result.ts';
import { startOwnPostgres } from '../test/own-postgres.ts';

/**
 * `node bench/measure-advice.ts [checks]`: what judging every series costs. Checks with three series each are measured
 * once a minute; the clock is played, one turn a minute. Tells the CPU of this process (reckoning included) for a value,
 * what is kept in the database for a series, and what the turns write.
 */

const checks = Number(process.argv[2] ?? 200);
const minutes = 60;
const learnt = 120;
const seriesOfCheck = 3;
const names = ['connect', 'total', 'size'];

const postgres = await startOwnPostgres();
const opened = openDatabase(postgres.url, { onError: () => undefined });
const watch = tablesOf<'watch'>(opened.kysely);
const db = tablesOf<'advice'>(opened.kysely);
const startMs = Math.floor(Date.now() / 7_200_000) * 7_200_000 - 7_200_000;
let nowMs = startMs;
const clock = { now: () => new Date(nowMs) };
const host = uuid();
for (let at = 0; at < checks; at += 1)
  await checkStore(watch).add(
    uuid(),
    {
      name: `check ${at}`,
      settings: {},
      intervalMs: 60_000,
      paused: false,
      specialAllowed: false,
      kind: 'http',
      target: { kind: 'host', id: host },
    },
    clock.now(),
  );
const numbers = (await watch.selectFrom('watch.check').select('number').execute()).map(({ number }) => number);
await resultStore(watch).addSeries(
  numbers.flatMap((checkNumber) =>
    names.map((name, place) => ({ checkNumber, position: place + 1, name, unit: 'ms' })),
  ),
);
await resultStore(watch).keepDays(new Date(startMs));

let seed = 7;
const noise = (): number => {
  seed = (seed * 16_807) % 2_147_483_647;
  return seed / 2_147_483_647 - 0.5;
};
async function measure(): Promise<void> {
  const at = clock.now();
  await resultStore(watch).addAll(
    numbers.map((checkNumber) => ({
      checkNumber,
      at,
      verdict: 'up',
      confirming: false,
      durationMs: 12,
      reason: { code: 'ok', data: {} },
      output: '',
      values: [10 + noise(), 20 + 4 * noise(), 1_000 + (checkNumber % 7)],
    })),
  );
}

const needs: ConstructorParameters<typeof Judging>[0]['needs'] = {
  reckon: async (asked) => reckon(asked),
  samples: (asked) => readColumns(watch, asked),
  setOdd: async () => undefined,
};
const transact = createTransact<'advice'>({ database: opened, clock, reactionsTo: () => [] });
const judging = new Judging({ db, transact, clock, needs });

const written = async (): Promise<number> => {
  const { rows } = await sql<{
    bytes: number;
  }>`select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as bytes`.execute(db);
  return rows[0]?.bytes ?? 0;
};
for (let minute = 0; minute < learnt; minute += 1) {
  nowMs += 60_000;
  await measure();
}
let turns = 0;
const begun = process.cpuUsage();
while ((await judging.turn(true)) > 0) turns += 1;
const learning = process.cpuUsage(begun);
const values = checks * seriesOfCheck * learnt;
const cpuMs = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1_000;
console.log(
  `learning ${values.toLocaleString('en')} values that lie there: ${((1_000 * cpuMs(learning)) / values).toFixed(1)} µs of CPU each, in ${turns} turns`,
);

let [judgingMs, wallMs, logBytes] = [0, 0, 0];
for (let minute = 0; minute < minutes; minute += 1) {
  nowMs += 60_000;
  await measure();
  const [from, wallFrom, bytesFrom] = [process.cpuUsage(), performance.now(), await written()];
  for (let turn = 0; turn < 6; turn += 1) if ((await judging.turn()) === 0) break;
  judgingMs += cpuMs(process.cpuUsage(from));
  wallMs += performance.now() - wallFrom;
  logBytes += (await written()) - bytesFrom;
}
const series = checks * seriesOfCheck;
console.log(
  `judging ${series} series each minute: ${(judgingMs / minutes).toFixed(0)} ms of CPU a minute here, ${((1_000 * judgingMs) / minutes / series).toFixed(0)} µs a series; ${(wallMs / minutes).toFixed(0)} ms of time with the database`,
);
console.log(`written ahead by the database: ${(logBytes / minutes / 1_048_576).toFixed(2)} MiB a minute`);
await judging.save();
const { rows } = await sql<{ kept: number; each: number }>`
  select pg_total_relation_size('advice.memory')::float8 as kept, (select avg(length(state)) from advice.memory)::float8 as each`.execute(
  db,
);
console.log(
  `kept: ${((rows[0]?.each ?? 0) / 1_024).toFixed(1)} KiB a series, ${((rows[0]?.kept ?? 0) / series / 1_024).toFixed(1)} KiB on the disk with what was replaced`,
);
await opened.close();
await postgres[Symbol.asyncDispose]();
