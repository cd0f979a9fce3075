import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie } from './bench-vigie.ts';
import { httpLoad } from './loads.ts';
import { startNginxTarget, type NginxTarget } from './nginx-target.ts';
import { addSilentNetwork } from './own-network.ts';
import { readFigures } from './read-figures.ts';
import { pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import { slowAddresses, startSlowTargets } from './slow-targets.ts';
import { table } from './table.ts';

const slow = 500;
const silent = 200;

/**
 * How punctual checks of good targets are, without and with slow and dead targets beside them: a third and more drop
 * every packet, the others take the connection and say nothing or drip. Seen by the good target itself: how far the time
 * between two requests for an address is from the interval.
 */
export async function measureSlow(lastsMs: number): Promise<string> {
  addSilentNetwork();
  await using target = await startNginxTarget({ keepsArrivals: true });
  await using dripping = await startSlowTargets();
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  const good = httpLoad(200, 5_000);
  await seedChecks(vigie, good);
  await untilAllUp(vigie, good.count);
  await sleep(20_000);
  const rows: string[][] = [];
  const look = async (what: string): Promise<void> => {
    await target.arrivals();
    await sleep(lastsMs);
    const figures = await readFigures(vigie);
    const { up, down } = await vigie.alice.watch.checks.counts({});
    rows.push([
      what,
      ...(await unevenness(target, good.intervalMs)),
      `${figures.lateP99Ms} ms`,
      String(up),
      String(down),
    ]);
    console.error(rows.at(-1)?.join('  '));
  };
  await look('without');
  await seedChecks(vigie, {
    kind: 'http',
    name: 'slow',
    settings: { scheme: 'http', port: dripping.port },
    addresses: slowAddresses(slow, slow - silent),
    count: slow,
    intervalMs: good.intervalMs,
  });
  await sleep(30_000);
  await look('with');
  return table(
    `${good.count} good HTTP checks without and with ${slow} slow or dead ones, each 5 s, over ${lastsMs / 1_000} s; as their target sees it`,
    ['slow ones', 'gaps', 'off the interval: median', 'p99', 'most', 'all: late p99', 'up', 'down'],
    rows,
  );
}

async function unevenness(target: NginxTarget, intervalMs: number): Promise<string[]> {
  const off: number[] = [];
  for (const times of (await target.arrivals()).values())
    for (const [index, atMs] of times.entries())
      if (index > 0) off.push(Math.abs(atMs - (times[index - 1] ?? atMs) - intervalMs));
  off.sort((a, b) => a - b);
  const at = (share: number): string => `${(off[Math.floor(share * (off.length - 1))] ?? Number.NaN).toFixed(0)} ms`;
  return [String(off.length), at(0.5), at(0.99), at(1)];
}
