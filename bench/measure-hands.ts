import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { table } from './table.ts';

/** How quickly the list answers to hands: its first rows, a letter in its filter, jumps of its scroll bar. */
export async function measureHands(page: Page): Promise<string> {
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
