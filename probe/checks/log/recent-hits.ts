import type { CheckMemory } from '#probe/check-kind.ts';

/** The name under which matches are kept. */
export const hitsName = 'hits';
const mostBuckets = 60;

/**
 * Adds the matches of this run to those of the runs before and gives how many fall within the window. They are kept over
 * restarts: a line that was written while nobody looked must not be told for one run only and then forgotten, because a
 * finding is looked at again at once before it counts.
 */
export function hitsInWindow(kept: CheckMemory, found: number, nowMs: number, windowMs: number): number {
  const bucketMs = Math.max(1_000, Math.ceil(windowMs / mostBuckets));
  const bucket = Math.floor(nowMs / bucketMs) * bucketMs;
  const hits = new Map<number, number>();
  const before = kept.get(hitsName);
  for (const part of typeof before === 'string' ? before.split(',') : []) {
    const [atMs = Number.NaN, count = 0] = part.split(':').map(Number);
    if (atMs > nowMs - windowMs && atMs <= nowMs) hits.set(atMs, count);
  }
  if (found > 0) hits.set(bucket, (hits.get(bucket) ?? 0) + found);
  const parts = [...hits].slice(-mostBuckets - 1).map(([atMs, count]) => `${atMs}:${count}`);
  kept.set(hitsName, parts.length === 0 ? undefined : parts.join(','));
  return [...hits.values()].reduce((sum, count) => sum + count, 0);
}
