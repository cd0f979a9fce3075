import type { Cause } from './cause.ts';

/** Something of a site that is watched, as far as its path goes. */
export interface PathTarget {
  readonly id: string;
  /** The check that tells soonest whether it is there. */
  readonly askId: string;
  /** Start of the newest good result of any of its checks; 0 for none. */
  readonly lastGoodMs: number;
  /** Start of the newest result of the check that is asked. */
  readonly lastStartedMs: number;
  readonly failing: boolean;
  /** Since when it has been failing beyond doubt; null when it has not. */
  readonly failingSinceMs: number | null;
}

// Fewer than three that fail together prove nothing about the path they share.
const fewest = 3;
const mostAsked = 20;
/** A line is cut in the middle of runs: what began so soon after the first failing one may still have got through. */
export const cutSlackMs = 1_000;
/** What failed so long before is a case of its own. */
export const togetherMs = 60_000;

/**
 * Whether all of a site fails together. One of its targets that has answered since clears the path; those that have not
 * been looked at since are looked at first. In a large site twenty of them stand for all.
 */
export function commonPath(
  targets: readonly PathTarget[],
  failingId: string,
  failingSinceMs: number,
): Cause | { readonly kind: 'common' } {
  const fresh = targets.filter(
    ({ id, failingSinceMs: since }) => id === failingId || since === null || since > failingSinceMs - togetherMs,
  );
  if (fresh.length < fewest) return { kind: 'own' };
  if (fresh.some(({ lastGoodMs }) => lastGoodMs >= failingSinceMs + cutSlackMs)) return { kind: 'own' };
  const asked = fresh.filter(({ id }) => id !== failingId).slice(0, mostAsked);
  const open = asked.filter(({ failing, lastStartedMs }) => !failing || lastStartedMs < failingSinceMs - togetherMs);
  return open.length === 0 ? { kind: 'common' } : { kind: 'waiting', guardIds: open.map(({ askId }) => askId) };
}
