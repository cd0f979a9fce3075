import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { startNginxTarget } from './nginx-target.ts';
import { prepareOwnNetwork } from './own-network.ts';
import { useOfTree } from './process-tree.ts';
import { clearChecks, seedChecks } from './seed-checks.ts';
import { megabytes, table } from './table.ts';

/** A rate, and the interval by which so many checks make it. */
export interface Rate {
  readonly perSecond: number;
  readonly intervalMs: number;
}

/** One table of rates: CPU of server and database for 1,000 HTTP checks, each with a new connection, storage included. */
export async function measureWatch(rates: readonly Rate[], lastsMs: number, words: readonly string[] = []): Promise<string> {
  prepareOwnNetwork();
  await using target = await startNginxTarget();
  await using vigie = await startBenchVigie(words);
  await vigie.query('update watch.check set paused = true');
  const rows: string[][] = [];
  for (const rate of rates) {
    const count = (rate.perSecond * rate.intervalMs) / 1_000;
    const settings = { scheme: 'http', port: 80 };
    await seedChecks(vigie, { kind: 'http', settings, count, intervalMs: rate.intervalMs });
    await untilAllUp(vigie, count);
    await sleep(Math.min(rate.intervalMs * 2, 20_000));
    const before = { use: useOfTree(vigie.pid()), taken: await target.taken(), atMs: performance.now() };
    await sleep(lastsMs);
    const after = { use: useOfTree(vigie.pid()), taken: await target.taken(), atMs: performance.now() };
    const ran = after.taken.requests - before.taken.requests - 1;
    const cpu = after.use.cpuSeconds - before.use.cpuSeconds;
    const counts = await vigie.alice.watch.checks.counts({});
    rows.push([
      `${rate.perSecond}/s`,
      String(count),
      ((ran * 1_000) / (after.atMs - before.atMs)).toFixed(0),
      `${((cpu * 1_000) / ran).toFixed(3)} s`,
      `${(((after.use.top.cpuSeconds - before.use.top.cpuSeconds) * 1_000) / ran).toFixed(3)} s`,
      `${counts.latenessMs.toFixed(0)} ms`,
      megabytes(after.use.top.memoryBytes),
      megabytes(after.use.memoryBytes),
      String(counts.up),
    ]);
    console.error(rows.at(-1)?.join('  '));
    await clearChecks(vigie);
    await sleep(3_000);
  }
  return table(
    `HTTP checks, a new connection each, over ${lastsMs / 1000} s`,
    ['asked', 'checks', 'done a second', 'CPU for 1,000', 'of it server', 'late (p95)', 'memory', 'with database', 'up'],
    rows,
  );
}

async function untilAllUp(vigie: BenchVigie, count: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    if ((await vigie.alice.watch.checks.counts({})).up >= count) return;
    await sleep(500);
  }
  throw new Error(`Not all checks are up: ${JSON.stringify(await vigie.alice.watch.checks.counts({}))}`);
}
