import type { Resolver } from 'node:dns/promises';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { ConnectionFailure, resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { askRecords, recordsMatch } from './ask-records.ts';
import { makeResolver, resolverFor, untilAnswered } from './kept-resolvers.ts';
import { dnsSettings, type DnsSettings } from './settings.ts';
import { dnsTexts, type DnsReasons } from './texts.ts';

const kind: CheckKind<DnsSettings, DnsReasons> = {
  name: 'dns',
  settings: dnsSettings,
  texts: dnsTexts,
  defaults: { intervalMs: 5_000, timeoutMs: 3_000 },
  requires: 'network',
  run: runDns,
  propose: (facts) => (facts.answersDns ? [{ settings: {}, recommended: true }] : []),
};

/** A question to a name server. */
export const dns = defineKind(kind);

interface Outcome {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<DnsReasons>;
  readonly records: readonly string[];
}

async function runDns(
  settings: DnsSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<DnsReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  try {
    const server = await chooseServer(settings, target, deadlineMs, context);
    const outcome = await ask(settings, server, deadlineMs, context);
    const durationMs = context.clock.nowMs() - startedMs;
    const metrics: Metric[] = [
      { name: 'answerTime', unit: 'ms', value: durationMs },
      { name: 'records', unit: 'count', value: outcome.records.length },
    ];
    const late = settings.warnMs > 0 && durationMs > settings.warnMs && outcome.verdict === 'up';
    return {
      verdict: late ? 'degraded' : outcome.verdict,
      reason: late ? { code: 'slow', data: { ms: durationMs, warnMs: settings.warnMs } } : outcome.reason,
      output: sanitiseOutput(outcome.records.slice(0, 100).join('\n')),
      metrics: outcome.verdict === 'up' ? metrics : [],
      durationMs,
    };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

/** A server that is asked, with its address for the sentences. */
interface Server {
  readonly address: string;
  readonly resolver: Resolver;
}

/** The server that the settings name. */
async function chooseServer(
  settings: DnsSettings,
  target: CheckTarget,
  deadlineMs: number,
  context: CheckContext,
): Promise<Server> {
  const { timeoutMs } = context;
  if (settings.server === 'system') {
    // The machine's own resolvers are often on loopback; asking them needs no leave. Which they are is read each time.
    const resolver = makeResolver(timeoutMs);
    return { address: resolver.getServers()[0] ?? 'system', resolver };
  }
  const wanted = settings.server === '' ? target.address : settings.server;
  const [found] = await resolveAllowed(wanted, deadlineMs, context);
  const address = found?.address ?? wanted;
  const place = found?.family === 6 ? `[${address}]:${settings.port}` : `${address}:${settings.port}`;
  return { address, resolver: resolverFor(place, timeoutMs) };
}

async function ask(
  settings: DnsSettings,
  { address: server, resolver }: Server,
  deadlineMs: number,
  context: CheckContext,
): Promise<Outcome> {
  const startedMs = context.clock.nowMs();
  const { type, expected } = settings;
  // Without a name any answer will do; the root's name servers are known to every resolver.
  const onlyAlive = settings.name === '';
  const name = onlyAlive ? '.' : settings.name;
  try {
    const records = await untilAnswered(askRecords(resolver, name, onlyAlive ? 'NS' : type), deadlineMs, context);
    const ms = context.clock.nowMs() - startedMs;
    if (onlyAlive) return { verdict: 'up', reason: { code: 'serverAnswers', data: { server, ms } }, records };
    const answer = sanitiseOutput(records.slice(0, 5).join(', '), 300);
    if (!recordsMatch(records, settings)) {
      return {
        verdict: 'down',
        reason: { code: 'otherAnswer', data: { name, type, expected: expected.replaceAll('\n', ', '), found: answer } },
        records,
      };
    }
    return { verdict: 'up', reason: { code: 'answered', data: { name, type, answer, ms } }, records };
  } catch (error) {
    if (error instanceof ConnectionFailure) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
    const ms = context.clock.nowMs() - startedMs;
    if (onlyAlive && answeredNegatively.has(code))
      return { verdict: 'up', reason: { code: 'serverAnswers', data: { server, ms } }, records: [] };
    return { verdict: 'down', reason: failure(code, server, settings, context.timeoutMs), records: [] };
  }
}

// An answer all the same: the server is alive and has nothing to say about the root.
const answeredNegatively = new Set(['ENOTFOUND', 'ENODATA', 'EREFUSED', 'ESERVFAIL', 'ENOTIMP']);

function failure(code: string, server: string, { name, type }: DnsSettings, timeoutMs: number): ReasonOf<DnsReasons> {
  switch (code) {
    case 'ETIMEOUT':
    case 'ECANCELLED':
      return { code: 'noAnswer', data: { server, ms: timeoutMs } };
    case 'ECONNREFUSED':
      return { code: 'noAnswer', data: { server, ms: timeoutMs } };
    case 'EREFUSED':
      return { code: 'serverRefused', data: { server } };
    case 'ENOTFOUND':
      return { code: 'noSuchName', data: { name } };
    case 'ENODATA':
      return { code: 'noSuchRecord', data: { name, type } };
    case 'EBADRESP':
      return { code: 'malformed', data: { server } };
    default:
      return { code: 'serverFailed', data: { server, code } };
  }
}
