import type { CheckContext, CheckTarget, Metric, ReasonOf, Verdict } from '../check-kind.ts';
import { askWeb, webFailure, type WebAnswer } from '../web/ask-web.ts';
import { fetchWeb } from '../web/fetch-web.ts';
import { firstAddress } from '../web/web-address.ts';
import { webVerdict } from '../web/web-reasons.ts';
import type { ExporterSettings } from './exporter-settings.ts';
import type { ExporterReasons } from './exporter-texts.ts';
import { ExpositionFault, parseExposition } from './parse-exposition.ts';
import type { Exposition } from './series.ts';

/** A page that was read, or why it was not. */
export type FetchedExposition =
  | { readonly exposition: Exposition; readonly bytes: number; readonly durationMs: number }
  | { readonly verdict: Verdict; readonly reason: ReasonOf<ExporterReasons> };

const pageLimitBytes = 16 * 1024 * 1024;
const accept =
  'text/plain;version=0.0.4;q=0.9,application/openmetrics-text;version=1.0.0;q=0.8,text/plain;q=0.5,*/*;q=0.1';

/** Fetches an exporter's page and reads the metrics that are wanted of it; never throws for what the exporter does. */
export async function fetchExposition(
  settings: ExporterSettings,
  target: CheckTarget,
  context: CheckContext,
  wanted: (name: string) => boolean,
  mostSamples: number,
): Promise<FetchedExposition> {
  const startedMs = context.clock.nowMs();
  try {
    const answer = await ask(settings, target, startedMs + context.timeoutMs, context);
    const { status } = answer;
    if (status === 401 || status === 403)
      return { verdict: 'down', reason: { code: 'signInRefused', data: { status } } };
    if (status !== 200) return { verdict: 'down', reason: { code: 'otherStatus', data: { status } } };
    if (answer.cut)
      return { verdict: 'down', reason: { code: 'pageTooLarge', data: { mebibytes: pageLimitBytes / 1024 / 1024 } } };
    const exposition = await parseExposition(answer.body.toString('utf8'), wanted, mostSamples);
    return { exposition, bytes: answer.body.length, durationMs: context.clock.nowMs() - startedMs };
  } catch (error) {
    if (error instanceof ExpositionFault) {
      const { line, text } = error;
      return { verdict: 'down', reason: { code: 'notMetrics', data: { line, text } } };
    }
    const reason = webFailure(error);
    return { verdict: webVerdict(reason), reason };
  }
}

function ask(
  settings: ExporterSettings,
  target: CheckTarget,
  deadlineMs: number,
  context: CheckContext,
): Promise<WebAnswer> {
  const { signIn, user, password } = settings;
  const request = {
    address: firstAddress(settings, target.address),
    method: 'GET',
    headers: { accept },
    body: undefined,
    http2: false,
    limitBytes: pageLimitBytes,
    verifyCertificate: settings.verifyCertificate,
  };
  if (signIn === 'none') return askWeb(request, deadlineMs, context);
  return fetchWeb(
    { request, credential: { way: signIn, user, password }, redirects: 0, elsewhere: false },
    deadlineMs,
    context,
  );
}

/** What every page says: how long it took, how much it is. */
export function pageMetrics(page: { exposition: Exposition; bytes: number; durationMs: number }): Metric[] {
  return [
    { name: 'scrape', unit: 'ms', value: page.durationMs },
    { name: 'samples', unit: 'count', value: page.exposition.count },
    { name: 'size', unit: 'bytes', value: page.bytes },
  ];
}
