import type { Database } from '#platform/database.ts';
import type { AdvisedCheck, SeriesStat, World } from './finding.ts';
import { meanOf } from './mean-of.ts';
import type { MeasuredSeries, Needs } from './needs.ts';
import { lookedAt } from './recommenders/recommenders.ts';
import { forecastStore } from './store-forecast.ts';
import { worldStore, type LookedSeries } from './store-world.ts';

const dayMs = 86_400_000;
const statDays = 14;
const changeDays = 30;
const leastIncidents = 3;
const atOnce = 20;
const mostForecasts = 500;

/** What a series was like, by its hourly means; null when nothing was measured. */
export function statOf(series: LookedSeries, check: AdvisedCheck, measured: MeasuredSeries): SeriesStat | null {
  const known = measured.mean.filter((value) => value !== null);
  if (known.length === 0) return null;
  const stepHours = ((measured.times[1] ?? 0) - (measured.times[0] ?? 0)) / 3_600;
  const sorted = known.toSorted((one, other) => one - other);
  const quarter = Math.max(1, Math.floor(known.length / 4));
  return {
    id: series.id,
    name: series.name,
    unit: series.unit,
    check,
    mean: meanOf(known),
    p95: sorted[Math.min(sorted.length - 1, Math.floor(0.95 * sorted.length))] ?? 0,
    max: measured.max.reduce<number>((most, each) => Math.max(most, each ?? most), sorted.at(-1) ?? 0),
    begin: meanOf(known.slice(0, quarter)),
    end: meanOf(known.slice(-quarter)),
    hours: known.length * (stepHours > 0 ? stepHours : 1),
  };
}

/** All that recommenders look at, as it is now. */
export async function gatherWorld(
  { db, needs }: { readonly db: Database<'advice'>; readonly needs: Needs },
  now: Date,
): Promise<World> {
  const store = worldStore(db);
  const since = new Date(now.getTime() - changeDays * dayMs);
  const checks = await store.checks(since);
  const byId = new Map(checks.map((check) => [check.id, check]));
  const looked = await store.series(lookedAt);
  const stats: SeriesStat[] = [];
  const span = { from: new Date(now.getTime() - statDays * dayMs), until: now, points: statDays * 24 };
  for (let from = 0; from < looked.length; from += atOnce) {
    const some = looked.slice(from, from + atOnce);
    const measured = await needs.measured(
      some.map(({ id }) => id),
      span,
    );
    const found = new Map(measured.map((each) => [each.id, each]));
    for (const series of some) {
      const check = byId.get(series.checkId);
      const values = found.get(series.id);
      const stat = check === undefined || values === undefined ? null : statOf(series, check, values);
      if (stat !== null) stats.push(stat);
    }
  }
  return {
    now,
    checks,
    stats,
    forecasts: (await forecastStore(db).list({ limit: mostForecasts })).items,
    noise: await needs.noise(),
    recurrent: await store.recurrent(since, leastIncidents),
  };
}
