import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { startNginxTarget, type NginxTarget } from './nginx-target.ts';
import { useOfTree } from './process-tree.ts';
import { clearChecks, seedChecks, type Seed } from './seed-checks.ts';
import { megabytes, table } from './table.ts';

/** Checks that come to a rate. */
export interface Load extends Seed {
  readonly what: string;
}

/** HTTP checks, each with a new connection, every so many seconds. */
export function httpLoad(perSecond: number, intervalMs: number): Load {
  const count = (perSecond * intervalMs) / 1_000;
  return { what: `HTTP ${perSecond}/s`, kind: 'http', settings: { scheme: 'http', port: 80 }, count, intervalMs };
}

export function tcpLoad(perSecond: number, intervalMs: number): Load {
  const count = (perSecond * intervalMs) / 1_000;
  return { what: `TCP ${perSecond}/s`, kind: 'tcp', settings: { port: 80 }, count, intervalMs };
}

/** Hosts pinged each second, one packet each. */
export function pingLoad(hosts: number): Load {
  return { what: `ping ${hosts}/s`, kind: 'icmp', settings: { packets: 1 }, count: hosts, intervalMs: 1_000 };
}

/** What one load cost. */
export interface Cost {
  readonly perSecond: number;
  readonly cpuOf1000: number;
  readonly serverOf1000: number;
  readonly lateP99Ms: number;
  readonly apiLoopMs: number;
  readonly serverBytes: number;
  readonly allBytes: number;
  readonly up: number;
}

/** One table of loads: CPU of server and database for 1,000 checks, storage included, the target's own not counted. */
export async function measureWatch(loads: readonly Load[], lastsMs: number): Promise<string> {
  await using target = await startNginxTarget();
  await using vigie = await startBenchVigie();
  await vigie.query('update watch.check set paused = true');
  const rows: string[][] = [];
  for (const load of loads) {
    const cost = await costOf(vigie, target, load, lastsMs);
    rows.push([load.what, String(load.count), ...tellCost(cost)]);
    console.error(rows.at(-1)?.join('  '));
    await clearChecks(vigie);
    await sleep(3_000);
  }
  return table(
    `Checks by rate, over ${lastsMs / 1000} s each`,
    ['load', 'checks', 'done/s', 'CPU for 1,000', 'of it server', 'late p99', 'API p99', 'server', 'all', 'up'],
    rows,
  );
}

function tellCost(cost: Cost): string[] {
  return [
    cost.perSecond.toFixed(0),
    `${cost.cpuOf1000.toFixed(3)} s`,
    `${cost.serverOf1000.toFixed(3)} s`,
    `${cost.lateP99Ms.toFixed(0)} ms`,
    `${cost.apiLoopMs.toFixed(0)} ms`,
    megabytes(cost.serverBytes),
    megabytes(cost.allBytes),
    String(cost.up),
  ];
}

/** Starts a load, lets it settle, and measures. */
export async function costOf(vigie: BenchVigie, target: NginxTarget, load: Load, lastsMs: number): Promise<Cost> {
  await seedChecks(vigie, load);
  await untilAllUp(vigie, load.count);
  await sleep(Math.min(load.intervalMs * 2, 20_000));
  const ran = async (): Promise<number> => {
    const { connections } = await target.taken();
    return load.kind === 'icmp' ? (performance.now() / load.intervalMs) * load.count : connections;
  };
  const before = { use: useOfTree(vigie.pid()), ran: await ran(), atMs: performance.now() };
  await sleep(lastsMs);
  const after = { use: useOfTree(vigie.pid()), ran: await ran(), atMs: performance.now() };
  const counts = await vigie.alice.watch.checks.counts({});
  const done = after.ran - before.ran - 1;
  const per1000 = (seconds: number): number => (seconds * 1_000) / done;
  return {
    perSecond: (done * 1_000) / (after.atMs - before.atMs),
    cpuOf1000: per1000(after.use.cpuSeconds - before.use.cpuSeconds),
    serverOf1000: per1000(after.use.top.cpuSeconds - before.use.top.cpuSeconds),
    lateP99Ms: counts.latenessP99Ms,
    apiLoopMs: await apiLoopMs(vigie),
    serverBytes: after.use.top.memoryBytes,
    allBytes: after.use.memoryBytes,
    up: counts.up,
  };
}

async function apiLoopMs(vigie: BenchVigie): Promise<number> {
  const [row] = await vigie.query("select figures->>'apiLoopMs' as ms from watch.engine_pulse");
  return Number(row?.['ms'] ?? Number.NaN);
}

/** Until so many checks are well. */
export async function untilAllUp(vigie: BenchVigie, count: number): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    if ((await vigie.alice.watch.checks.counts({})).up >= count) return;
    await sleep(500);
  }
  throw new Error(`Not all checks are up: ${JSON.stringify(await vigie.alice.watch.checks.counts({}))}`);
}
