import { getServers } from 'node:dns';
import { isIP } from 'node:net';
import type { CheckContext, CheckKind, CheckTarget, KindResult, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { askDns, type NameServer } from '#probe/dns/ask-dns.ts';
import { nameText, typeNumbers, wireName, type DnsMessage } from '#probe/dns/dns-message.ts';
import { ConnectionFailure, resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { dnssecSettings, type DnssecSettings } from './settings.ts';
import { dnssecTexts, type DnssecReasons } from './texts.ts';
import { trustAnchors } from './trust-anchors.ts';
import { isWithin, validateChain, type ChainGoal, type ChainOutcome } from './validate-chain.ts';

const kind: CheckKind<DnssecSettings, DnssecReasons> = {
  name: 'dnssec',
  settings: dnssecSettings,
  texts: dnssecTexts,
  defaults: { intervalMs: 300_000, timeoutMs: 10_000 },
  requires: 'network',
  run: runDnssec,
};

/** The chain of trust of a signed zone, and when its signatures end. */
export const dnssec = defineKind(kind);

const dayMs = 86_400_000;

/** A server that does not answer a question of the walk. */
class ServerFault extends Error {
  readonly reason: ReasonOf<Pick<DnssecReasons, 'noAnswer' | 'serverFailed' | 'malformed'>>;
  constructor(reason: ReasonOf<Pick<DnssecReasons, 'noAnswer' | 'serverFailed' | 'malformed'>>) {
    super(reason.code);
    this.reason = reason;
  }
}

async function runDnssec(
  settings: DnssecSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<DnssecReasons>> {
  const startedMs = context.clock.nowMs();
  const deadlineMs = startedMs + context.timeoutMs;
  const nothing = { output: '', metrics: [] };
  const took = () => context.clock.nowMs() - startedMs;
  try {
    const server = await chooseServer(settings, target, deadlineMs, context);
    const goal = goalOf(settings, target);
    if (goal === undefined) {
      return { verdict: 'unknown', reason: { code: 'nameOutside', data: {} }, ...nothing, durationMs: took() };
    }
    const ask = (name: string, type: number) => askServer(server, name, type, deadlineMs, context);
    const outcome = await validateChain(goal, trustAnchors(settings.anchors), ask, Math.floor(startedMs / 1000));
    const days = outcome.kind === 'secure' ? (outcome.expires * 1000 - startedMs) / dayMs : undefined;
    return {
      ...judge(settings, goal, outcome, days),
      output: evidence(goal, outcome),
      metrics:
        days === undefined
          ? []
          : [
              { name: 'signatureDays', unit: 'days', value: days },
              { name: 'checkTime', unit: 'ms', value: took() },
            ],
      durationMs: took(),
    };
  } catch (error) {
    if (error instanceof ServerFault) return { verdict: 'down', reason: error.reason, ...nothing, durationMs: took() };
    return connectionResult(error, startedMs, context);
  }
}

function goalOf(settings: DnssecSettings, target: CheckTarget): ChainGoal | undefined {
  const zone = wireName(settings.zone === '' ? (isIP(target.address) === 0 ? target.address : '.') : settings.zone);
  const name = settings.name === '' ? zone : wireName(settings.name);
  if (!isWithin(name, zone)) return undefined;
  return { zone, name, type: typeNumbers[settings.type], typeName: settings.type };
}

async function chooseServer(
  settings: DnssecSettings,
  target: CheckTarget,
  deadlineMs: number,
  context: CheckContext,
): Promise<NameServer> {
  // The machine's own resolvers are often on loopback; asking them needs no leave.
  if (settings.server === 'system') {
    const [address = '127.0.0.1'] = getServers().filter((each) => isIP(each) !== 0);
    return { at: { address, family: isIP(address) === 6 ? 6 : 4 }, port: 53 };
  }
  const [at] = await resolveAllowed(settings.server === '' ? target.address : settings.server, deadlineMs, context);
  if (at === undefined) throw new Error('no address');
  return { at, port: settings.port };
}

async function askServer(
  server: NameServer,
  name: string,
  type: number,
  deadlineMs: number,
  context: CheckContext,
): Promise<DnsMessage> {
  const { address } = server.at;
  const heard = await askDns(server, name, type, { recursion: true, dnssec: true, deadlineMs }, context);
  if (heard.kind !== 'answer') {
    if (heard.kind === 'closed') throw new ConnectionFailure({ code: 'refused', data: { address, port: server.port } });
    if (heard.kind === 'malformed') throw new ServerFault({ code: 'malformed', data: { server: address } });
    throw new ServerFault({ code: 'noAnswer', data: { server: address, ms: Math.round(context.timeoutMs) } });
  }
  const { responseCode } = heard.message;
  // A name that does not exist is an answer; it has no records, and that is judged.
  if (responseCode !== 0 && responseCode !== 3)
    throw new ServerFault({ code: 'serverFailed', data: { server: address, name, responseCode } });
  return heard.message;
}

function judge(
  settings: DnssecSettings,
  goal: ChainGoal,
  outcome: ChainOutcome,
  days: number | undefined,
): { verdict: Verdict; reason: ReasonOf<DnssecReasons> } {
  const zone = nameText(goal.zone);
  switch (outcome.kind) {
    case 'secure': {
      const data = { zone, days: days ?? 0 };
      return settings.warnDays > 0 && data.days < settings.warnDays
        ? { verdict: 'degraded', reason: { code: 'signatureEndsSoon', data } }
        : { verdict: 'up', reason: { code: 'secure', data } };
    }
    case 'unsigned':
      return { verdict: 'down', reason: { code: 'unsigned', data: { zone: outcome.zone } } };
    case 'noAnchor':
      return { verdict: 'unknown', reason: { code: 'noAnchor', data: { zone } } };
    case 'noRecords':
      return { verdict: 'down', reason: { code: 'noRecords', data: { name: outcome.name, type: goal.typeName } } };
    case 'wrongKey':
      return { verdict: 'down', reason: { code: 'wrongKey', data: { zone: outcome.zone } } };
    default:
      return {
        verdict: 'down',
        reason: {
          code: outcome.fault,
          data: { zone: outcome.zone, what: outcome.what, day: new Date(outcome.at * 1000).toISOString().slice(0, 10) },
        },
      };
  }
}

function evidence(goal: ChainGoal, outcome: ChainOutcome): string {
  if (outcome.kind !== 'secure') return '';
  return sanitiseOutput(
    [
      `chain: ${outcome.zones.join(' → ')}`,
      `record: ${nameText(goal.name)} ${goal.typeName}`,
      `keys: ${outcome.keys}, algorithms ${outcome.algorithms.join(', ')}`,
      `first signature ends: ${new Date(outcome.expires * 1000).toISOString()}`,
    ].join('\n'),
  );
}
