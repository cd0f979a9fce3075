import type { Database } from '#platform/database.ts';
import { chunkStore } from './store-chunk.ts';
import { windowStore, type CheckSample } from './store-window.ts';

/** Columns of a check's samples, wherever they are; the parts may overlap in time but no sample comes twice. */
export interface SamplePart {
  readonly times: readonly number[];
  readonly values: readonly ArrayLike<number>[];
}

interface Wanted {
  readonly checkNumber: number;
  readonly positions: readonly number[];
  readonly from: Date;
  readonly until: Date;
}

/**
 * The samples of some series of a check: first what is not packed yet, then what is. A window may be packed between the
 * two: its samples are then found twice, never not at all, and are taken once.
 */
export async function readColumns(db: Database<'watch'>, wanted: Wanted): Promise<SamplePart[]> {
  const { checkNumber, positions, from, until } = wanted;
  const open = await windowStore(db).openResults([checkNumber], from, until);
  const chunks = await chunkStore(db).columns(checkNumber, positions, { from, until });
  const firstOpen = open[0]?.atMs ?? Number.POSITIVE_INFINITY;
  const packed = new Set(chunks.flatMap(({ times }) => times.filter((atMs) => atMs >= firstOpen)));
  const fresh = open.filter(({ atMs }) => !packed.has(atMs));
  return [
    ...chunks,
    {
      times: fresh.map(({ atMs }) => atMs),
      values: positions.map((position) => fresh.map(({ values }) => values[position - 1] ?? Number.NaN)),
    },
  ];
}

/** Whole runs of some checks in a span, in the order of check and time: verdicts, reasons and values. */
export async function readRuns(
  db: Database<'watch'>,
  checkNumbers: readonly number[],
  from: Date,
  until: Date,
): Promise<CheckSample[]> {
  const open = await windowStore(db).openResults(checkNumbers, from, until);
  const packed = await chunkStore(db).samples(checkNumbers, from, until);
  const byKey = new Map([...open, ...packed].map((sample) => [`${sample.checkNumber} ${sample.atMs}`, sample]));
  return [...byKey.values()].toSorted((one, other) => one.checkNumber - other.checkNumber || one.atMs - other.atMs);
}
