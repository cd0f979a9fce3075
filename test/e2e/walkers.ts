import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '#contract/words.ts';
import type { LabVigie } from '../company.ts';
import { seriousFindings, type LabBrowser } from './browser.ts';
import type { Catchers } from './catchers.ts';
import { picture } from './pictures.ts';
import type { WalkWords } from './walk-words.ts';

/** Two people with a window each, who walk the whole loop in one language. */
export interface Walk extends Pick<LabVigie, 'lab' | 'vigie'> {
  readonly language: Language;
  readonly words: WalkWords;
  readonly browser: LabBrowser;
  readonly catchers: Catchers;
  readonly alice: Page;
  readonly bob: Page;
}

export const people = {
  alice: { name: 'Alice Martin', mail: 'alice@vigie.test' },
  bob: { name: 'Bob Tremblay', mail: 'bob@vigie.test' },
} as const;
export const password = 'correct horse battery';

/** A button or a link that carries exactly these words. */
export function verb(page: Page, name: string): Locator {
  return page
    .getByRole('button', { name, exact: true })
    .or(page.getByRole('link', { name, exact: true }))
    .first();
}

export async function fill(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
}

/** What the page says as a person reads it, hard spaces as they are. */
export async function textOf(page: Page): Promise<string> {
  return page.locator('body').innerText();
}

/** Where pictures of the screens go; without it none are taken. */
const pictures = process.env['VIGIE_PICTURES'];

/** Keeps a file beside the pictures, when pictures are wanted. */
export async function keepFile(file: string): Promise<void> {
  if (pictures !== undefined) await copyFile(file, path.join(pictures, path.basename(file)));
}

/** What both see when a test has failed. */
export async function pictureBoth({ language, alice, bob }: Walk): Promise<void> {
  await picture(alice, `${language}-failed-alice`);
  await picture(bob, `${language}-failed-bob`);
}

/** Looks at a main screen: nothing that axe calls serious, its language said, and a picture of it when pictures are wanted. */
export async function look({ language }: Pick<Walk, 'language'>, page: Page, name: string): Promise<void> {
  expect(await page.locator('html').getAttribute('lang')).toBe(language);
  await picture(page, `${language}-${name}`);
  expect(await seriousFindings(page), `${name} in ${language}`).toEqual([]);
}
