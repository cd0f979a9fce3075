import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import { csvCell } from '#platform/csv.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { StreamedFile } from '#platform/streamed-file.ts';
import { byCheck } from './draw-series.ts';
import { planChart } from './read-measurements.ts';
import { readColumns } from './read-samples.ts';
import { seriesLabel } from './series-label.ts';
import { grainSeconds, pointStore, type Grain } from './store-points.ts';
import { rollStore } from './store-roll.ts';
import { seriesStore, type FullSeries } from './store-series.ts';
import { windowMs } from './store-window.ts';

const mostValues = 20_000_000;
const dayMs = 86_400_000;
/** At most so many days are read at once, and about so many values: what is in the memory does not grow with the span. */
const daysAtOnce = { raw: 1, five_minutes: 7, hours: 60, days: 2_000 } as const;
const valuesAtOnce = 50_000;

export interface CsvAsked {
  readonly series: readonly number[];
  readonly from: string;
  readonly until: string;
  readonly separator: 'comma' | 'semicolon';
}

/** The shortest digits that give the same stored number (IEEE 754, 4 bytes) again. */
export function exactDigits(value: number): string {
  if (Number.isNaN(value)) return '';
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

interface Line {
  readonly atMs: number;
  readonly place: number;
  readonly stepS: number;
  /** Count, mean, least, most and percentile. */
  readonly numbers: readonly number[];
}

interface Part {
  readonly checkNumber: number;
  readonly positions: readonly number[];
  readonly from: Date;
  readonly until: Date;
}

async function pointLines(db: Database<'watch'>, grain: Grain, part: Part): Promise<Line[]> {
  const { checkNumber, positions, from, until } = part;
  const found = await pointStore(db).points(grain, checkNumber, from, until);
  return positions.flatMap((position, place) =>
    (found.get(position) ?? [])
      .filter(({ time }) => time * 1_000 >= from.getTime())
      .map(({ time, count, mean, min, max, p95 }) => ({
        atMs: time * 1_000,
        place,
        stepS: grainSeconds[grain],
        numbers: [count, mean, min, max, p95],
      })),
  );
}

async function sampleLines(db: Database<'watch'>, part: Part): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { times, values } of await readColumns(db, part))
    for (const [place, column] of values.entries())
      for (const [index, atMs] of times.entries()) {
        const value = column[index] ?? Number.NaN;
        if (Number.isNaN(value) || atMs < part.from.getTime() || atMs >= part.until.getTime()) continue;
        lines.push({ atMs, place, stepS: 0, numbers: [1, value, value, value, value] });
      }
  return lines;
}

interface Wanted {
  readonly series: readonly FullSeries[];
  readonly from: Date;
  readonly until: Date;
  readonly source: 'raw' | Grain;
  readonly separator: string;
  readonly head: (series: FullSeries) => string;
}

/** So long a span is read at once: whole windows, as results are packed. */
function spanAtOnce(of: 'raw' | Grain, positions: number, intervalMs: number): number {
  if (of !== 'raw') return daysAtOnce[of] * dayMs;
  const windows = Math.floor((valuesAtOnce / positions) * (intervalMs / windowMs));
  return Math.min(daysAtOnce.raw * dayMs, Math.max(1, windows) * windowMs);
}

/** The exact values of a span, as they are kept: samples where they still are, else the finest points. */
async function* linesOf(db: Database<'watch'>, wanted: Wanted): AsyncGenerator<string> {
  const { series, from, until, source, separator, head } = wanted;
  const rolled = (await rollStore(db).rolled())?.until ?? from;
  const edge =
    source === 'raw' ? from : new Date(Math.min(Math.max(from.getTime(), rolled.getTime()), until.getTime()));
  const first = (await rollStore(db).firstKept())?.getTime() ?? until.getTime();
  for (const { checkNumber, positions, members, intervalMs } of byCheck(series)) {
    const heads = members.map(head);
    const written = (lines: readonly Line[]): string =>
      lines
        .toSorted((one, other) => one.atMs - other.atMs || one.place - other.place)
        .map(({ atMs, place, stepS, numbers }) =>
          [new Date(atMs).toISOString(), heads[place] ?? '', stepS, ...numbers.map(exactDigits)].join(separator),
        )
        .map((line) => `${line}\r\n`)
        .join('');
    for (const [begin, end, of] of [
      [Math.max(from.getTime(), first), edge.getTime(), source],
      [Math.max(edge.getTime(), first), until.getTime(), 'raw'],
    ] as const)
      for (let at = begin, stepMs = spanAtOnce(of, positions.length, intervalMs); at < end; at += stepMs) {
        const part = {
          checkNumber,
          positions,
          from: new Date(at),
          until: new Date(Math.min(at + stepMs, end)),
        };
        const lines = of === 'raw' ? await sampleLines(db, part) : await pointLines(db, of, part);
        // Hours that were brought along have nothing finer below them.
        yield written(lines.length > 0 || of === 'days' ? lines : await pointLines(db, 'hours', part));
      }
  }
}

/**
 * Series of a span as a file: one line for each value, with the exact moment in UTC (RFC 4180; ISO 8601).
 * `step_s` is 0 for a single sample. It is read while it is sent. Throws Refusal `not_found`, and `export_too_long` beyond
 * twenty million values.
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
  const { source } = planChart({ from, until, points: Math.max(10, Math.ceil(spanS / 60)) }, wanted, {
    retention: await rollStore(db).retention(),
    now: clock.now(),
  });
  const eachS = (intervalMs: number): number => (source === 'raw' ? intervalMs / 1_000 : grainSeconds[source]);
  const values = wanted.reduce((sum, each) => sum + (spanS / eachS(each.intervalMs)) * each.positions.length, 0);
  if (values > mostValues) throw new Refusal('export_too_long', { most: mostValues });
  const separator = asked.separator === 'semicolon' ? ';' : ',';
  const head = (each: FullSeries): string =>
    [each.targetName, each.check.name, seriesLabel(each.check.kind, each.name, language), each.unit]
      .map((text) => csvCell(text, separator))
      .join(separator);
  const titles = ['time', 'target', 'check', 'measurement', 'unit', 'step_s', 'count', 'mean', 'min', 'max', 'p95'];
  const name = `vigie-${asked.from.slice(0, 10)}-${asked.until.slice(0, 10)}.csv`;
  return new StreamedFile(name, 'text/csv; charset=utf-8', async function* () {
    yield `${titles.join(separator)}\r\n`;
    yield* linesOf(db, { series, from, until, source, separator, head });
  });
}
