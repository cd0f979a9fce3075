import type { CapacityForecast } from '#analyse/capacity/forecast-capacity.ts';
import type { ToldForecast } from '#contract/advice-forecasts.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { jumpedPerDay, usualJumps, type ToldJumps } from './jumps.ts';
import { limitOfSeries } from './limit-of-series.ts';
import type { MeasuredSeries, Needs } from './needs.ts';
import { forecastStore, type BoundedSeries, type NewForecast } from './store-forecast.ts';

interface Parts {
  readonly db: Database<'advice'>;
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
  readonly needs: Needs;
}

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** So much of the past is looked at, in so many steps at most. */
export const pastDays = 60;
const points = 1_000;
export const horizonDays = 180;
/** What has a date is foreseen anew each hour, what has none every six: a quarter of a second each adds up. */
const oftenMs = hourMs;
const seldomMs = 6 * hourMs;
const atOnce = 10;

/** The limit of a series: as somebody said, else as it is known from what is measured. */
export function limitOf(series: BoundedSeries): { capacity: number; falling: boolean; byHand: boolean } | null {
  if (series.hand !== null) return { ...series.hand, byHand: true };
  const known = limitOfSeries(series.name, series.unit);
  return known === null ? null : { ...known, byHand: false };
}

/** Foresees some of the series that have a limit and are due, the oldest forecasts first. Returns how many. */
export async function foresee({ db, transact, clock, needs }: Parts, all: boolean, most: number): Promise<number> {
  const now = clock.now();
  const store = forecastStore(db);
  const due = (await store.bounded())
    .filter((each) => limitOf(each) !== null)
    .filter(({ madeAt, hasDate }) => all || madeAt === null || +now - +madeAt >= (hasDate ? oftenMs : seldomMs))
    .toSorted((one, other) => (one.madeAt?.getTime() ?? 0) - (other.madeAt?.getTime() ?? 0))
    .slice(0, most);
  for (let from = 0; from < due.length; from += atOnce) {
    const some = due.slice(from, from + atOnce);
    const span = { from: new Date(now.getTime() - pastDays * dayMs), until: now, points };
    const measured = await needs.measured(
      some.map(({ id }) => id),
      span,
    );
    const byId = new Map(measured.map((each) => [each.id, each]));
    const made: NewForecast[] = [];
    for (const each of some) made.push(await foreseeOne(needs, each, byId.get(each.id), now));
    await transact(async (unit) => {
      await forecastStore(unit.db).save(made);
      await unit.live('advice.forecast', null);
    });
  }
  return due.length;
}

async function foreseeOne(
  needs: Needs,
  series: BoundedSeries,
  measured: MeasuredSeries | undefined,
  now: Date,
): Promise<NewForecast> {
  const limit = limitOf(series);
  if (limit === null) throw new Error('a series without a limit was to be foreseen');
  const known = [...(measured?.times.keys() ?? [])].filter((at) => (measured?.mean[at] ?? null) !== null);
  const times = Float64Array.from(known, (at) => (measured?.times[at] ?? 0) * 1_000);
  const sign = limit.falling ? -1 : 1;
  const values = Float64Array.from(known, (at) => sign * (measured?.mean[at] ?? 0));
  const last = values.at(-1);
  const spanMs = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const plain = {
    seriesId: series.id,
    madeAt: now,
    ...limit,
    pastDays: spanMs / dayMs,
    last: last === undefined ? null : sign * last,
  };
  const none = { fullAt: null, lowAt: null, highAt: null, within30Days: 0, perDay: 0, jumps: null };
  if (last === undefined) return { ...plain, ...none, why: 'unreadable' };
  if (last >= sign * limit.capacity) return { ...plain, ...none, within30Days: 1, fullAt: now, why: 'full' };
  if (spanMs < dayMs) return { ...plain, ...none, why: 'tooShort' };
  const capacity = sign * limit.capacity;
  const reckoned = await needs.reckon({ what: 'forecast', timesMs: times, values, capacity, horizonDays });
  const forecast = reckoned.what === 'forecast' ? reckoned.forecast : null;
  return { ...plain, ...datesOf(forecast, now) };
}

type Dates = Pick<NewForecast, 'fullAt' | 'lowAt' | 'highAt' | 'within30Days' | 'perDay' | 'jumps' | 'why'>;

function datesOf(forecast: CapacityForecast | null, now: Date): Dates {
  const none = { fullAt: null, lowAt: null, highAt: null };
  if (forecast === null) return { ...none, within30Days: 0, perDay: 0, jumps: null, why: 'tooShort' };
  const { fullAtMs, lowMs, highMs, within30Days, slopePerDay } = forecast;
  const jumps = usualJumps(forecast.jumps);
  const perDay = slopePerDay + jumpedPerDay(forecast.jumps);
  const later = (ms: number | null): Date | null => (ms === null ? null : new Date(Math.max(ms, now.getTime())));
  if (fullAtMs === null) return { ...none, within30Days, perDay, jumps, why: whyNone(slopePerDay, perDay, jumps) };
  const dates = { fullAt: later(fullAtMs), lowAt: later(lowMs), highAt: later(highMs) };
  return { ...dates, within30Days, perDay, jumps, why: 'date' };
}

/** Why there is no date: it does not grow, or is cleared again and again while it does, or takes longer than is looked ahead. */
function whyNone(slopePerDay: number, perDay: number, jumps: ToldJumps | null): ToldForecast['why'] {
  if (slopePerDay > 0 && jumps?.isFall === true) return 'cleared';
  return perDay > 0 ? 'beyond' : 'notGrowing';
}
