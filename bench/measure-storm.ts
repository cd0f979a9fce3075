import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { useOfTree } from './process-tree.ts';
import { clearChecks, pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import { table } from './table.ts';

const port = 7_000;
const intervalMs = 5_000;
const calmMs = 10_000;
const longestMs = 120_000;

interface Spent {
  readonly ms: number;
  readonly cpuSeconds: number;
}

/** How long a storm took, and what it cost beside the checks themselves; null for longer than is waited for. */
interface Storm {
  readonly stored: Spent | null;
  readonly done: Spent | null;
}

/**
 * So many TCP checks, each every five seconds, fail together and later recover together: how long until all states are
 * stored and until all that follows is done (incidents, notices, logbook), and the CPU of server and database for it, less
 * what they used before.
 */
export async function measureStorm(counts: readonly number[]): Promise<string> {
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  const rows: string[][] = [];
  for (const count of counts) {
    let server = await listen();
    await seedChecks(vigie, { kind: 'tcp', settings: { port }, count, intervalMs });
    await untilAllUp(vigie, count);
    await sleep(15_000);
    const failed = await follow(vigie, count, 'failing', async () => {
      server.close();
      await once(server, 'close');
    });
    await sleep(5_000);
    const cured = await follow(vigie, count, 'up', async () => {
      server = await listen();
    });
    for (const [what, storm] of [
      ['fail', failed],
      ['recover', cured],
    ] as const) {
      rows.push([`${count} ${what}`, ...tell(storm.stored), ...tell(storm.done)]);
      console.error(rows.at(-1)?.join('  '));
    }
    server.close();
    await clearChecks(vigie);
    await sleep(3_000);
  }
  return table(
    `TCP checks each ${intervalMs / 1_000} s that fail and recover together`,
    ['what', 'states stored after', 'CPU', 'all is done after', 'CPU'],
    rows,
  );
}

function tell(spent: Spent | null): string[] {
  return spent === null ? ['–', '–'] : [`${(spent.ms / 1_000).toFixed(1)} s`, `${spent.cpuSeconds.toFixed(1)} s`];
}

async function listen(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined).end()).listen(port);
  await once(server, 'listening');
  return server;
}

/** Lets something happen to all targets, and waits for its end. */
async function follow(
  vigie: BenchVigie,
  count: number,
  awaited: 'up' | 'failing',
  happen: () => Promise<void>,
): Promise<Storm> {
  const before = useOfTree(vigie.pid()).cpuSeconds;
  await sleep(calmMs);
  const begun = useOfTree(vigie.pid()).cpuSeconds;
  const perMs = (begun - before) / calmMs;
  await happen();
  const startedMs = performance.now();
  const until = async (isDone: () => Promise<boolean>): Promise<Spent | null> => {
    while (!(await isDone())) {
      if (performance.now() - startedMs > longestMs) return null;
      await sleep(250);
    }
    const ms = performance.now() - startedMs;
    return { ms, cpuSeconds: useOfTree(vigie.pid()).cpuSeconds - begun - perMs * ms };
  };
  const stored = await until(async () => {
    const counts = await vigie.alice.watch.checks.counts({});
    return awaited === 'up' ? counts.up >= count : counts.down >= count;
  });
  // What failed and is tried again later waits for somebody outside.
  const undone = 'select 1 from graphile_worker.jobs where attempts = 0 or locked_at is not null limit 1';
  const done = await until(async () => (await vigie.query(undone)).length === 0);
  return { stored, done };
}
