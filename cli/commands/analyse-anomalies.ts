import { ChannelsDetector } from '#analyse/anomalies/channels-detector.ts';
import { createDetector } from '#analyse/anomalies/detector.ts';
import { tellAnomaly, tellChannels } from '#analyse/anomalies/tell-anomaly.ts';
import * as en from '#texts/en/anomalies.ts';
import * as fr from '#texts/fr/anomalies.ts';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { openMeasurements, type MeasuredRow, type Measurements } from '../read-measurements.ts';

const texts = { en: en.anomalies.command, fr: fr.anomalies.command };
/** Rows are written so many at a time. */
const batchRows = 1000;

type Options = { readonly csv: string; readonly explain?: true };

/** What is printed of a row: its score, or, with `--explain`, a sentence when there is something to say. */
type Judge = (row: MeasuredRow) => string;

async function anomalies({ csv, explain }: Options, context: Context): Promise<void> {
  const measured = await openMeasurements(csv, context, texts[context.language]);
  const { terminal } = context;
  const isSeveral = measured.columns.length > 1;
  const judge = isSeveral ? judgeTogether(measured, context, explain) : judgeOne(context, explain);
  if (explain !== true) terminal.write(isSeveral ? 'timestamp,anomaly_score\n' : 'timestamp,value,anomaly_score\n');
  let batch: string[] = [];
  for await (const row of measured.rows) {
    batch.push(judge(row));
    if (batch.length < batchRows) continue;
    terminal.write(batch.join(''));
    batch = [];
  }
  terminal.write(batch.join(''));
}

function judgeOne({ language }: Context, explain: true | undefined): Judge {
  const detector = createDetector();
  return ({ time, timeMs, cells, values }) => {
    const { score, anomaly } = detector.push(timeMs, values[0] ?? Number.NaN);
    if (explain !== true) return `${cell(time)},${cell(cells[0] ?? '')},${scoreText(score)}\n`;
    return anomaly === undefined ? '' : `${time}  ${tellAnomaly(anomaly, language, 'UTC')}\n`;
  };
}

function judgeTogether({ columns }: Measurements, { language }: Context, explain: true | undefined): Judge {
  const detector = new ChannelsDetector(columns.length);
  let told = Number.NaN;
  return ({ time, timeMs, values }) => {
    const { score, reason } = detector.push(timeMs, values);
    if (explain !== true) return `${cell(time)},${scoreText(score)}\n`;
    if (reason === undefined || reason.sinceMs === told) return '';
    told = reason.sinceMs;
    return `${time}  ${tellChannels(reason, columns[reason.channel] ?? '', language, 'UTC')}\n`;
  };
}

function cell(text: string): string {
  return /[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cut, not rounded, so that nothing below 0.5 is printed as 0.5. */
function scoreText(score: number): string {
  return String(Math.floor(score * 1e9) / 1e9);
}

export function addAnomaliesVerb(group: Command, context: Context): void {
  const own = texts[context.language];
  group
    .command('anomalies')
    .description(own.about)
    .requiredOption('--csv <file>', own.csv)
    .option('--explain', own.explain)
    .action(async (options: Options) => anomalies(options, context));
}
