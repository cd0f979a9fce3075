import type { AddressFacts } from '#probe/address-facts.ts';
import { connectionVerdicts, type ConnectionReasons } from '#probe/connection-reasons.ts';
import type {
  CheckContext,
  CheckKind,
  CheckTarget,
  KindResult,
  Metric,
  Proposal,
  ReasonOf,
  Verdict,
} from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { asksMore } from './asks-more.ts';
import { fetchFailure, fetchPage, type Page, type PageAddress } from './fetch-page.ts';
import { judgePage } from './judge-page.ts';
import { isPlain, lookPlainly } from './plain-look.ts';
import { ExchangeFailure } from './plain-exchange.ts';
import { httpSettings, type HttpSettings } from './settings.ts';
import { httpTexts, type HttpReasons } from './texts.ts';

const kind: CheckKind<HttpSettings, HttpReasons> = {
  name: 'http',
  settings: httpSettings,
  texts: httpTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'network',
  run: runHttp,
  propose,
};

/** A page over HTTP or HTTPS, with a fresh connection for each run. */
export const http = defineKind(kind);

async function runHttp(
  settings: HttpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<HttpReasons>> {
  const startedMs = context.clock.nowMs();
  try {
    if (asksMore(settings)) return await runWhole(settings, target, context);
    const deadlineMs = startedMs + context.timeoutMs;
    const address = firstAddress(settings, target);
    const first = await lookAt(address)(address, settings, deadlineMs, context);
    const page = leadsOn(first, settings) ? await follow(settings, address, { first, deadlineMs }, context) : first;
    const durationMs = context.clock.nowMs() - startedMs;
    const { verdict, reason } = judgePage(settings, page, durationMs);
    return {
      verdict,
      reason,
      // Made when it is read: of a page that is well for the thousandth time nobody does.
      get output() {
        return evidence(page);
      },
      metrics: measure(page, durationMs),
      durationMs,
    };
  } catch (error) {
    const reason = fetchFailure(error);
    if (reason === undefined) throw error;
    return {
      verdict: verdictOf(reason),
      reason,
      output: '',
      metrics: [],
      durationMs: context.clock.nowMs() - startedMs,
    };
  }
}

async function runWhole(
  settings: HttpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<HttpReasons>> {
  const startedMs = context.clock.nowMs();
  const { requestWhole } = await import('./full-request.ts');
  const full = await requestWhole(settings, target, context);
  const durationMs = context.clock.nowMs() - startedMs;
  if (full === undefined) {
    const reason = { code: 'secretHeaderUnusable', data: {} } as const;
    return { verdict: 'unknown', reason, output: '', metrics: [], durationMs };
  }
  const { page, jsonValue, verdict, reason } = full;
  const value: Metric[] = jsonValue === undefined ? [] : [{ name: 'jsonValue', unit: 'number', value: jsonValue }];
  return { verdict, reason, output: evidence(page), metrics: [...measure(page, durationMs), ...value], durationMs };
}

function lookAt(address: PageAddress): typeof fetchPage {
  return isPlain(address) ? lookPlainly : fetchPage;
}

/** Where a page leads on to, when one goes after that. */
function leadsOn(page: Page, { redirects }: HttpSettings): string | undefined {
  return redirects > 0 && page.status >= 300 && page.status < 400 ? page.headers.location : undefined;
}

/** Goes after the redirects of a first page, each within the same deadline and each allowed anew. */
async function follow(
  settings: HttpSettings,
  from: PageAddress,
  { first, deadlineMs }: { readonly first: Page; readonly deadlineMs: number },
  context: CheckContext,
): Promise<Page> {
  let page = first;
  let address = from;
  for (let hop = 0; ; hop += 1) {
    const location = leadsOn(page, settings);
    if (location === undefined) return page;
    if (hop >= settings.redirects)
      throw new ExchangeFailure({ code: 'tooManyRedirects', data: { limit: settings.redirects } });
    address = nextAddress(address, location);
    page = await lookAt(address)(address, settings, deadlineMs, context);
  }
}

function firstAddress(settings: HttpSettings, target: CheckTarget): PageAddress {
  const { scheme, path } = settings;
  const port = settings.port === 0 ? (scheme === 'https' ? 443 : 80) : settings.port;
  return {
    scheme,
    connectTo: target.address,
    hostName: settings.hostName === '' ? target.address : settings.hostName,
    port,
    path,
  };
}

function nextAddress(from: PageAddress, location: string): PageAddress {
  const name = from.hostName.includes(':') ? `[${from.hostName}]` : from.hostName;
  const base = `${from.scheme}://${name}:${from.port}${from.path}`;
  const next = URL.canParse(location, base) ? new URL(location, base) : undefined;
  if (next === undefined || (next.protocol !== 'http:' && next.protocol !== 'https:')) {
    throw new ExchangeFailure({ code: 'badRedirect', data: { location: sanitiseOutput(location, 200) } });
  }
  const scheme = next.protocol === 'https:' ? 'https' : 'http';
  const port = next.port === '' ? (scheme === 'https' ? 443 : 80) : Number(next.port);
  const hostName = next.hostname.replace(/^\[|\]$/gu, '');
  // The same name stays at the address under test, which may be one of several behind that name.
  const connectTo = hostName.toLowerCase() === from.hostName.toLowerCase() ? from.connectTo : hostName;
  return { scheme, connectTo, hostName, port, path: `${next.pathname}${next.search}` };
}

function isConnectionCode(code: string): code is keyof ConnectionReasons {
  return Object.hasOwn(connectionVerdicts, code);
}

function verdictOf(reason: ReasonOf<HttpReasons>): Verdict {
  if (reason.code === 'identityUnusable') return 'unknown';
  return isConnectionCode(reason.code) ? connectionVerdicts[reason.code] : 'down';
}

function measure(page: Page, totalMs: number): Metric[] {
  const { lookupMs, connectMs, handshakeMs, firstByteMs } = page.phases;
  const metrics: Metric[] = [
    { name: 'lookup', unit: 'ms', value: lookupMs },
    { name: 'connect', unit: 'ms', value: connectMs },
  ];
  if (handshakeMs !== undefined) metrics.push({ name: 'handshake', unit: 'ms', value: handshakeMs });
  metrics.push(
    { name: 'firstByte', unit: 'ms', value: firstByteMs },
    { name: 'total', unit: 'ms', value: totalMs },
    { name: 'size', unit: 'bytes', value: page.body.length },
  );
  if (page.certificateDays !== undefined)
    metrics.push({ name: 'certificateDays', unit: 'days', value: page.certificateDays });
  return metrics;
}

// The head tells most; of the body a beginning is enough to recognise an error page.
const shownBodyBytes = 2_000;

function evidence(page: Page): string {
  const head = Object.entries(page.headers)
    .filter(([name]) => name !== 'set-cookie')
    .map(([name, value]) => `${name}: ${String(value)}`);
  const body = page.body.subarray(0, shownBodyBytes).toString('utf8');
  return sanitiseOutput(`${page.status} ${page.statusText}\n${head.join('\n')}\n\n${body}`, 4_096);
}

function propose(facts: AddressFacts): Proposal<Partial<HttpSettings>>[] {
  const seen = facts.http.map((each) => ({ each, url: new URL(each.url) }));
  return seen.map(({ each, url }) => {
    const scheme = url.protocol === 'https:' ? 'https' : 'http';
    const path = `${url.pathname}${url.search}`;
    const tls = facts.tls.find((one) => String(one.port) === (url.port === '' ? '443' : url.port));
    const wanted = each.status >= 200 && each.status < 400 ? '200-399' : `200-399,${each.status}`;
    return {
      settings: {
        scheme,
        port: Number(url.port),
        path,
        expectStatus: wanted,
        // A certificate that is not trusted today would only raise an alert that everybody knows of.
        verifyCertificate: scheme === 'http' || (tls?.authorized ?? true),
      },
      recommended: each.status < 500,
    };
  });
}
