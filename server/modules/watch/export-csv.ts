import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { byCheck } from './draw-series.ts';
import { planChart } from './read-measurements.ts';
import { readColumns } from './read-samples.ts';
import { seriesLabel } from './series-label.ts';
import { grainSeconds, pointStore } from './store-points.ts';
import { rollStore } from './store-roll.ts';
import { seriesStore, type FullSeries } from './store-series.ts';

const mostValues = 1_000_000;
const dayMs = 86_400_000;

export interface CsvAsked {
  readonly series: readonly number[];
  readonly from: string;
  readonly until: string;
  readonly separator: 'comma' | 'semicolon';
}

/** A cell that no spreadsheet takes for a formula or for two cells. */
export function csvCell(text: string, separator: string): string {
  const plain = /^[=+\-@\t]/u.test(text) ? `'${text}` : text;
  return /["\r\n]/u.test(plain) || plain.includes(separator) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

interface Line {
  readonly atMs: number;
  readonly cells: string;
}

/** The exact values of a span, as they are kept: samples where they still are, else the finest points. */
async function* linesOf(
  db: Database<'watch'>,
  series: readonly FullSeries[],
  {
    from,
    until,
    source,
    separator,
    head,
  }: {
    readonly from: Date;
    readonly until: Date;
    readonly source: 'raw' | 'five_minutes' | 'hours' | 'days';
    readonly separator: string;
    readonly head: (series: FullSeries) => string;
  },
): AsyncGenerator<string> {
  const rolled = (await rollStore(db).rolled())?.until ?? from;
  for (const { checkNumber, positions, members } of byCheck(series)) {
    const heads = members.map(head);
    // A day at a time: what is in the memory does not grow with the span.
    for (let dayMsAt = from.getTime(); dayMsAt < until.getTime(); dayMsAt += dayMs) {
      const day = { from: new Date(dayMsAt), until: new Date(Math.min(dayMsAt + dayMs, until.getTime())) };
      const lines: Line[] = [];
      if (source !== 'raw' && day.from < rolled) {
        const points = await pointStore(db).points(source, checkNumber, day.from, day.until);
        for (const [place, position] of positions.entries())
          for (const { time, count, mean, min, max, p95 } of points.get(position) ?? []) {
            if (time * 1_000 < day.from.getTime()) continue;
            const numbers = [count, mean, min, max, Number.isNaN(p95) ? '' : p95].join(separator);
            lines.push({
              atMs: time * 1_000,
              cells: `${heads[place] ?? ''}${separator}${grainSeconds[source]}${separator}${numbers}`,
            });
          }
      } else {
        for (const { times, values } of await readColumns(db, { checkNumber, positions, ...day }))
          for (const [place, column] of values.entries())
            for (const [index, atMs] of times.entries()) {
              const value = column[index] ?? Number.NaN;
              if (Number.isNaN(value) || atMs < day.from.getTime() || atMs >= day.until.getTime()) continue;
              const numbers = [1, value, value, value, value].join(separator);
              lines.push({ atMs, cells: `${heads[place] ?? ''}${separator}0${separator}${numbers}` });
            }
      }
      yield lines
        .toSorted((one, other) => one.atMs - other.atMs)
        .map(({ atMs, cells }) => `${new Date(atMs).toISOString()}${separator}${cells}\r\n`)
        .join('');
    }
  }
}

/**
 * Series of a span as a file: one line for each value, with the exact moment in UTC (RFC 4180; ISO 8601).
 * `step_s` is 0 for a single sample. Throws Refusal `not_found`, and `export_too_long` beyond a million values.
 */
export async function exportCsv(
  db: Database<'watch'>,
  clock: Clock,
  asked: CsvAsked,
  language: Language,
): Promise<File> {
  const series = await seriesStore(db).byIds([...new Set(asked.series)]);
  if (series.length === 0) throw new Refusal('not_found');
  const from = new Date(asked.from);
  const until = new Date(Math.max(new Date(asked.until).getTime(), from.getTime()));
  const wanted = byCheck(series);
  const spanS = (until.getTime() - from.getTime()) / 1_000;
  // As many points as there may be: the plan then takes the finest that is kept.
  const plan = planChart({ from, until, points: Math.max(10, Math.ceil(spanS / 60)) }, wanted, {
    retention: await rollStore(db).retention(),
    now: clock.now(),
  });
  const eachS = (intervalMs: number): number =>
    plan.source === 'raw' ? intervalMs / 1_000 : grainSeconds[plan.source];
  const values = wanted.reduce((sum, each) => sum + (spanS / eachS(each.intervalMs)) * each.positions.length, 0);
  if (values > mostValues) throw new Refusal('export_too_long', { most: mostValues });
  const separator = asked.separator === 'semicolon' ? ';' : ',';
  const head = (each: FullSeries): string =>
    [each.targetName, each.check.name, seriesLabel(each.check.kind, each.name, language), each.unit]
      .map((text) => csvCell(text, separator))
      .join(separator);
  const titles = ['time', 'target', 'check', 'measurement', 'unit', 'step_s', 'count', 'mean', 'min', 'max', 'p95'];
  const parts = [`${titles.join(separator)}\r\n`];
  for await (const some of linesOf(db, series, { from, until, source: plan.source, separator, head })) parts.push(some);
  return new File(parts, `vigie-${asked.from.slice(0, 10)}-${asked.until.slice(0, 10)}.csv`, {
    type: 'text/csv; charset=utf-8',
  });
}
