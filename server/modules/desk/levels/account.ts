import { openSpans, withoutPauses, type BusinessTime, type Pause } from './business-time.ts';

/** One local date: how long it was open, and what of that counted. */
export interface CountedDay {
  readonly date: string;
  readonly openSeconds: number;
  readonly countedSeconds: number;
  readonly pausedSeconds: number;
  readonly holiday: string | null;
}

const seconds = (ms: number): number => Math.round(ms / 1_000);

/** Open time between two moments, day by day, with the holidays between them. */
export function accountOf(
  time: BusinessTime,
  { fromMs, untilMs, pauses = [] }: { fromMs: number; untilMs: number; pauses?: readonly Pause[] },
  holidays: ReadonlyMap<string, string>,
): CountedDay[] {
  const days = new Map<string, { openMs: number; countedMs: number }>();
  for (const span of openSpans(time, fromMs, untilMs)) {
    const day = days.get(span.date) ?? { openMs: 0, countedMs: 0 };
    day.openMs += span.untilMs - span.fromMs;
    for (const part of withoutPauses(span, pauses)) day.countedMs += part.untilMs - part.fromMs;
    days.set(span.date, day);
  }
  const from = new Date(fromMs).toISOString().slice(0, 10);
  const until = new Date(untilMs).toISOString().slice(0, 10);
  for (const date of holidays.keys())
    if (date >= from && date <= until && !days.has(date)) days.set(date, { openMs: 0, countedMs: 0 });
  return [...days]
    .map(([date, { openMs, countedMs }]) => ({
      date,
      openSeconds: seconds(openMs),
      countedSeconds: seconds(countedMs),
      pausedSeconds: seconds(openMs - countedMs),
      holiday: holidays.get(date) ?? null,
    }))
    .toSorted((one, other) => (one.date < other.date ? -1 : 1));
}
