import { zonePieces } from './zone-pieces.ts';

/** When the desk is open, by the clocks on the wall of a zone. */
export interface BusinessTime {
  readonly timeZone: string;
  /** For each day, 0 = Monday to 6 = Sunday: from and until in minutes since midnight, until not included, in order. */
  readonly week: readonly (readonly (readonly [number, number])[])[];
  /** Local dates on which it is closed all day. */
  readonly closed: ReadonlySet<string>;
}

/** From, until (not included), in milliseconds since 1970. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** An open stretch; it lies within one local date. */
export interface OpenSpan extends Span {
  readonly date: string;
}

/** Time that does not count; `untilMs` is infinite while it goes on. */
export type Pause = Span;

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** What is not done in so long never is: a calendar that hardly opens, or a promise of years. */
const horizonMs = 3 * 366 * dayMs;

function weekdayAt(dayStartMs: number): number {
  return (new Date(dayStartMs).getUTCDay() + 6) % 7;
}

/**
 * The open stretches between two moments, in order. Wall time that comes twice counts twice, and what is skipped does not
 * count: between changes of the clocks local time is simply moved.
 */
export function* openSpans(
  { timeZone, week, closed }: BusinessTime,
  fromMs: number,
  untilMs: number,
): Generator<OpenSpan> {
  for (const piece of zonePieces(timeZone, fromMs, untilMs)) {
    const start = Math.max(fromMs, piece.fromMs) + piece.offsetMs;
    const end = Math.min(untilMs, piece.untilMs) + piece.offsetMs;
    for (let day = Math.floor(start / dayMs) * dayMs; day < end; day += dayMs) {
      const date = new Date(day).toISOString().slice(0, 10);
      if (closed.has(date)) continue;
      for (const [opens, closes] of week[weekdayAt(day)] ?? []) {
        const from = Math.max(start, day + opens * minuteMs);
        const until = Math.min(end, day + closes * minuteMs);
        if (from < until) yield { date, fromMs: from - piece.offsetMs, untilMs: until - piece.offsetMs };
      }
    }
  }
}

/** What of a stretch is not paused, in order; the pauses are in order and do not overlap. */
export function* withoutPauses<Some extends Span>(span: Some, pauses: readonly Pause[]): Generator<Some> {
  let { fromMs } = span;
  for (const pause of pauses) {
    if (pause.untilMs <= fromMs || pause.fromMs >= span.untilMs) continue;
    if (pause.fromMs > fromMs) yield { ...span, fromMs, untilMs: pause.fromMs };
    fromMs = pause.untilMs;
    if (fromMs >= span.untilMs) return;
  }
  if (fromMs < span.untilMs) yield { ...span, fromMs };
}

/** How much open time lies between two moments, without the pauses. */
export function countOpen(time: BusinessTime, fromMs: number, untilMs: number, pauses: readonly Pause[] = []): number {
  let sum = 0;
  for (const span of openSpans(time, fromMs, untilMs))
    for (const part of withoutPauses(span, pauses)) sum += part.untilMs - part.fromMs;
  return sum;
}

/**
 * The first moment at which so much open time has gone by; null when it does not come, because of a pause without end or a
 * calendar that does not open. What is used up at closing time ends then, not at the next opening.
 */
export function addOpen(
  time: BusinessTime,
  fromMs: number,
  openMs: number,
  pauses: readonly Pause[] = [],
): number | null {
  if (openMs <= 0) return fromMs;
  let left = openMs;
  for (const span of openSpans(time, fromMs, fromMs + horizonMs))
    for (const part of withoutPauses(span, pauses)) {
      const length = part.untilMs - part.fromMs;
      if (length >= left) return part.fromMs + left;
      left -= length;
    }
  return null;
}
