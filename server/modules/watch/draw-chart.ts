import type { z } from 'zod';
import type { chart, watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { reasonText } from './reason-text.ts';
import { alertStore } from './store-alert.ts';
import { chartStore, type ChartStep } from './store-chart.ts';
import { checkStore } from './store-check.ts';
import { resultStore } from './store-result.ts';
import { seriesLabel } from './series-label.ts';

type Asked = Parameters<Handlers<typeof watch>['chart']>[0];

const hourMs = 3_600_000;
// Raw results answer up to here; what is longer is drawn from hours.
const longestRawMs = 49 * hourMs;
/** Days for which raw results are kept. */
export const retainedDays = 7;
const mostMarks = 200;
const mostSeries = 20;

/** Steps that people read easily. */
const steps = [
  1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1_200, 1_800, 3_600, 7_200, 10_800, 14_400, 21_600, 43_200, 86_400,
];

/** The shortest easy step with which a span has no more than so many points. */
export function stepFor(spanSeconds: number, points: number, leastSeconds: number): number {
  const wanted = Math.max(leastSeconds, spanSeconds / points);
  return steps.find((step) => step >= wanted) ?? Math.ceil(wanted / 86_400) * 86_400;
}

/** Measurements of a check as columns, with its changes of state as marks. Throws Refusal `not_found`. */
export async function drawChart(
  db: Database<'watch'>,
  clock: Clock,
  asked: Asked,
  language: Language,
): Promise<z.infer<typeof chart>> {
  const check = await checkStore(db).get(asked.checkId);
  if (check === null) throw new Refusal('not_found');
  const from = new Date(asked.from);
  const until = new Date(Math.max(new Date(asked.until).getTime(), from.getTime() + 1_000));
  const all = await resultStore(db).series([check.number]);
  const chosen = all.filter(({ name }) => asked.names?.includes(name) ?? true).slice(0, mostSeries);
  const spanMs = until.getTime() - from.getTime();
  const old = from.getTime() < clock.now().getTime() - (retainedDays - 1) * 24 * hourMs;
  const byHours = spanMs > longestRawMs || old;
  const stepSeconds = stepFor(spanMs / 1_000, asked.points, byHours ? 3_600 : check.intervalMs / 1_000);
  const query = {
    checkNumber: check.number,
    positions: chosen.map(({ position }) => position),
    from,
    until,
    stepSeconds,
  };
  const found = byHours ? await chartStore(db).fromHours(query) : await chartStore(db).fromResults(query);
  const changes = await alertStore(db).changes(check.number, mostMarks, { from, until });
  const times = timesBetween(from, until, stepSeconds);
  const byTime = new Map(found.map((step) => [step.time, step]));
  const column = (pick: (step: ChartStep) => number | null | undefined) =>
    times.map((time) => {
      const step = byTime.get(time);
      return step === undefined ? null : (pick(step) ?? null);
    });
  return {
    stepSeconds,
    times,
    series: chosen.map(({ id, name, unit }, index) => ({
      id,
      label: seriesLabel(check.kind, name, language),
      unit,
      mean: column(({ mean }) => mean[index]),
      max: column(({ max }) => max[index]),
    })),
    marks: changes
      .filter(({ to }) => to === 'up' || to === 'degraded' || to === 'down')
      .map((change) => ({
        at: change.at.getTime() / 1_000,
        kind: change.to === 'up' ? 'up' : change.to === 'degraded' ? 'degraded' : 'down',
        label: reasonText(check.kind, change.reason, language),
      })),
  };
}

// Gaps are steps too: a chart that leaves them out draws a line through an outage.
function timesBetween(from: Date, until: Date, stepSeconds: number): number[] {
  const first = Math.floor(from.getTime() / 1_000 / stepSeconds) * stepSeconds;
  const count = Math.min(5_000, Math.ceil((until.getTime() / 1_000 - first) / stepSeconds));
  return Array.from({ length: count }, (_none, index) => first + index * stepSeconds);
}
