import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { systemClock } from '#platform/clock.ts';
import { openDatabase, type DatabaseParts } from '#platform/database.ts';
import type { Duty } from '#platform/duties.ts';
import { forgetFacts } from '#platform/forget-facts.ts';
import { startJobs, type Jobs } from '#platform/jobs.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { until } from '../until.ts';

let testDatabase: TestDatabase;
let database: DatabaseParts;
const running: Jobs[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url, { onError: () => undefined });
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

async function start(duties: readonly Duty[] = []): Promise<void> {
  const parts = { database, clock: systemClock, log: createLog('silent'), reactions: {}, chores: {}, duties };
  running.push(await startJobs(parts));
}

async function column(query: string, values: readonly unknown[] = []): Promise<unknown[]> {
  const { rows } = await database.pool.query<{ value: unknown }>(query, [...values]);
  return rows.map(({ value }) => value);
}

const clockBehind = (days: number) => ({ now: () => new Date(Date.now() - days * 86_400_000) });

it('a duty leaves nothing behind at each of its turns', async () => {
  let listeners = 0;
  let turns = 0;
  const work = async (signal: AbortSignal): Promise<void> => {
    turns += 1;
    listeners = getEventListeners(signal, 'abort').length;
  };
  await start([{ name: 'often', everySeconds: 0.005, work }]);
  await until(async () => turns > 30);
  expect(listeners).toBeLessThan(10);
});

it('a process that lost its line takes its lock again, and is not taken for dead', async () => {
  await start();
  const holders = (): Promise<unknown[]> =>
    column(`select pid as value from pg_locks join pg_stat_activity using (pid)
      where locktype = 'advisory' and granted and application_name = 'vigie process' and datname = current_database()`);
  const before = await holders();
  expect(before).toHaveLength(1);
  await database.pool.query('select pg_terminate_backend($1)', before);
  await until(async () => (await holders()).some((pid) => pid !== before[0]));
  expect(await column('select count(*)::int as value from platform.process')).toEqual([1]);
  expect(await column('select count(*)::int as value from platform.process_worker')).toEqual([1]);
});

it('old facts are forgotten with what was done about them, but for those that a job still waits for', async () => {
  const publish = async (agoDays: number, reactions: readonly string[]): Promise<void> => {
    const transact = createTransact<'people'>({ database, clock: clockBehind(agoDays), reactionsTo: () => reactions });
    await transact((unit) => unit.publish('people.personAdded', { personId: uuid(), name: `${agoDays} days` }));
  };
  await publish(100, []);
  await publish(50, ['test.react']);
  await publish(1, []);
  await database.pool.query(
    "insert into platform.reaction_done (fact_id, reaction, at) select id, 'test', at from platform.fact",
  );
  await forgetFacts({ database, clock: systemClock }, new AbortController().signal);
  const names = ['50 days', '1 days'];
  expect(await column("select payload ->> 'name' as value from platform.fact order by at")).toEqual(names);
  expect(await column('select count(*)::int as value from platform.reaction_done')).toEqual([2]);
});
