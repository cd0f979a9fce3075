import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import { chunkStore, dayOf, type NewChunk } from './store-chunk.ts';
import { remoteStore } from './store-remote.ts';
import { resultStore } from '../running/store-result.ts';
import { rollStore } from './store-roll.ts';
import { windowMs, windowStore, type CheckSample, type Part } from './store-window.ts';

/** What keeping measurements needs. */
export interface KeepingParts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly log: Log;
}

// Results are stored within seconds; one that waited out its whole timeout comes a minute later.
const graceMs = 5 * 60_000;
// Packing some checks takes some ten milliseconds; the requests of people come in between.
const checksAtOnce = 25;
const breathMs = 15;
const mostLate = 20_000;

/** Samples as they are packed: by check and window. */
function chunksOf(samples: readonly CheckSample[]): NewChunk[] {
  const chunks = new Map<string, { checkNumber: number; samples: CheckSample[] }>();
  for (const sample of samples) {
    const key = `${sample.checkNumber} ${Math.floor(sample.atMs / windowMs)}`;
    const known = chunks.get(key);
    if (known === undefined) chunks.set(key, { checkNumber: sample.checkNumber, samples: [sample] });
    else known.samples.push(sample);
  }
  return [...chunks.values()];
}

/** Packs results that came after their window was closed. Their days are rolled up again. */
async function packLate({ transact }: KeepingParts): Promise<void> {
  await transact(async ({ db }) => {
    if (!(await windowStore(db).alone())) return;
    const late = await windowStore(db).takeLate(mostLate);
    if (late.length === 0) return;
    const chunks = chunksOf(late);
    await chunkStore(db).add(chunks);
    await remoteStore(db).noteLate(
      chunks.map(({ checkNumber, samples }) => ({
        checkNumber,
        from: new Date(samples[0]?.atMs ?? 0),
        until: new Date(samples.at(-1)?.atMs ?? 0),
      })),
    );
    await rollStore(db).again(
      chunks.map(({ checkNumber, samples }) => ({ checkNumber, day: dayOf(samples[0]?.atMs ?? 0) })),
    );
  });
}

/** Packs the next checks of a closed window. Returns false when nothing of the table is left to be packed. */
async function packSome({ transact }: KeepingParts, part: Part): Promise<boolean> {
  return transact(async ({ db }) => {
    const windows = windowStore(db);
    if (!(await windows.alone())) return false;
    const progress = await windows.closingProgress(part.name);
    const from = progress?.windowFrom ?? part.from;
    if (from >= part.until) return false;
    const numbers = await windows.checksAfter(progress?.afterCheck ?? 0, checksAtOnce);
    const last = numbers.at(-1);
    const until = new Date(Math.min(from.getTime() + windowMs, part.until.getTime()));
    if (last === undefined) {
      await windows.setClosingProgress(part.name, until, 0);
      return true;
    }
    await chunkStore(db).add(chunksOf(await windows.closedResults(numbers, from, until)));
    await windows.setClosingProgress(part.name, from, last);
    return true;
  });
}

async function packWindow(parts: KeepingParts, part: Part, signal: AbortSignal): Promise<void> {
  while (await packSome(parts, part)) {
    if (signal.aborted) return;
    await wait(breathMs);
  }
  await parts.transact(async ({ db }) => {
    const windows = windowStore(db);
    const progress = await windows.closingProgress(part.name);
    // Another process may be at it.
    if (progress === null || progress.windowFrom < part.until || !(await windows.alone())) return;
    await windows.dropPart(part);
    await windows.forgetClosing(part.name);
  });
}

/** A table that others hold for longer than half a second is left for the next turn. */
export function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}

async function unlessHeld(work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!isLockTimeout(error)) throw error;
  });
}

/**
 * One turn of keeping results: makes the windows of the coming hours, closes those that have ended, packs them and drops
 * their tables. After a crash it goes on where it was; what is packed is told by its progress row, in one transaction.
 */
export async function sealMeasurements(parts: KeepingParts, signal: AbortSignal): Promise<void> {
  const { db, transact, clock } = parts;
  const now = clock.now();
  await packLate(parts);
  await resultStore(db).keepDays(now);
  const ended = (await windowStore(db).parts('result')).filter(
    ({ until }) => until.getTime() <= now.getTime() - graceMs,
  );
  for (const part of ended) {
    if (signal.aborted) return;
    await unlessHeld(
      (async () => {
        await windowStore(db).proveSpan(part);
        await transact(({ db: trx }) => windowStore(trx).close(part));
      })(),
    );
  }
  for (const part of await windowStore(db).parts('result_closing')) {
    if (signal.aborted) return;
    await unlessHeld(packWindow(parts, part, signal));
  }
}
