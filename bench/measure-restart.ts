import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie } from './bench-vigie.ts';
import { untilAllUp, type Load } from './measure-watch.ts';
import { startNginxTarget } from './nginx-target.ts';
import { seedChecks } from './seed-checks.ts';
import { seconds, table } from './table.ts';

const lookMs = 250;

/** From a start after `kill -9` to the first checks, and how many there are in each of the seconds that follow. */
export async function measureRestart(load: Load): Promise<string> {
  await using target = await startNginxTarget();
  await using vigie = await startBenchVigie();
  await seedChecks(vigie, load);
  await untilAllUp(vigie, load.count);
  await vigie.kill();
  await sleep(2_000);
  const before = (await target.taken()).connections;
  const startedMs = performance.now();
  await vigie.start();
  const readyMs = performance.now() - startedMs;
  // Our own looks are connections too.
  let looks = 1;
  const ran = async (): Promise<number> => {
    const { connections } = await target.taken();
    looks += 1;
    return connections - before - looks;
  };
  while ((await ran()) < 5) await sleep(lookMs);
  const watchingMs = performance.now() - startedMs;
  const perSecond: number[] = [];
  for (let last = await ran(), second = 0; second < 20; second += 1) {
    await sleep(1_000);
    const now = await ran();
    perSecond.push(now - last);
    last = now;
  }
  return table(
    `Restart after kill -9 with ${load.count} checks`,
    ['what', 'measured'],
    [
      ['ready', seconds(readyMs)],
      ['first checks', seconds(watchingMs)],
      ['checks a second, least and most of the next 20', `${Math.min(...perSecond)} to ${Math.max(...perSecond)}`],
    ],
  );
}
