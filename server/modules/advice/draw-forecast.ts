import { besideLine, widthOf, type ToldJumps } from './jumps.ts';
import type { Needs } from './needs.ts';
import type { FullForecast } from './store-forecast.ts';

/** A forecast as lines: what was, what is likely, and between what; `low` is the earlier course. */
export interface DrawnForecast {
  readonly times: number[];
  readonly past: (number | null)[];
  readonly likely: (number | null)[];
  readonly low: (number | null)[];
  readonly high: (number | null)[];
}

const daySeconds = 86_400;
const drawnPastDays = 30;
const mostAheadDays = 180;
const leastAheadDays = 14;
const pastPoints = 240;
const aheadPoints = 120;

/** What lies ahead, reckoned as if values rose towards the limit: those that fall are turned over before and after. */
interface Ahead {
  readonly last: number;
  readonly capacity: number;
  readonly jumps: ToldJumps | null;
  /** Change a day in the long run. */
  readonly perDay: number;
}

/** The course to the limit on a day, its jumps on the way; beyond that day it stays at the limit. */
function towards({ last, capacity, jumps }: Ahead, untilDays: number, days: number): number {
  if (days >= untilDays) return capacity;
  const beside = (day: number): number => (jumps === null ? 0 : besideLine(jumps, day));
  const perDay = (capacity - last - beside(untilDays)) / untilDays;
  return Math.min(capacity, last + perDay * days + beside(days));
}

/** The straight line to the limit on a day, moved aside by what jumps may come to before then. */
function edge({ last, capacity, jumps }: Ahead, untilDays: number, days: number, side: 'least' | 'most'): number {
  const line = untilDays <= 0 ? capacity : last + (capacity - last) * Math.min(1, days / untilDays);
  if (jumps === null || days === 0) return line;
  return Math.min(capacity, line + widthOf(jumps)[side]);
}

/** The course where no date is known: as in the long run, with its jumps. */
function onwards({ last, perDay, jumps }: Ahead, days: number): number {
  return last + perDay * days + (jumps === null ? 0 : besideLine(jumps, days));
}

/** The lines of a forecast over days ahead. */
function courses(
  ahead: Ahead,
  { likely, low, high }: { readonly likely: number | null; readonly low: number | null; readonly high: number | null },
  days: readonly number[],
): Pick<DrawnForecast, 'likely' | 'low' | 'high'> {
  const { jumps, last, perDay } = ahead;
  if (likely === null) {
    const course = days.map((day) => onwards(ahead, day));
    if (jumps === null) return { likely: course, low: days.map(() => null), high: days.map(() => null) };
    const { least, most } = widthOf(jumps);
    const beside = (by: number): number[] => days.map((day) => last + perDay * day + (day === 0 ? 0 : by));
    return { likely: course, low: beside(most), high: beside(least) };
  }
  const course = days.map((day) => towards(ahead, likely, day));
  return {
    likely: course,
    // The edges hold the course between them, wherever its jumps fall.
    low: days.map((day, at) => Math.max(course[at] ?? last, edge(ahead, low ?? likely, day, 'most'))),
    // Later than is looked ahead: the slower edge is that of the furthest day drawn.
    high: days.map((day, at) => Math.min(course[at] ?? last, edge(ahead, high ?? mostAheadDays, day, 'least'))),
  };
}

function seconds(at: Date | null): number | null {
  return at === null ? null : at.getTime() / 1_000;
}

/** What was measured in the last thirty days, and the days ahead until a little after the latest date. */
export async function drawForecast(
  needs: Pick<Needs, 'measured'>,
  forecast: FullForecast,
  now: Date,
): Promise<DrawnForecast> {
  const nowS = Math.floor(now.getTime() / 1_000);
  const span = { from: new Date(now.getTime() - drawnPastDays * daySeconds * 1_000), until: now, points: pastPoints };
  const [measured] = await needs.measured([forecast.seriesId], span);
  const { capacity, fullAt, lowAt, highAt, perDay, falling, why } = forecast;
  const last = measured?.mean.findLast((value) => value !== null) ?? forecast.last;
  const [likelyS, lowS, highS] = [seconds(fullAt), seconds(lowAt), seconds(highAt)];
  const latest = highS ?? (likelyS === null ? nowS : likelyS + (likelyS - (lowS ?? likelyS)));
  const leastS = Math.max(leastAheadDays, Math.min(mostAheadDays, 1.5 * (forecast.jumps?.gapDays ?? 0))) * daySeconds;
  const aheadS = Math.max(leastS, Math.min(mostAheadDays * daySeconds, (latest - nowS) * 1.15));
  const pastTimes = [...(measured?.times ?? [])].filter((at) => at < nowS);
  const ahead = Array.from({ length: aheadPoints + 1 }, (_none, at) => nowS + (aheadS * at) / aheadPoints);
  const none = pastTimes.map(() => null);
  const sign = falling ? -1 : 1;
  const daysUntil = (at: number | null): number | null => (at === null ? null : (at - nowS) / daySeconds);
  const known = why === 'date' || why === 'full' || why === 'beyond' || why === 'cleared';
  const drawn =
    last === null
      ? { likely: ahead.map(() => null), low: ahead.map(() => null), high: ahead.map(() => null) }
      : courses(
          { last: sign * last, capacity: sign * capacity, jumps: sinceNow(forecast, now), perDay: known ? perDay : 0 },
          { likely: daysUntil(likelyS), low: daysUntil(lowS), high: daysUntil(highS) },
          ahead.map((at) => (at - nowS) / daySeconds),
        );
  const told = (values: readonly (number | null)[]): (number | null)[] =>
    values.map((value) => (value === null ? null : sign * value));
  return {
    times: [...pastTimes, ...ahead],
    past: [...pastTimes.map((_at, place) => measured?.mean[place] ?? null), ...ahead.map(() => null)],
    likely: [...none, ...told(drawn.likely)],
    low: [...none, ...told(drawn.low)],
    high: [...none, ...told(drawn.high)],
  };
}

/** The jumps as they stand now: the forecast was made a while ago. */
function sinceNow({ jumps, madeAt }: FullForecast, now: Date): ToldJumps | null {
  if (jumps === null) return null;
  return { ...jumps, sinceDays: jumps.sinceDays + Math.max(0, now.getTime() - madeAt.getTime()) / 1_000 / daySeconds };
}
