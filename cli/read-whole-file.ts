import { readFile, stat } from 'node:fs/promises';
import type { Context } from './context.ts';
import { UsageFault } from './usage-fault.ts';

/** Larger files are not read at once, bytes. */
const mostBytes = 1_073_741_824;

/** All bytes of a file. Throws UsageFault where there is none, or too large a one. */
export async function readWholeFile(
  file: string,
  context: Context,
  tooLarge: (file: string) => string,
): Promise<Buffer> {
  const found = await stat(file).catch(() => null);
  if (found === null || found.isDirectory()) throw new UsageFault(context.texts.noFile(file));
  if (found.size > mostBytes) throw new UsageFault(tooLarge(file));
  return readFile(file, { signal: context.signal });
}
