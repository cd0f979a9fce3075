import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { isInOwnNetwork, prepareOwnNetwork, runInOwnNetwork } from './own-network.ts';
import { useOfTree } from './process-tree.ts';
import { seedChecks } from './seed-checks.ts';
import { megabytes, table } from './table.ts';

/**
 * `node bench/measure-list.ts [checks] [seconds] [pairs]`, as root, on a built web client: what an open browser on the
 * list of so many checks (TCP, each a minute) costs the server, and how quickly the list answers. Minutes with and
 * without the browser take turns, since the machine's mood is in each of them.
 */

const checks = Number(process.argv[2] ?? 10_000);
const lastsMs = Number(process.argv[3] ?? 60) * 1_000;
/** Until what starting ten thousand checks costs is over. */
const settleMs = 60_000;
const targetPort = 7_000;
const pairs = Number(process.argv[4] ?? 2);

async function measure(): Promise<void> {
  prepareOwnNetwork();
  const target = createServer((socket) => socket.on('error', () => undefined).end()).listen(targetPort);
  await using vigie = await startBenchVigie();
  await startWatching(vigie);
  console.log(await measureRequest(vigie));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const context = await browser.newContext({ baseURL: vigie.url, viewport: { width: 1280, height: 900 } });
  await context.addCookies([{ name: 'vigie_session', value: vigie.token, url: vigie.url }]);
  const page = await context.newPage();
  const [without, open]: [number[], number[]] = [[], []];
  for (let pair = 0; pair < pairs; pair += 1) {
    without.push(await cpuOver(vigie.pid()));
    await page.goto('/watch');
    await page.getByRole('table').waitFor();
    await sleep(10_000);
    open.push(await cpuOver(vigie.pid()));
    console.error(`without ${written(without)}, with ${written(open)}`);
    if (pair + 1 === pairs) console.log(await measureHands(page));
    await page.goto('about:blank');
    await sleep(2_000);
  }
  console.log(
    table(
      `Server and database over ${lastsMs / 1_000} s, ${checks} TCP checks each 60 s`,
      ['what', 'CPU'],
      [
        ['nobody looks', written(without)],
        ['a browser on the list', written(open)],
        ['more', `${((mean(open) / mean(without) - 1) * 100).toFixed(1)} %`],
        ['memory of the server', megabytes(useOfTree(vigie.pid()).top.memoryBytes)],
      ],
    ),
  );
  await browser.close();
  target.close();
}

async function startWatching(vigie: BenchVigie): Promise<void> {
  await vigie.query('update watch.check set paused = true');
  await seedChecks(vigie, { kind: 'tcp', settings: { port: targetPort }, count: checks, intervalMs: 60_000 });
  for (let up = 0; up < checks;) {
    await sleep(1_000);
    ({ up } = await vigie.alice.watch.checks.counts({}));
  }
  await sleep(settleMs);
}

async function cpuOver(pid: number): Promise<number> {
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

async function measureHands(page: Page): Promise<string> {
  const startedMs = performance.now();
  await page.goto('/watch');
  await page.locator('tbody tr').first().waitFor();
  const paintMs = performance.now() - startedMs;
  await sleep(2_000);
  const typed: number[] = [];
  await page.locator('[data-search]').focus();
  for (const letter of 'tcp-99') {
    typed.push(await untilDrawn(page, () => page.keyboard.press(letter)));
    await sleep(400);
  }
  await page.keyboard.press('Escape');
  await sleep(1_000);
  const jumps = await page.evaluate<number[]>(jumpAbout);
  return table(
    'In the browser',
    ['what', 'time'],
    [
      ['from address to first row', `${paintMs.toFixed(0)} ms`],
      ['a letter in the filter until it is drawn (worst of 6)', worst(typed)],
      ['a jump of the scroll bar until rows stand there (worst of 40)', worst(jumps)],
    ],
  );
}

const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length;
const written = (all: readonly number[]): string => all.map((each) => `${each.toFixed(2)} s`).join(', ');
const worst = (all: readonly number[]): string => `${Math.max(...all).toFixed(0)} ms`;

/** From the press of a key until the frame after it was drawn. */
async function untilDrawn(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(waitForKey);
  await press();
  return page.evaluate<number>('window.drawn');
}

// What runs in the page is text here: the page's own words are no part of this program.
const waitForKey = `
  window.drawn = new Promise((resolve) => {
    const pressed = () => {
      const startedMs = performance.now();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedMs)));
    };
    addEventListener('keydown', pressed, { once: true, capture: true });
  });
  undefined`;

const jumpAbout = `(async () => {
  const grid = document.querySelector('.v-grid-scroller');
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const waits = [];
  for (let jump = 1; jump <= 40; jump += 1) {
    const startedMs = performance.now();
    grid.scrollTop = (jump * 7919 * 32) % grid.scrollHeight;
    const middle = () => document.elementFromPoint(400, 600)?.closest('tbody tr');
    do await frame(); while (!middle() && performance.now() - startedMs < 2000);
    waits.push(performance.now() - startedMs);
  }
  return waits;
})()`;

if (isInOwnNetwork()) await measure();
else process.exitCode = runInOwnNetwork();
