import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { measureHands } from './measure-hands.ts';
import { useOfTree } from './process-tree.ts';
import { pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import { megabytes, median, table } from './table.ts';

const targetPort = 7_000;
/** Until what starting ten thousand checks costs is over. */
const settleMs = 45_000;

/** How long and how often a {@link measureBrowser} looks. */
export interface BrowserLooks {
  readonly checks: number;
  readonly lastsMs: number;
  readonly pairs: number;
}

/**
 * On a built web client: what an open browser on the list of so many checks (TCP, each a minute) costs the server, and
 * how quickly the list answers. Times with and without the browser take turns, since the machine's mood is in each of them;
 * what counts is the middle one of the differences within a pair.
 */
export async function measureBrowser({ checks, lastsMs, pairs }: BrowserLooks): Promise<string> {
  await using target = listen(targetPort);
  await using vigie = await startBenchVigie();
  await pauseOwnChecks(vigie);
  const settings = { port: target.port };
  await seedChecks(vigie, { kind: 'tcp', settings, count: checks, intervalMs: 60_000 });
  await untilAllUp(vigie, checks);
  await sleep(settleMs);
  const parts = [await measureRequest(vigie)];
  await using browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext({ baseURL: vigie.url, viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ name: 'vigie_session', value: vigie.token, url: vigie.url }]);
  const page = await context.newPage();
  const without: number[] = [];
  const open: number[] = [];
  let memory = 0;
  const openOnce = async (): Promise<void> => {
    await page.goto('/watch');
    await page.getByRole('table').waitFor();
    await sleep(10_000);
    open.push(await cpuOver(vigie.pid(), lastsMs));
    memory = Math.max(memory, useOfTree(vigie.pid()).top.memoryBytes);
  };
  const closedOnce = async (): Promise<void> => {
    await page.goto('about:blank');
    await sleep(5_000);
    without.push(await cpuOver(vigie.pid(), lastsMs));
  };
  for (let pair = 0; pair < pairs; pair += 1) {
    // Whichever comes first may be at an advantage.
    for (const look of pair % 2 === 0 ? [closedOnce, openOnce] : [openOnce, closedOnce]) await look();
    console.error(`without ${written(without)}, with ${written(open)}`);
  }
  parts.push(await measureHands(page));
  const more = open.map((cpu, pair) => (cpu / (without[pair] ?? Number.NaN) - 1) * 100);
  parts.push(
    table(
      `Server and database over ${lastsMs / 1_000} s, ${checks} TCP checks each 60 s`,
      ['what', 'CPU'],
      [
        ['nobody looks', written(without)],
        ['a browser on the list', written(open)],
        ['more, in each pair', more.map((each) => `${each.toFixed(1)} %`).join(', ')],
        ['more, the middle one', `${median(more).toFixed(1)} %`],
        ['memory of the server, browser open', megabytes(memory)],
      ],
    ),
  );
  return parts.join('');
}

function listen(port: number): AsyncDisposable & { readonly port: number } {
  const server = createServer((socket) => socket.on('error', () => undefined).end()).listen(port);
  return { port, [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}

async function cpuOver(pid: number, lastsMs: number): Promise<number> {
  const before = useOfTree(pid).cpuSeconds;
  await sleep(lastsMs);
  return useOfTree(pid).cpuSeconds - before;
}

async function measureRequest(vigie: BenchVigie): Promise<string> {
  const rows: string[][] = [];
  for (const encoding of ['identity', 'br']) {
    const before = useOfTree(vigie.pid()).cpuSeconds;
    const startedMs = performance.now();
    let bytes = 0;
    for (let time = 0; time < 5; time += 1) {
      const answer = await fetch(`${vigie.url}/api/watch/checks?limit=10000`, {
        headers: { authorization: `Bearer ${vigie.token}`, 'accept-encoding': encoding },
      });
      bytes = Number(answer.headers.get('content-length'));
      await answer.arrayBuffer();
    }
    const ms = (performance.now() - startedMs) / 5;
    const cpu = (useOfTree(vigie.pid()).cpuSeconds - before) / 5;
    rows.push([encoding, megabytes(bytes), `${ms.toFixed(0)} ms`, `${cpu.toFixed(2)} s`]);
  }
  return table('The whole list asked for once', ['encoding', 'size', 'time', 'CPU of the server'], rows);
}

const written = (all: readonly number[]): string => all.map((each) => `${each.toFixed(2)} s`).join(', ');
