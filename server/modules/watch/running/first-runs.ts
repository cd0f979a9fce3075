/** So few first runs come at once. */
const fewFirstRuns = 100;
const shortestSpreadMs = 4_000;
/** What a busy machine can do; first runs take what the plans of all leave of it, and some part of it always. */
const mostPerSecond = 3_000;
const leastFirstPerSecond = 1_000;

/**
 * Over what time the first runs of so many checks are spread, so that they neither burst nor measure each other;
 * `perSecond` is what all plans together want. Null when they may come at once.
 */
export function spreadOfFirstRuns(count: number, perSecond: number): number | null {
  if (count <= fewFirstRuns) return null;
  const firstPerSecond = Math.max(leastFirstPerSecond, mostPerSecond - perSecond);
  return Math.max(shortestSpreadMs, Math.round((count * 1_000) / firstPerSecond));
}
