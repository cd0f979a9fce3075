import { z } from 'zod';

/** How the watch itself does: what it measures of itself, shows and alarms on. Times are milliseconds. */
export const ownFigures = z.object({
  /** Results of the last minute. */
  results: z.number(),
  lateMedianMs: z.number(),
  lateP95Ms: z.number(),
  lateP99Ms: z.number(),
  /** Runs of the last minute that were left out because the one before had not ended. */
  skipped: z.number(),
  /** Due and waiting for a free place, now. */
  waiting: z.number(),
  running: z.number(),
  /** Results that the database has not taken yet. */
  unwritten: z.number(),
  /** Mean time of one write of gathered results. */
  writeMs: z.number(),
  /** Results lost because the database was away too long, since the watch began. */
  lost: z.number(),
  /** 99th percentile of how late this event loop came around. */
  loopMs: z.number(),
  /** The same of the loop that answers requests; null when that is another process. */
  apiLoopMs: z.number().nullable(),
  memoryBytes: z.number(),
  checks: z.number(),
  /** Checks that run less often than planned, because there is too much to do. */
  slowed: z.number(),
});
export type OwnFigures = z.infer<typeof ownFigures>;

/** Where whoever watches leaves its figures, for the check that looks at the watch itself. */
export interface OwnReadings {
  /** Null until the first look, and where nobody watches. */
  figures: OwnFigures | null;
  /** Told by the thread that answers requests; null when that is another process. */
  apiLoopMs: number | null;
}
