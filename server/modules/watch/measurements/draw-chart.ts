import type { z } from 'zod';
import type { chart, watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { columnsOf, measureGroups, type DrawParts } from './draw-series.ts';
import { seriesLabel } from './series-label.ts';
import { checkStore } from '../checks/store-check.ts';
import { seriesStore } from './store-series.ts';
import { tellMarks } from './tell-marks.ts';

type Asked = Parameters<Handlers<typeof watch>['chart']>[0];

const mostSeries = 100;

/** Measurements of a check as columns, with what happened meanwhile as marks. Throws Refusal `not_found`. */
export async function drawChart(parts: DrawParts, asked: Asked, language: Language): Promise<z.infer<typeof chart>> {
  const { db } = parts;
  const check = await checkStore(db).get(asked.checkId);
  if (check === null) throw new Refusal('not_found');
  const from = new Date(asked.from);
  const until = new Date(Math.max(new Date(asked.until).getTime(), from.getTime() + 1_000));
  const { items } = await seriesStore(db).list({ checkId: check.id, limit: 500 });
  const members = items.filter(({ name }) => asked.names?.includes(name) ?? true).slice(0, mostSeries);
  const group = {
    checkNumber: check.number,
    intervalMs: check.intervalMs,
    positions: members.map(({ position }) => position),
    members,
  };
  const { measured, source } = await measureGroups(parts, [group], { from, until, points: asked.points });
  const [folded] = measured;
  if (folded === undefined) throw new Error('a check was measured as none');
  return {
    stepSeconds: folded.stepS,
    source,
    times: Array.from({ length: folded.steps }, (_none, step) => folded.firstS + step * folded.stepS),
    series: members.map(({ id, name, unit }, index) => ({
      id,
      label: seriesLabel(check.kind, name, language),
      unit,
      ...columnsOf(folded, index),
    })),
    marks: await tellMarks(db, [check], { from, until }, language),
  };
}
