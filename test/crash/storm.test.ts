import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { until } from '../until.ts';
import { openWatchStore, type WatchStore } from '../watch-store.ts';

const checks = 1_000;
const kills = 8;

let database: TestDatabase;
let store: WatchStore;

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openWatchStore(new Date(), database);
  await store.addChecks(checks - 1);
});

afterAll(async () => {
  await store?.[Symbol.asyncDispose]();
});

async function read<Row>(text: string): Promise<Row[]> {
  return (await sql.raw<Row>(text).execute(store.parts.db)).rows;
}

/** How many changes are stored. */
async function changes(): Promise<number> {
  return (await read<{ count: number }>('select count(*)::int as count from watch.state_change'))[0]?.count ?? 0;
}

/** Lets a process of its own store changes until a little after its first step forward, then kills it. */
async function settleAndKill(): Promise<void> {
  const before = await changes();
  const { child, ended } = settle();
  const deadline = performance.now() + 20_000;
  while ((await changes()) === before && performance.now() < deadline) await sleep(3);
  await sleep(Math.random() * 300);
  child.kill('SIGKILL');
  await ended;
}

function settle() {
  const program = fileURLToPath(new URL('../settle-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [program, database.url], { stdio: ['ignore', 'ignore', 'inherit'] });
  return { child, ended: once(child, 'exit') };
}

test('a storm of changes that is killed again and again is stored whole: each change once, with its facts and jobs', async () => {
  for (let kill = 0; kill < kills; kill += 1) await settleAndKill();
  const { child, ended } = settle();
  await until(async () => (await changes()) >= 2 * checks);
  child.kill('SIGKILL');
  await ended;
  expect(await changes()).toBe(2 * checks);
  const wrong = await read(`
    select c.number from watch.check c
    where c.state <> 'up' or c.failing_since is not null
      or (select string_agg(from_state || ' ' || to_state, ', ' order by s.id) from watch.state_change s where s.check_number = c.number)
        is distinct from 'unknown down, down up'
      or (select count(*) from watch.alert a where a.check_id = c.id and a.cleared_at is not null) <> 1
      or (select count(*) from watch.alert a where a.check_id = c.id) <> 1
      or (select string_agg(f.name, ', ' order by f.id) from platform.fact f where f.payload ->> 'checkId' = c.id::text)
        is distinct from 'watch.stateChanged, watch.alertRaised, watch.stateChanged, watch.alertCleared'`);
  expect(wrong).toEqual([]);
  const jobs = await read(`
    select payload ->> 'reaction' as reaction, count(*)::int as wanted, count(distinct fact.id)::int as facts
    from graphile_worker._private_jobs,
      json_array_elements_text(coalesce(payload -> 'factIds', json_build_array(payload ->> 'factId'))) fact (id)
    group by 1 order by 1`);
  expect(jobs).toEqual([
    { reaction: 'desk.clearAlert', wanted: checks, facts: checks },
    { reaction: 'desk.takeAlert', wanted: checks, facts: checks },
    { reaction: 'logbook.record', wanted: 3 * checks, facts: 3 * checks },
  ]);
});
