import type { Database } from '#platform/database.ts';
import type { OwnFigures } from '#probe/own-figures.ts';
import { metricsStore } from './store-metrics.ts';
import { remoteStore } from './store-remote.ts';
import { rollStore } from './store-roll.ts';

/** What the watch tells at /metrics, in the text format of Prometheus (version 0.0.4). */

// Twenty thousand lines are what a scrape of ten seconds takes easily; beyond, the counts by kind and state remain.
const mostChecks = 20_000;
const states = ['up', 'degraded', 'down', 'unreachable', 'unknown'] as const;

/** A label's value between its quotation marks. */
export function metricLabel(text: string): string {
  return text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`);
}

function family(name: string, type: 'gauge' | 'counter', help: string, lines: readonly string[]): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines.map((line) => `${name}${line}`)];
}

export async function tellMetrics(db: Database<'watch'>, now: Date, engine: OwnFigures | null): Promise<string[]> {
  const [checks, counts, sizes, remote] = await Promise.all([
    metricsStore(db).checks(mostChecks),
    metricsStore(db).counts(),
    rollStore(db).sizes(),
    remoteStore(db).get(),
  ]);
  const sent =
    remote === null
      ? []
      : [
          ...family('vigie_remote_write_samples_total', 'counter', 'Samples that the receiver took.', [
            ` ${remote.sent}`,
          ]),
          ...family('vigie_remote_write_refused_total', 'counter', 'Samples that the receiver would not have.', [
            ` ${remote.refused}`,
          ]),
          ...family('vigie_remote_write_behind_seconds', 'gauge', 'How far behind sending is.', [
            ` ${Math.max(0, (now.getTime() - remote.until.getTime()) / 1_000)}`,
          ]),
        ];
  const ran =
    engine === null
      ? []
      : [
          ...family('vigie_watch_results_last_minute', 'gauge', 'Results of the last minute.', [` ${engine.results}`]),
          ...family(
            'vigie_watch_lateness_seconds',
            'gauge',
            '95th percentile of how late checks began within the last minute.',
            [` ${engine.lateP95Ms / 1_000}`],
          ),
          ...family('vigie_watch_slowed_checks', 'gauge', 'Checks that run less often because of the load.', [
            ` ${engine.slowed}`,
          ]),
        ];
  return [
    ...ran,
    ...family(
      'vigie_checks',
      'gauge',
      'Checks by kind and state.',
      counts.map(({ kind, state, checks: count }) => `{kind="${kind}",state="${state}"} ${count}`),
    ),
    ...family(
      'vigie_check_state',
      'gauge',
      `State of a check: 0 up, 1 degraded, 2 down, 3 unreachable, 4 unknown; at most ${mostChecks} checks, paused ones left out.`,
      checks
        .filter(({ paused }) => !paused)
        .map(
          ({ id, name, kind, targetName, state }) =>
            `{check_id="${id}",check="${metricLabel(name)}",kind="${kind}",target="${metricLabel(targetName)}"} ${states.indexOf(state)}`,
        ),
    ),
    ...family(
      'vigie_measurement_bytes',
      'gauge',
      'Bytes on the disk by what is kept, indexes included.',
      sizes.map(({ parent, bytes }) => `{of="${parent}"} ${bytes}`),
    ),
    ...sent,
  ];
}
