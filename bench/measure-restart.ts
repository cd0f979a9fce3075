import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie } from './bench-vigie.ts';
import type { Load } from './loads.ts';
import { startNginxTarget } from './nginx-target.ts';
import { pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import { median, seconds, table } from './table.ts';

const looked = 20;

/** Kills a Vigie with many checks and starts it again; when checks come again, and how evenly, is seen by their target. */
export async function measureRestart(load: Load, times: number): Promise<string> {
  await using target = await startNginxTarget({ keepsArrivals: true });
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  await seedChecks(vigie, load);
  await untilAllUp(vigie, load.count);
  const perSecond = (load.count * 1_000) / load.intervalMs;
  const rows: string[][] = [];
  for (let time = 0; time < times; time += 1) {
    await sleep(5_000);
    await vigie.kill();
    await sleep(2_000);
    await target.arrivals();
    const startedMs = Date.now();
    await vigie.start();
    const readyMs = Date.now() - startedMs;
    await sleep((looked + 6) * 1_000);
    const arrivals = [...(await target.arrivals()).values()].flat().toSorted((a, b) => a - b);
    const firstMs = arrivals[0] ?? Number.NaN;
    const counts = Array.from({ length: looked }, () => 0);
    for (const atMs of arrivals) {
      const second = Math.floor((atMs - firstMs) / 1_000);
      if (second < looked) counts[second] = (counts[second] ?? 0) + 1;
    }
    const { up } = await vigie.alice.watch.checks.counts({});
    rows.push([
      seconds(readyMs),
      seconds(firstMs - startedMs),
      String(Math.min(...counts)),
      String(median(counts)),
      String(Math.max(...counts)),
      (Math.max(...counts) / perSecond).toFixed(2),
      String(up),
    ]);
    console.error(rows.at(-1)?.join('  '));
  }
  const head = ['ready', 'first check', 'least a second', 'median', 'most', 'herd: most to plan', 'up'];
  return table(
    `Start after kill -9 with ${load.count} checks, ${perSecond.toFixed(0)}/s by plan; checks in each of ${looked} seconds from the first on`,
    head,
    rows,
  );
}
