import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures of the screens go; without it none are taken. */
const folder = process.env['VIGIE_PICTURES'];

/** Takes a picture of a page as it stands, when pictures are wanted. */
export async function picture(page: Page, name: string): Promise<void> {
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
