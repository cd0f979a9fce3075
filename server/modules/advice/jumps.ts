import { z } from 'zod';
import type { Jumps } from '#analyse/capacity/jumps.ts';
import { meanOf } from './mean-of.ts';

/** Clean-ups, or imports, that come again and again, as far as they are told and drawn. */
export const toldJumps = z.object({
  /** Away from the limit. */
  isFall: z.boolean(),
  /** Usual size, in the unit of the series; above 0. */
  size: z.number(),
  /** Usual days from each to the next. */
  gapDays: z.number(),
  /** Days since the last one, when the forecast was made. */
  sinceDays: z.number(),
});
export type ToldJumps = z.infer<typeof toldJumps>;

/** What comes more often is a rhythm, which nobody would call a clean-up. */
const leastGapDays = 2;

/** What is usual of jumps; null where that says nothing. */
export function usualJumps(jumps: Jumps | null): ToldJumps | null {
  if (jumps === null) return null;
  const [size, gapDays] = [meanOf(jumps.sizes), meanOf(jumps.gaps)];
  if (!(size > 0) || gapDays < leastGapDays) return null;
  return { isFall: jumps.isFall, size, gapDays, sinceDays: Math.max(0, jumps.sinceLast) };
}

/** What jumps come to a day in the long run, towards the limit. */
export function jumpedPerDay(jumps: Jumps | null): number {
  if (jumps === null || jumps.gaps.length === 0) return 0;
  const perDay = meanOf(jumps.sizes) / Math.max(1e-9, meanOf(jumps.gaps));
  return jumps.isFall ? -perDay : perDay;
}

/**
 * How far the course lies, after `days`, from the straight line from now on that it follows in the long run: between two
 * clean-ups it moves away from the line, at each one it falls back.
 */
export function besideLine(jumps: ToldJumps, days: number): number {
  const { isFall, size, gapDays } = jumps;
  const rate = size / gapDays;
  // What is overdue is expected soon.
  const since = Math.min(jumps.sinceDays, 0.9 * gapDays);
  const within = (since + days) % gapDays;
  return (isFall ? 1 : -1) * rate * (within - since);
}

/** The least and the most that `besideLine` comes to, whenever the jumps fall. */
export function widthOf({ isFall, size, gapDays, sinceDays }: ToldJumps): {
  readonly least: number;
  readonly most: number;
} {
  const gone = (size / gapDays) * Math.min(sinceDays, 0.9 * gapDays);
  return isFall ? { least: -gone, most: size - gone } : { least: gone - size, most: gone };
}
