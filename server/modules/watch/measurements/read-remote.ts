import { z } from 'zod';
import type { Log } from '#platform/log.ts';
import type { Vault } from '#platform/vault.ts';
import { askReceiver } from './ask-receiver.ts';
import { measurementName } from './label-samples.ts';
import type { Measured, Span } from './read-measurements.ts';
import { signInHeaders } from './send-measurements.ts';
import type { StoredRemote } from './store-remote.ts';
import type { FullSeries } from './store-series.ts';

/** Charts of old measurements, read back from where they were sent on to (Prometheus query API). */

const timeoutMs = 8_000;
const mostBytes = 32 * 1024 * 1024;

const answer = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(
      z.object({ metric: z.record(z.string(), z.string()), values: z.array(z.tuple([z.number(), z.string()])) }),
    ),
  }),
});

const folds = {
  mean: 'avg_over_time',
  min: 'min_over_time',
  max: 'max_over_time',
  count: 'count_over_time',
  p95: 'quantile_over_time',
} as const;
type Fold = keyof typeof folds;
const foldNames: readonly Fold[] = ['mean', 'min', 'max', 'count', 'p95'];

/** A label's value as PromQL takes it between quotation marks. */
function quoted(text: string): string {
  return `"${text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`)
    .replaceAll('\n', String.raw`\n`)}"`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
}

/** The question for one fold of all series; each value tells of the step that ends at its moment. */
export function promQuery(fold: Fold, series: readonly FullSeries[], stepS: number): string {
  const checks = [...new Set(series.map(({ check }) => check.id))].map(escaped).join('|');
  const names = [...new Set(series.map(({ name }) => name))].map(escaped).join('|');
  const selector = `${measurementName}{check_id=~${quoted(checks)},measurement=~${quoted(names)}}[${stepS}s]`;
  return fold === 'p95' ? `quantile_over_time(0.95, ${selector})` : `${folds[fold]}(${selector})`;
}

interface Parts {
  readonly remote: StoredRemote;
  readonly vault: Pick<Vault, 'unseal'>;
  readonly log: Log;
}

type Values = Map<string, Map<number, number>>;

async function ask(
  { remote, vault }: Parts,
  query: string,
  { firstS, steps, stepS }: { firstS: number; steps: number; stepS: number },
  signal: AbortSignal,
): Promise<Values> {
  const url = new URL(`${remote.queryUrl.replace(/\/+$/u, '')}/api/v1/query_range`);
  const asked = {
    query,
    start: String(firstS + stepS),
    end: String(firstS + steps * stepS),
    step: String(stepS),
    // VictoriaMetrics would otherwise answer from its cache at rounded moments.
    nocache: '1',
  };
  const got = await askReceiver(
    {
      url,
      method: 'POST',
      headers: { ...signInHeaders(remote, vault), 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(asked).toString(),
      specialAllowed: remote.specialAllowed,
      timeoutMs,
      mostBytes,
    },
    signal,
  );
  if (got.end === 'failed') throw new Error(got.said);
  if (got.status !== 200) throw new Error(`${got.said}: ${got.text.slice(0, 200)}`);
  const { data } = answer.parse(JSON.parse(got.text));
  return new Map(
    data.result.map(({ metric, values }) => [
      `${metric['check_id'] ?? ''} ${metric['measurement'] ?? ''}`,
      new Map(values.map(([at, value]) => [Math.round((at - firstS) / stepS) - 1, Number(value)])),
    ]),
  );
}

/**
 * The series of one check after the other as the store has them; null when it cannot be asked, and the log says why: the
 * chart is then drawn from what Vigie keeps itself.
 */
export async function readRemote(
  parts: Parts,
  groups: readonly { readonly members: readonly FullSeries[] }[],
  { from, until }: Pick<Span, 'from' | 'until'>,
  stepS: number,
): Promise<Measured[] | null> {
  const firstS = Math.floor(from.getTime() / 1_000 / stepS) * stepS;
  const steps = Math.max(1, Math.ceil((until.getTime() / 1_000 - firstS) / stepS));
  const all = groups.flatMap(({ members }) => members);
  const { signal } = new AbortController();
  try {
    const found = new Map<Fold, Values>();
    await Promise.all(
      foldNames.map(async (fold) =>
        found.set(fold, await ask(parts, promQuery(fold, all, stepS), { firstS, steps, stepS }, signal)),
      ),
    );
    const column = (fold: Fold, key: string): (number | null)[] =>
      Array.from({ length: steps }, (_none, step) => found.get(fold)?.get(key)?.get(step) ?? null);
    return groups.map(({ members }) => ({
      stepS,
      firstS,
      steps,
      columns: members.map(({ check, name }) => {
        const key = `${check.id} ${name}`;
        return {
          count: column('count', key).map((count) => count ?? 0),
          mean: column('mean', key),
          min: column('min', key),
          max: column('max', key),
          p95: column('p95', key),
        };
      }),
    }));
  } catch (error) {
    const said = error instanceof Error ? error.message : 'unknown';
    parts.log.warn({ error: said }, 'old measurements could not be read back; the chart shows what is kept here');
    return null;
  }
}
