import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { httpLoad } from './loads.ts';
import { startNginxTarget } from './nginx-target.ts';
import { targetAddress } from './own-network.ts';
import { useOfTree } from './process-tree.ts';
import { readFigures } from './read-figures.ts';
import { pauseOwnChecks, seedChecks, untilAllUp, untilNoneSlowed } from './seed-checks.ts';
import { megabytes, table } from './table.ts';

const exporters = 200;
const samplesOfPage = 500;
const exporterMs = 5_000;

/** They stand after the addresses of the other checks. */
const exporterAddresses = Array.from({ length: exporters }, (_, index) => targetAddress(20_000 + index));

/** What of a page is kept as series: a few, as an operator picks them, or all of it. */
const picks = {
  'ten of each page kept': 'bench_value{number=~"[0-9]"}',
  'all of each page kept': 'bench_value',
} as const;

/** 10,000 HTTP checks each minute and, together with them, exporters that give 20,000 samples a second. */
export async function measureMixed(lastsMs: number): Promise<string> {
  await using target = await startNginxTarget();
  const turning = turnPage(target.page);
  await using _stopped = { [Symbol.asyncDispose]: () => turning.stop() };
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  const load = httpLoad(10_000 / 60, 60_000);
  await seedChecks(vigie, load);
  const rows: string[][] = [];
  for (const [what, pick] of Object.entries(picks)) {
    await seedExporters(vigie, pick);
    await untilAllUp(vigie, load.count + exporters);
    await sleep(20_000);
    await untilNoneSlowed(vigie);
    const before = { samples: await readSamples(vigie), made: await load.made(target), use: useOfTree(vigie.pid()) };
    await sleep(lastsMs);
    const after = { use: useOfTree(vigie.pid()), samples: await readSamples(vigie), made: await load.made(target) };
    const figures = await readFigures(vigie);
    const perSecond = (more: number): string => ((more * 1_000) / lastsMs).toFixed(0);
    rows.push([
      what,
      perSecond(after.made - before.made),
      perSecond((after.samples.runs - before.samples.runs) * samplesOfPage),
      perSecond(after.samples.kept - before.samples.kept),
      ((1_000 * (after.use.cpuSeconds - before.use.cpuSeconds)) / lastsMs).toFixed(2),
      `${figures.lateP99Ms} ms`,
      `${figures.apiLoopMs ?? Number.NaN} ms`,
      megabytes(after.use.top.memoryBytes),
      megabytes(after.use.memoryBytes),
      String(figures.slowed),
    ]);
    console.error(rows.at(-1)?.join('  '));
    await vigie.query("delete from watch.check where kind = 'prometheus'");
  }
  return table(
    `${load.count} HTTP checks each minute with ${exporters} exporters of ${samplesOfPage} samples each ${exporterMs / 1_000} s, over ${lastsMs / 1_000} s`,
    ['exporters', 'requests/s', 'samples read/s', 'kept/s', 'cores', 'late p99', 'API p99', 'server', 'all', 'slowed'],
    rows,
  );
}

function seedExporters(vigie: BenchVigie, select: string): Promise<void> {
  return seedChecks(vigie, {
    kind: 'prometheus',
    name: `exporter-${select.length}`,
    settings: { port: 80, select: [select] },
    addresses: exporterAddresses,
    count: exporters,
    intervalMs: exporterMs,
  });
}

/** Runs of exporter checks that are stored and not yet packed, and the values in them. */
async function readSamples(vigie: BenchVigie): Promise<{ runs: number; kept: number }> {
  const [row] = await vigie.query(
    `select count(*)::int as runs, coalesce(sum(cardinality(r.values)), 0)::int as kept
     from watch.result r join watch.check c on c.number = r.check_number where c.kind = 'prometheus'`,
  );
  return { runs: Number(row?.['runs']), kept: Number(row?.['kept']) };
}

/** Rewrites the page each second: a quarter of the values stands still, the others wander. */
function turnPage(file: string): { stop(): Promise<void> } {
  const values = Array.from({ length: samplesOfPage }, (_, number) => number);
  const ending = new AbortController();
  const turn = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      for (const number of values.keys())
        if (number % 4 > 0) values[number] = (values[number] ?? 0) + Math.random() - 0.5;
      const lines = values.map((value, number) => `bench_value{number="${number}"} ${value}`);
      await writeFile(`${file}.new`, `# TYPE bench_value gauge\n${lines.join('\n')}\n`);
      await rename(`${file}.new`, file);
      await sleep(1_000, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  const turned = turn();
  return {
    stop() {
      ending.abort();
      return turned;
    },
  };
}
