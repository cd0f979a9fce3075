import { forecastCapacity } from '#analyse/capacity/forecast-capacity.ts';
import { tellForecast } from '#analyse/capacity/tell-forecast.ts';
import type { Point } from '#analyse/capacity/even-series.ts';
import * as enMeasured from '#texts/en/anomalies.ts';
import * as en from '#texts/en/analyse-files.ts';
import * as frMeasured from '#texts/fr/anomalies.ts';
import * as fr from '#texts/fr/analyse-files.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { openMeasurements } from '../read-measurements.ts';
import { UsageFault } from '../usage-fault.ts';

const texts = { en: en.analyseFiles.capacity, fr: fr.analyseFiles.capacity };
const measured = { en: enMeasured.anomalies.command, fr: frMeasured.anomalies.command };

type Options = {
  readonly csv: string;
  readonly capacity: string;
  readonly horizon: string;
  readonly explain?: true;
};

async function capacity(options: Options, context: Context): Promise<void> {
  const own = texts[context.language];
  const [full, horizonDays] = [options.capacity, options.horizon].map((typed) => {
    const number = Number(typed);
    if (!(number > 0 && number < 1e300)) throw new UsageFault(own.notNumber(typed));
    return number;
  });
  const { columns, rows } = await openMeasurements(options.csv, context, measured[context.language]);
  if (columns.length !== 1) throw new UsageFault(own.oneColumn);
  const points: Point[] = [];
  for await (const { timeMs, values } of rows) points.push({ timeMs, value: values[0] ?? Number.NaN });
  const question = { capacity: full ?? 0, horizonDays: horizonDays ?? 0 };
  const found = forecastCapacity(points, question);
  if (options.explain === true) {
    context.terminal.write(`${tellForecast(found, question, context.language, 'UTC')}\n`);
    return;
  }
  const answer = {
    full_at: iso(found?.fullAtMs ?? null),
    low: iso(found?.lowMs ?? null),
    high: iso(found?.highMs ?? null),
    probability_30d: found?.within30Days ?? 0,
  };
  context.terminal.write(`${JSON.stringify(answer)}\n`);
}

/** Without a zone, as the rows of the file are: both are UTC. */
function iso(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString().slice(0, 19);
}

export function addCapacityVerb(group: Command, context: Context): void {
  const own = texts[context.language];
  group
    .command('capacity')
    .description(own.about)
    .requiredOption('--csv <file>', own.csv)
    .requiredOption('--capacity <number>', own.capacity)
    .option('--horizon <days>', own.horizon, '90')
    .option('--explain', own.explain)
    .action(async (options: Options) => capacity(options, context));
}
