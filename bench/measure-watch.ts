import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import type { Load } from './loads.ts';
import { startNginxTarget, type NginxTarget } from './nginx-target.ts';
import { readFigures } from './read-figures.ts';
import { useOfTree } from './process-tree.ts';
import { clearChecks, pauseOwnChecks, seedChecks, untilAllUp, untilNoneSlowed } from './seed-checks.ts';
import { megabytes, table } from './table.ts';

/** What one load cost. */
interface Cost {
  readonly perSecond: number;
  readonly cpuOf1000: number;
  readonly serverOf1000: number;
  readonly cores: number;
  readonly lateP99Ms: number;
  readonly apiLoopMs: number;
  readonly serverBytes: number;
  readonly allBytes: number;
  readonly up: number;
  readonly slowed: number;
}

/** One table of loads: CPU of server and database for 1,000 checks, storage included, the target's own not counted. */
export async function measureWatch(loads: readonly Load[], lastsMs: number): Promise<string> {
  const rows: string[][] = [];
  await eachLoad(loads, lastsMs, (load, cost) => {
    rows.push([load.what, String(load.count), ...tellCost(cost)]);
    console.error(rows.at(-1)?.join('  '));
  });
  const head = ['load', 'checks', 'done/s', 'CPU for 1,000', 'of it server', 'cores', 'late p99', 'API p99'];
  return table(`Checks by rate, over ${lastsMs / 1000} s each`, [...head, 'server', 'all', 'up', 'slowed'], rows);
}

/** Measures one load after the other on one Vigie. */
export async function eachLoad(
  loads: readonly Load[],
  lastsMs: number,
  tell: (load: Load, cost: Cost) => void,
): Promise<void> {
  await using target = await startNginxTarget();
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  for (const load of loads) {
    tell(load, await costOf(vigie, target, load, lastsMs));
    await clearChecks(vigie);
    await sleep(3_000);
  }
}

function tellCost(cost: Cost): string[] {
  return [
    cost.perSecond.toFixed(0),
    `${cost.cpuOf1000.toFixed(3)} s`,
    `${cost.serverOf1000.toFixed(3)} s`,
    cost.cores.toFixed(2),
    `${cost.lateP99Ms.toFixed(0)} ms`,
    `${cost.apiLoopMs.toFixed(0)} ms`,
    megabytes(cost.serverBytes),
    megabytes(cost.allBytes),
    String(cost.up),
    String(cost.slowed),
  ];
}

/** Starts a load, lets it settle, and measures. */
async function costOf(vigie: BenchVigie, target: NginxTarget, load: Load, lastsMs: number): Promise<Cost> {
  await seedChecks(vigie, load);
  await untilAllUp(vigie, load.count);
  await sleep(20_000);
  await untilNoneSlowed(vigie);
  const before = { use: useOfTree(vigie.pid()), made: await load.made(target), atMs: performance.now() };
  await sleep(lastsMs);
  const after = { use: useOfTree(vigie.pid()), made: await load.made(target), atMs: performance.now() };
  const { up } = await vigie.alice.watch.checks.counts({});
  const figures = await readFigures(vigie);
  const done = after.made - before.made;
  const cpuSeconds = after.use.cpuSeconds - before.use.cpuSeconds;
  const lasted = (after.atMs - before.atMs) / 1_000;
  return {
    perSecond: done / lasted,
    cpuOf1000: (cpuSeconds * 1_000) / done,
    serverOf1000: ((after.use.top.cpuSeconds - before.use.top.cpuSeconds) * 1_000) / done,
    cores: cpuSeconds / lasted,
    lateP99Ms: figures.lateP99Ms,
    apiLoopMs: figures.apiLoopMs ?? Number.NaN,
    serverBytes: after.use.top.memoryBytes,
    allBytes: after.use.memoryBytes,
    up,
    slowed: figures.slowed,
  };
}
