import type { NamedThing } from '#contract/words.ts';
import { togetherMs } from '../running/common-path.ts';

/** A span in which something that is depended on failed. */
export interface GuardSpan {
  readonly thing: NamedThing;
  readonly fromMs: number;
  /** Null when it fails still. */
  readonly untilMs: number | null;
}

/** An alert that was told, as far as its time goes. */
export interface PastAlert {
  readonly failingSinceMs: number;
  readonly raisedMs: number;
  /** Its first good result; null while it fails still. */
  readonly goodSinceMs: number | null;
}

/** What a dependency would have made of an alert. */
export type Fate =
  | { readonly fate: 'told' }
  | { readonly fate: 'unknown' }
  | { readonly fate: 'held'; readonly because: NamedThing }
  | { readonly fate: 'later'; readonly because: NamedThing; readonly laterMs: number };

/**
 * What would have become of an alert if what failed in `spans` had stood above it. A guard is asked at once when what
 * depends on it fails, and what alarmed up to a minute before its guard was found down joins it: the stored past, in
 * which nobody asked, is read with that minute on either side.
 * @param spans failures of guards, oldest first
 * @param past `guardsSinceMs`: before that none of them was watched; `nowMs`: the end of the past
 */
export function fateOf(
  alert: PastAlert,
  spans: readonly GuardSpan[],
  past: { readonly guardsSinceMs: number | null; readonly nowMs: number },
): Fate {
  const { guardsSinceMs, nowMs } = past;
  if (guardsSinceMs === null || alert.raisedMs < guardsSinceMs) return { fate: 'unknown' };
  const wellMs = alert.goodSinceMs ?? nowMs;
  const together = spans.filter(
    ({ fromMs, untilMs }) =>
      fromMs <= alert.raisedMs + togetherMs && fromMs < wellMs && (untilMs === null || untilMs > alert.failingSinceMs),
  );
  const [first] = together;
  if (first === undefined) return { fate: 'told' };
  // Held for as long as one of them fails; then it is told, unless it is well again within the same minute.
  const freeMs = together.some(({ untilMs }) => untilMs === null)
    ? null
    : Math.max(...together.map(({ untilMs }) => untilMs ?? 0));
  if (freeMs === null || wellMs <= freeMs + togetherMs) return { fate: 'held', because: first.thing };
  return freeMs <= alert.raisedMs
    ? { fate: 'told' }
    : { fate: 'later', because: first.thing, laterMs: freeMs - alert.raisedMs };
}
