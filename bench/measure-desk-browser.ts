import { loadavg } from 'node:os';
import { chromium, type Page } from 'playwright-core';
import { chromiumFlags } from '../test/e2e/browser.ts';
import { startDeskServer } from './desk-server.ts';
import { table } from './table.ts';

/**
 * The desk's screens at 100,000 tickets and a million messages: from the list to a ticket and back, typing into the filter
 * and into an answer. Times are the browser's own, from the key or the click until the frame after it is drawn.
 * Use: node bench/measure-desk-browser.ts [rounds], on built screens. With VIGIE_BENCH_DESK=<folder> the filled database is
 * kept there and used again.
 */

/** At most 45: each round opens a row of the list's first page that was not opened before. */
const rounds = Math.min(45, Number(process.argv[2] ?? 30));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Counts from a click or a key until something stands on the page, looked for in each frame. What runs in the page is text. */
const until = (selector: string, absent = false): string => `
  window.drawn = new Promise((resolve) => {
    const began = () => {
      const startedMs = performance.now();
      const look = () => {
        const there = document.querySelector(${JSON.stringify(selector)}) !== null;
        if (there !== ${String(absent)} || performance.now() - startedMs > 20000) {
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedMs)));
        } else requestAnimationFrame(look);
      };
      look();
    };
    addEventListener('keydown', began, { once: true, capture: true });
    addEventListener('pointerdown', began, { once: true, capture: true });
    addEventListener('popstate', began, { once: true, capture: true });
  });
  undefined`;

/** From a key until the frame after it was drawn. */
const nextFrame = `
  window.drawn = new Promise((resolve) => {
    addEventListener('keydown', () => {
      const startedMs = performance.now();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - startedMs)));
    }, { once: true, capture: true });
  });
  undefined`;

async function timed(page: Page, waits: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(waits);
  await act();
  return page.evaluate<number>('window.drawn');
}

const onTicket = '.v-composer textarea';
const onList = 'table.v-tickets tbody tr';

function row(name: string, wanted: string, times: readonly number[]): string[] {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(0);
  return [name, wanted, at(0.5), at(0.95), at(1)];
}

async function measureWays(page: Page): Promise<string[][]> {
  const first: number[] = [];
  const again: number[] = [];
  const back: number[] = [];
  await page.goto('/desk');
  await page.locator(onList).first().waitFor();
  for (let round = 0; round < rounds; round += 1) {
    const link = page.locator('.v-tickets-name a').nth(round);
    await link.scrollIntoViewIfNeeded();
    first.push(await timed(page, until(onTicket), () => link.click()));
    await page.waitForTimeout(300);
    back.push(await timed(page, until(onList), () => page.evaluate('history.back()')));
    await page.waitForTimeout(300);
    again.push(await timed(page, until(onTicket), () => page.locator('.v-tickets-name a').nth(round).click()));
    await page.waitForTimeout(200);
    await page.goBack();
    await page.locator(onList).first().waitFor();
    await page.waitForTimeout(200);
  }
  return [
    row('list to a ticket not seen before', '100', first),
    row('list to a ticket seen before', '100', again),
    row('ticket back to the list', '100', back),
  ];
}

/** Types letters, one after the other; only those that one key of an English keyboard writes are told to the page as keys. */
async function measureTyping(page: Page, text: string): Promise<number[]> {
  const times: number[] = [];
  for (const letter of text) {
    times.push(await timed(page, nextFrame, () => page.keyboard.type(letter)));
    await page.waitForTimeout(60);
  }
  return times;
}

async function measureFields(page: Page, longId: string): Promise<string[][]> {
  await page.goto('/desk');
  await page.locator(onList).first().waitFor();
  const filter = page.locator('[data-search]').first();
  await filter.fill('');
  await filter.focus();
  const filtered = await measureTyping(page, 'imprimante lente reseau');
  await page.goto(`/desk/tickets/${longId}`);
  await page.locator(onTicket).focus();
  const answered = await measureTyping(page, 'Bonjour, nous passons demain matin. Merci de patienter.');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.goto('/desk/quick');
  await page.locator('.v-quick input').first().focus();
  const quick = await measureTyping(page, 'imp 3e HS @dupont12 !2 #compta');
  return [
    row('a letter in the filter until it is drawn', '50', filtered),
    row('a letter in an answer, ticket of 40 messages', '50', answered),
    row('a letter in the quick entry', '50', quick),
  ];
}

await using server = await startDeskServer(say);
const { rows: long } = await server.database.query<{ id: string }>(
  'select id from desk.ticket where number % 50 = 0 order by number desc limit 1',
);
await using browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: chromiumFlags });
const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 900 } });
await context.addCookies([{ name: 'vigie_session', value: server.token, url: server.url }]);
const page = await context.newPage();
const measured = [...(await measureWays(page)), ...(await measureFields(page, long[0]?.id ?? ''))];
say(
  table(
    `In the browser, ${rounds} rounds; load ${loadavg()[0]?.toFixed(1) ?? ''}`,
    ['what', 'wanted ms', 'p50', 'p95', 'worst'],
    measured,
  ),
);
