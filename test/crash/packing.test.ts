import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { openWatchStore, type WatchStore } from '../watch-store.ts';

/** Two windows of results, long closed by the time they are packed. */
const from = new Date('2026-03-02T10:00:00Z');
const until = new Date('2026-03-02T14:00:00Z');
const packedAt = '2026-03-02T14:10:00Z';
const checks = 120;
const minutes = 240;
const mostLives = 20;
const lateAfter = 2;

let database: TestDatabase;
let store: WatchStore;
let numbers: number[];

beforeAll(async () => {
  database = await createTestDatabase();
  store = await openWatchStore(from, database);
  const { db } = store.parts;
  numbers = await store.addChecks(checks - 1);
  await store.results.keepDays(from);
  await sql`
    insert into watch.result (check_number, at, verdict, confirming, duration_ms, values, reason, output)
    select number, ${from}::timestamptz + make_interval(mins => minute, secs => number % 60), 0, false, 12.5, array[minute]::real[],
      '{"code":"answered","data":{}}', null
    from watch.check, generate_series(0, ${minutes - 1}::integer) minute`.execute(db);
});

afterAll(async () => {
  await store?.[Symbol.asyncDispose]();
});

/** Lets a process of its own pack until a little after its first step forward, then kills it. */
async function packAndKill(): Promise<void> {
  const before = await progress();
  const program = fileURLToPath(new URL('../pack-until-killed.ts', import.meta.url));
  const child = spawn(process.execPath, [program, database.url, packedAt], { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  const deadline = performance.now() + 20_000;
  while ((await progress()) === before && performance.now() < deadline) await sleep(3);
  await sleep(Math.random() * 60);
  child.kill('SIGKILL');
  await ended;
}

/** How far packing is, in a form that changes with each step. */
async function progress(): Promise<string> {
  const { rows } = await sql<{ progress: string }>`
    select jsonb_build_object(
      'packed', (select count(*) from watch.chunk),
      'closing', (select jsonb_agg(p order by p.name) from watch.closing_progress p),
      'parts', (select count(*) from watch.part where parent in ('result', 'result_closing') and until_at <= ${until})
    )::text as progress`.execute(store.parts.db);
  return rows[0]?.progress ?? '';
}

/** Results that are not packed yet. */
async function waiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from (
      select at from watch.result union all select at from watch.result_closing
    ) as stored where at >= ${from} and at < ${until}`.execute(store.parts.db);
  return rows[0]?.count ?? 0;
}

/** How often each sample is there, packed or not, in words where it is not once. */
async function lostOrDoubled(wanted: number): Promise<string[]> {
  const { db } = store.parts;
  const times = new Map<string, number>();
  const note = (checkNumber: number, atMs: number): void => {
    const key = `${checkNumber} at ${new Date(atMs).toISOString()}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  };
  for (const { checkNumber, atMs } of await store.packed(numbers, from, until)) note(checkNumber, atMs);
  const { rows } = await sql<{ number: number; at: Date }>`
    select check_number as number, at from watch.result where at >= ${from} and at < ${until}`.execute(db);
  for (const { number, at } of rows) note(number, at.getTime());
  const doubled = [...times].filter(([, count]) => count !== 1).map(([key, count]) => `${key}: ${count} times`);
  return times.size === wanted ? doubled : [...doubled, `${times.size} samples instead of ${wanted}`];
}

async function addLate(): Promise<void> {
  await store.parts.db
    .insertInto('watch.result')
    .values({
      check_number: numbers[0] ?? 0,
      at: new Date(from.getTime() + 30_500),
      verdict: 0,
      confirming: false,
      duration_ms: 1,
      values: [],
      reason: '{"code":"answered","data":{}}',
    })
    .execute();
}

test('keeps each sample once, however often it is killed while it packs', { timeout: 240_000 }, async () => {
  let lives = 0;
  for (; lives < mostLives && (await waiting()) > 0; lives += 1) {
    await packAndKill();
    // A result that was long under way comes when its window is being packed.
    if (lives === lateAfter) await addLate();
  }
  expect(lives).toBeGreaterThan(lateAfter + 1);
  await store.turn(new Date(packedAt));
  expect(await waiting()).toBe(0);
  expect(await lostOrDoubled(checks * minutes + 1)).toEqual([]);
  expect(await store.tables('result_closing')).toEqual([]);
});
