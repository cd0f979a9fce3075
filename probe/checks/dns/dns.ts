import { Resolver } from 'node:dns/promises';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { askRecords, recordsMatch } from './ask-records.ts';
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
  const resolver = new Resolver({
    timeout: Math.max(200, Math.floor(context.timeoutMs / 2)),
    tries: 2,
    maxTimeout: context.timeoutMs,
  });
  // c-ares spaces its tries as it likes; the deadline is ours.
  const cancel = (): void => resolver.cancel();
  const timer = setTimeout(cancel, context.timeoutMs);
  context.signal.addEventListener('abort', cancel);
  try {
    const server = await chooseServer(resolver, settings, target, context);
    const outcome = await ask(resolver, settings, server, context);
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
  } finally {
    clearTimeout(timer);
    context.signal.removeEventListener('abort', cancel);
    resolver.cancel();
  }
}

/** Points the resolver at the server that the settings name, and returns its address for the sentences. */
async function chooseServer(
  resolver: Resolver,
  settings: DnsSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<string> {
  // The machine's own resolvers are often on loopback; asking them needs no leave.
  if (settings.server === 'system') return resolver.getServers()[0] ?? 'system';
  const wanted = settings.server === '' ? target.address : settings.server;
  const [found] = await resolveAllowed(wanted, context.clock.nowMs() + context.timeoutMs, context);
  const address = found?.address ?? wanted;
  resolver.setServers([found?.family === 6 ? `[${address}]:${settings.port}` : `${address}:${settings.port}`]);
  return address;
}

async function ask(resolver: Resolver, settings: DnsSettings, server: string, context: CheckContext): Promise<Outcome> {
  const startedMs = context.clock.nowMs();
  const { type, expected } = settings;
  // Without a name any answer will do; the root's name servers are known to every resolver.
  const onlyAlive = settings.name === '';
  const name = onlyAlive ? '.' : settings.name;
  try {
    const records = await askRecords(resolver, name, onlyAlive ? 'NS' : type);
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
