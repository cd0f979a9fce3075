import { isIP } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import type { NameServer } from '#probe/dns/ask-dns.ts';
import { ConnectionFailure, resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { askSerial, newestSerial, serialLag, serversOf, type AskedServer, type ServerState } from './ask-servers.ts';
import { dnsZoneSettings, type DnsZoneSettings } from './settings.ts';
import { dnsZoneTexts, type DnsZoneReasons } from './texts.ts';

const kind: CheckKind<DnsZoneSettings, DnsZoneReasons> = {
  name: 'dns-zone',
  settings: dnsZoneSettings,
  texts: dnsZoneTexts,
  defaults: { intervalMs: 60_000, timeoutMs: 8_000 },
  requires: 'network',
  run: runDnsZone,
};

/** Whether all name servers of a zone are there, in charge of it, and of one mind. */
export const dnsZone = defineKind(kind);

type Judged = { readonly verdict: Verdict; readonly reason: ReasonOf<DnsZoneReasons> };

async function runDnsZone(
  settings: DnsZoneSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<DnsZoneReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const zone = settings.zone === '' ? (isIP(target.address) === 0 ? target.address : '.') : settings.zone;
  try {
    const [at] = await resolveAllowed(target.address, deadlineMs, context);
    if (at === undefined) throw new Error('no address');
    const by: NameServer = { at, port: settings.port };
    // Each step has its share, so that a silent server leaves time for the others.
    const stepMs = context.timeoutMs / 3;
    const found =
      settings.servers.length > 0
        ? { names: settings.servers, glue: new Map() }
        : await serversOf(zone, by, startedMs + stepMs, context);
    if ('fault' in found) {
      if (found.fault === 'refusing')
        throw new ConnectionFailure({ code: 'refused', data: { address: at.address, port: settings.port } });
      const reason = { code: 'noServerList', data: { zone, server: at.address, state: found.fault } } as const;
      return { verdict: 'down', reason, output: '', metrics: [], durationMs: context.clock.nowMs() - startedMs };
    }
    const asked = await Promise.all(
      found.names.map((name) => askSerial(zone, name, { by, glue: found.glue }, deadlineMs, context)),
    );
    return {
      ...judge(settings, zone, asked, context),
      output: sanitiseOutput(asked.map(line).join('\n')),
      metrics: metricsOf(asked),
      durationMs: context.clock.nowMs() - startedMs,
    };
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

function judge(settings: DnsZoneSettings, zone: string, asked: readonly AskedServer[], context: CheckContext): Judged {
  const good = asked.filter(({ state }) => state === 'good');
  const lagging = behind(settings, asked);
  // A change takes its time to reach the secondaries; only what lasts is a fault.
  const nowMs = context.clock.nowMs();
  const since = lagging.length === 0 ? undefined : Number(context.memory.get('behindSince') ?? nowMs);
  context.memory.set('behindSince', since);
  const [bad] = asked.filter(({ state }) => state !== 'good' && state !== 'forbidden');
  if (good.length === 0) {
    return bad === undefined
      ? { verdict: 'unknown', reason: { code: 'allForbidden', data: { zone } } }
      : { verdict: 'down', reason: { code: 'allBad', data: { zone, server: bad.name, state: bad.state } } };
  }
  if (bad !== undefined) {
    const data = { zone, server: bad.name, state: bad.state, good: good.length, count: asked.length };
    return { verdict: 'degraded', reason: { code: 'serverBad', data } };
  }
  const [worst] = lagging;
  if (worst !== undefined && since !== undefined && nowMs - since >= settings.graceSeconds * 1000) {
    const data = { zone, server: worst.name, serial: worst.serial ?? 0, newest: newestOf(good) ?? 0 };
    return { verdict: 'degraded', reason: { code: 'serialBehind', data } };
  }
  const slow = good.find(({ ms }) => settings.warnMs > 0 && (ms ?? 0) > settings.warnMs);
  if (slow !== undefined)
    return {
      verdict: 'degraded',
      reason: { code: 'slow', data: { server: slow.name, ms: slow.ms ?? 0, warnMs: settings.warnMs } },
    };
  if (worst !== undefined) return { verdict: 'up', reason: { code: 'catchingUp', data: { zone, server: worst.name } } };
  return { verdict: 'up', reason: { code: 'agreed', data: { zone, count: good.length, serial: newestOf(good) ?? 0 } } };
}

function newestOf(asked: readonly AskedServer[]): number | undefined {
  return newestSerial(asked.flatMap(({ serial }) => (serial === undefined ? [] : [serial])));
}

/** Servers whose serial is further behind the newest than allowed, the furthest first. */
function behind({ maxSerialLag }: DnsZoneSettings, asked: readonly AskedServer[]): AskedServer[] {
  const newest = newestOf(asked);
  if (newest === undefined) return [];
  const lag = ({ serial }: AskedServer): number => (serial === undefined ? 0 : serialLag(serial, newest));
  return asked.filter((each) => lag(each) > maxSerialLag).toSorted((a, b) => lag(b) - lag(a));
}

function metricsOf(asked: readonly AskedServer[]): Metric[] {
  const newest = newestOf(asked);
  const lags = asked.flatMap(({ serial }) =>
    serial === undefined || newest === undefined ? [] : [serialLag(serial, newest)],
  );
  return [
    { name: 'goodServers', unit: 'count', value: asked.filter(({ state }) => state === 'good').length },
    ...(lags.length === 0 ? [] : [{ name: 'serialLag', unit: 'count' as const, value: Math.max(...lags) }]),
    ...asked.flatMap(({ name, ms }): Metric[] =>
      ms === undefined ? [] : [{ name: `answerTime:${name}`, unit: 'ms', value: ms }],
    ),
  ];
}

const words: Readonly<Record<ServerState, string>> = {
  good: 'ok',
  silent: 'no answer',
  refusing: 'refused',
  malformed: 'not DNS',
  lame: 'not in charge',
  noAddress: 'no address',
  forbidden: 'not allowed',
};

function line({ name, address, state, serial, ms }: AskedServer): string {
  return `${name} ${address}: ${words[state]}${serial === undefined ? '' : `, serial ${serial}`}${ms === undefined ? '' : `, ${ms.toFixed(1)} ms`}`;
}
