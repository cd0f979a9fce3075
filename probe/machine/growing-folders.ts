import type { CheckContext, Metric } from '../check-kind.ts';
import { shellQuote } from '#ssh/shell-quote.ts';
import { sanitiseOutput } from '../sanitise-output.ts';
import type { FileSystemReading } from './machine-reading.ts';

/** Below this share of use nobody asks what fills a file system. */
const lookFromPercent = 60;
const lookEveryMs = 6 * 3_600_000;
/** Where it took too long it is tried again tomorrow. */
const tryAgainMs = 24 * 3_600_000;
/** Processor and disk are given to others first; after so long it is given up. */
const longestSeconds = 8;
const mostListed = 60;
/** Folders that are measured, and those that ever were: a series each. */
const mostChosen = 6;
const mostKnown = 12;
/** A folder that is nearly all one folder in it says less than that one. */
const nearlyAll = 0.8;
const longestPath = 160;

const atKey = 'foldersAt';
const sizesKey = 'folderSizes';
const knownKey = 'folders';

/** The fullest file system, when it is time to look which folders fill it. */
export function folderLookDue(
  fileSystems: readonly FileSystemReading[],
  { memory, clock }: Pick<CheckContext, 'memory' | 'clock'>,
): string | null {
  const [fullest] = fileSystems.toSorted((one, other) => other.usedPercent - one.usedPercent);
  if (fullest === undefined || fullest.usedPercent < lookFromPercent) return null;
  const nextMs = memory.get(atKey);
  return typeof nextMs === 'number' && clock.nowMs() < nextMs ? null : fullest.path;
}

/** The command that tells the sizes of folders on one file system, the largest first. */
export function folderScript(path: string): string {
  return `LC_ALL=C; export LC_ALL; timeout ${longestSeconds} nice -n 19 du -x -P -B 1024 -d 4 -- ${shellQuote(path)} 2>/dev/null | sort -rn | head -n ${mostListed}`;
}

/** Sizes in bytes by path, from what {@link folderScript} said; null when it was broken off: the whole is told last. */
export function readFolders(output: string, root: string): Map<string, number> | null {
  const sizes = new Map<string, number>();
  for (const line of output.split('\n')) {
    const [, size, path] = /^(\d{1,15})\t(\/.*)$/u.exec(line) ?? [];
    if (path !== undefined && path.length <= longestPath)
      sizes.set(sanitiseOutput(path, longestPath * 2), Number(size) * 1_024);
  }
  return sizes.has(root) ? sizes : null;
}

const isIn = (path: string, folder: string): boolean => path.startsWith(folder === '/' ? '/' : `${folder}/`);

/** The folders that tell most of what fills a file system: large ones, none within another. */
export function chooseFolders(sizes: ReadonlyMap<string, number>, root: string): string[] {
  const chosen: string[] = [];
  const bySize = [...sizes].toSorted(([, one], [, other]) => other - one);
  for (const [path, size] of bySize) {
    if (path === root || chosen.length >= mostChosen) continue;
    const isOne = bySize.some(([other, part]) => other !== path && isIn(other, path) && part >= nearlyAll * size);
    if (!isOne && !chosen.some((other) => isIn(path, other) || isIn(other, path))) chosen.push(path);
  }
  return chosen;
}

/** Notes what a look told, or that it told nothing in time. */
export function noteFolders(
  output: string,
  root: string,
  { memory, kept, clock }: Pick<CheckContext, 'memory' | 'kept' | 'clock'>,
): void {
  const sizes = readFolders(output, root);
  memory.set(atKey, clock.nowMs() + (sizes === null ? tryAgainMs : lookEveryMs));
  if (sizes === null) return;
  const before = readList(kept.get(knownKey));
  const known = [...new Set([...chooseFolders(sizes, root), ...before])].slice(0, mostKnown);
  if (known.join('\n') !== before.join('\n')) kept.set(knownKey, known.join('\n'));
  memory.set(sizesKey, known.flatMap((path) => (sizes.has(path) ? `${sizes.get(path) ?? 0} ${path}` : [])).join('\n'));
}

function readList(text: string | number | undefined): string[] {
  return typeof text === 'string' ? text.split('\n').filter((line) => line !== '') : [];
}

/** The sizes that were told last: they hold until somebody looks again. */
export function folderMetrics({ memory }: Pick<CheckContext, 'memory'>): Metric[] {
  return readList(memory.get(sizesKey)).map((line) => {
    const blank = line.indexOf(' ');
    return { name: `folderSize:${line.slice(blank + 1)}`, unit: 'bytes', value: Number(line.slice(0, blank)) };
  });
}

/** Their words, to be spread into a kind's own. */
export const folderWords = {
  en: { folderSize: 'Size of a folder' },
  fr: { folderSize: 'Taille d’un dossier' },
};
