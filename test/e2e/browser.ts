import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { LabVigie } from '../company.ts';

/** A browser that sees the lab's network and nothing else. */
export interface LabBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** A person's own window: cookies and language apart from those of others. */
  open(language: 'en' | 'fr', size?: { width: number; height: number }): Promise<Page>;
}

/** What Debian's Chromium is started with: nothing of it leaves this machine. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts Debian's Chromium in the lab, driven from here by its pipe. */
export async function openLabBrowser({ lab, vigie }: LabVigie): Promise<LabBrowser> {
  const executablePath = path.join(lab.folder, 'chromium');
  const words = lab.inside(['/usr/bin/chromium']).map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  await writeFile(executablePath, `#!/bin/sh\nexec ${words.join(' ')} "$@"\n`, { mode: 0o755 });
  const browser = await chromium.launch({ executablePath, args: chromiumFlags, headless: true, timeout: 60_000 });
  return {
    browser,
    open: async (language, size = { width: 1280, height: 900 }) => {
      const context = await browser.newContext({
        baseURL: vigie.insideUrl,
        locale: language === 'fr' ? 'fr-CA' : 'en-CA',
        timezoneId: 'America/Montreal',
        viewport: size,
      });
      context.setDefaultTimeout(15_000);
      return context.newPage();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

/** What axe calls serious or critical on the page as it stands, in words: rule, and where. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html.slice(0, 200)}`));
}
