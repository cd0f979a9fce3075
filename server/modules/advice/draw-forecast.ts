import type { Needs } from './needs.ts';
import type { FullForecast } from './store-forecast.ts';

/** A forecast as lines: what was, what is likely, and between what. */
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
const aheadPoints = 60;

/** A line from the last value to the limit at a moment; beyond the moment it stays at the limit. */
function towards(last: number, capacity: number, from: number, until: number, at: number): number {
  if (until <= from) return capacity;
  return last + (capacity - last) * Math.min(1, (at - from) / (until - from));
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
  const aheadS = Math.max(leastAheadDays * daySeconds, Math.min(mostAheadDays * daySeconds, (latest - nowS) * 1.15));
  const pastTimes = [...(measured?.times ?? [])].filter((at) => at < nowS);
  const ahead = Array.from({ length: aheadPoints + 1 }, (_none, at) => nowS + (aheadS * at) / aheadPoints);
  const none = pastTimes.map(() => null);
  const slope = (falling ? -1 : 1) * (why === 'beyond' ? perDay : 0);
  const line = (until: number | null): (number | null)[] =>
    ahead.map((at) => (last === null || until === null ? null : towards(last, capacity, nowS, until, at)));
  const onwards = ahead.map((at) => (last === null ? null : last + (slope * (at - nowS)) / daySeconds));
  return {
    times: [...pastTimes, ...ahead],
    past: [...pastTimes.map((_at, place) => measured?.mean[place] ?? null), ...ahead.map(() => null)],
    likely: [...none, ...(likelyS === null ? onwards : line(likelyS))],
    low: [...none, ...line(lowS)],
    // Later than is looked ahead: the slower edge is that of the furthest day drawn.
    high: [...none, ...line(highS ?? (likelyS === null ? null : nowS + mostAheadDays * daySeconds))],
  };
}
