/*
 * What is told by measurements alone: a page that has become slow within the hour, a disk that fills up, and one that was
 * cleared some days ago as had been recommended. All moments count from the present of the demonstration: when it was begun.
 */

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** The host whose disk fills up, and the one whose disk was cleared. */
export const fillingHost = 'db-01';
export const clearedHost = 'files-01';
/** The service whose page has become slow. */
export const slowService = 'Forge Git';

const slowSinceMs = 25 * minuteMs;
const slowForMs = 6 * 60 * minuteMs;
const slowBy = 4;

/** When the disk was cleared, and when that was recommended, before the present. */
export const clearedBeforeMs = 4 * dayMs;
export const recommendedBeforeMs = 5 * dayMs;

/** Whether a page is the slow one, by the name under which it is asked for. */
export function isSlow(hostName: unknown): boolean {
  return typeof hostName === 'string' && hostName.startsWith('git.');
}

/** How many times as long as usual the slow page takes at a moment. */
export function slowness(atMs: number, presentMs: number): number {
  const since = atMs - (presentMs - slowSinceMs);
  return since >= 0 && since < slowForMs ? slowBy : 1;
}

interface Disk {
  readonly path: string;
  /** Per cent used at the present, and what is added each day. */
  readonly used: number;
  readonly perDay: number;
  /** Growth began so many days before the present. */
  readonly fromDays: number;
  readonly clearedBy: number;
  readonly totalBytes: number;
  /** Folders of it, with the share of its growth that each takes. */
  readonly folders: readonly { readonly path: string; readonly share: number; readonly share0: number }[];
}

const disks: Readonly<Record<string, Disk>> = {
  [fillingHost]: {
    path: '/var',
    used: 85.5,
    perDay: 1.15,
    fromDays: 36,
    clearedBy: 0,
    totalBytes: 240e9,
    folders: [
      { path: '/var/lib/postgresql', share: 0.55, share0: 0.5 },
      { path: '/var/log/postgresql', share: 0.3, share0: 0.1 },
      { path: '/var/backups', share: 0.1, share0: 0.15 },
    ],
  },
  [clearedHost]: {
    path: '/srv',
    used: 61,
    perDay: 0.9,
    fromDays: 50,
    clearedBy: 31,
    totalBytes: 4e12,
    folders: [
      { path: '/srv/partage/numerisations', share: 0.7, share0: 0.4 },
      { path: '/srv/partage/sauvegardes-postes', share: 0.25, share0: 0.3 },
    ],
  },
};

/** How full a disk with a story is at a moment. */
interface ToldDisk {
  readonly path: string;
  readonly usedPercent: number;
  readonly folders: readonly { readonly path: string; readonly bytes: number }[];
}

/** The disk of a host with a story; undefined for every other host. */
export function diskOf(host: string, atMs: number, presentMs: number): ToldDisk | undefined {
  const disk = disks[host];
  if (disk === undefined) return undefined;
  const clearedMs = disk.clearedBy === 0 ? Number.POSITIVE_INFINITY : presentMs - clearedBeforeMs;
  // What was cleared is rotated from then on: it grows no more.
  const until = (Math.min(atMs, clearedMs) - presentMs) / dayMs;
  const grown = disk.perDay * Math.max(-disk.fromDays, until);
  const toBeCleared = atMs < clearedMs ? disk.clearedBy : 0;
  const start = disk.used - disk.perDay * disk.fromDays;
  const added = disk.perDay * disk.fromDays + grown + toBeCleared;
  return {
    path: disk.path,
    usedPercent: Math.min(98, start + added),
    folders: disk.folders.map(({ path, share, share0 }) => ({
      path,
      bytes: Math.round((disk.totalBytes * (start * share0 + added * share)) / 100),
    })),
  };
}
