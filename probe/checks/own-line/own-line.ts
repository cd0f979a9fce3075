import { getServers, Resolver } from 'node:dns/promises';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric } from '#probe/check-kind.ts';
import { defineKind } from '#probe/define-kind.ts';
import { readWays, routeTo, type Ways } from '#probe/routes.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { judgeLine, type Heard, type LineFacts, type LineFault } from './judge-line.ts';
import { ownLineSettings, type OwnLineSettings } from './settings.ts';
import { ownLineTexts, type OwnLineReasons } from './texts.ts';

const kind: CheckKind<OwnLineSettings, OwnLineReasons> = {
  name: 'own-line',
  settings: ownLineSettings,
  texts: ownLineTexts,
  defaults: { intervalMs: 15_000, timeoutMs: 2_500 },
  requires: 'inside',
  confirmations: { failures: 2, recoveries: 2 },
  run: runOwnLine,
};

/** The line of the machine that the probe runs on: tested before others are accused. */
export const ownLine = defineKind(kind);

const pingPlan = { count: 2, gapMs: 150, timeoutMs: 700, sizeBytes: 16 } as const;
const resolverMs = 900;

/** How long an answer took, and null for none. */
type Asked = { readonly address: string; readonly ms: number | null; readonly possible: boolean };

async function ping(address: string, context: CheckContext): Promise<Asked> {
  const answer = await context.tools.ping.ping(address, pingPlan, context.signal);
  if (answer.kind !== 'answered') return { address, ms: null, possible: false };
  return { address, ms: answer.times.find((ms) => ms !== null) ?? null, possible: true };
}

// Any answer proves the resolver, a refusal too.
const silentCodes = new Set(['ETIMEOUT', 'ECONNREFUSED', 'ECANCELLED']);

async function askResolver(context: CheckContext): Promise<Asked | null> {
  const [server] = getServers();
  if (server === undefined) return null;
  const resolver = new Resolver({ timeout: resolverMs, tries: 1 });
  resolver.setServers([server]);
  const startedMs = context.clock.nowMs();
  const code = await resolver.resolveNs('.').then(
    () => '',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : ''),
  );
  const heard = !silentCodes.has(code);
  return { address: server, ms: heard ? context.clock.nowMs() - startedMs : null, possible: true };
}

/** Silence counts only of what has answered before; an answer is remembered beyond restarts. */
function heardOf({ address, ms, possible }: Asked, key: string, { kept }: CheckContext): Heard {
  if (!possible) return null;
  const name = `${key} ${address}`;
  if (ms !== null && kept.get(name) === undefined) kept.set(name, 1);
  return ms === null ? (kept.get(name) === undefined ? null : false) : true;
}

async function askReferences(settings: OwnLineSettings, context: CheckContext): Promise<Asked[]> {
  return Promise.all(
    settings.references.map(async (name) => {
      const [found] = await context.tools.lookup.resolve(name, resolverMs).catch(() => []);
      if (found === undefined || !context.mayReach(found.address)) return { address: name, ms: null, possible: true };
      return { ...(await ping(found.address, context)), address: name };
    }),
  );
}

/** A link that is down concerns nobody unless something watched is reached by it. */
function deadLinkOf({ routes, liveLinks }: Ways, outside: readonly string[]): string | null {
  if (routes.every(({ link }) => liveLinks.has(link))) return null;
  for (const address of outside) {
    const link = routeTo(address, routes)?.link;
    if (link !== undefined && !liveLinks.has(link)) return link;
  }
  return null;
}

async function runOwnLine(
  settings: OwnLineSettings,
  _target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<OwnLineReasons>> {
  const startedMs = context.clock.nowMs();
  const ways = await readWays();
  const out = ways.routes.find(({ mask, gateway }) => mask === 0 && gateway !== null);
  const hasWayOut = out !== undefined || ways.hasDefault6;
  if (hasWayOut && context.kept.get('way out') === undefined) context.kept.set('way out', 1);
  // Nothing is sent as long as nothing beyond this machine is watched.
  const outside = [...(context.inside?.outside() ?? [])];
  const active = outside.length > 0 || settings.references.length > 0;
  const [gateway, resolver, references] = active
    ? await Promise.all([
        settings.gateway && out?.gateway !== undefined && out.gateway !== null ? ping(out.gateway, context) : null,
        settings.resolver ? askResolver(context) : null,
        askReferences(settings, context),
      ])
    : [null, null, []];
  const near = (asked: Asked | null, key: string) =>
    asked === null ? null : { address: asked.address, heard: heardOf(asked, key, context) };
  const facts: LineFacts = {
    ways,
    deadLink: deadLinkOf(ways, outside),
    hadWayOut: context.kept.get('way out') !== undefined,
    gateway: near(gateway, 'gateway'),
    resolver: near(resolver, 'resolver'),
    // Reference points were named by a person: they count from the first moment.
    references: references.map(({ address, ms, possible }) => ({ address, heard: possible ? ms !== null : null })),
  };
  const durationMs = context.clock.nowMs() - startedMs;
  return {
    ...verdictOf(judgeLine(facts), active, durationMs),
    output: evidence(facts),
    metrics: measured(gateway, resolver, references),
    durationMs,
  };
}

function verdictOf(
  fault: LineFault | null,
  active: boolean,
  ms: number,
): Pick<KindResult<OwnLineReasons>, 'verdict' | 'reason'> {
  if (fault === null)
    return { verdict: 'up', reason: active ? { code: 'well', data: { ms } } : { code: 'quiet', data: {} } };
  switch (fault.code) {
    case 'noWayOut':
      return { verdict: 'down', reason: { code: fault.code, data: {} } };
    case 'linkDown':
      return { verdict: 'down', reason: { code: fault.code, data: { link: fault.link } } };
    case 'gatewaySilent':
      return { verdict: 'down', reason: { code: fault.code, data: { address: fault.address } } };
    case 'referencesSilent':
      return { verdict: 'down', reason: { code: fault.code, data: { count: fault.count } } };
    default:
      return { verdict: 'degraded', reason: { code: fault.code, data: { address: fault.address } } };
  }
}

function measured(gateway: Asked | null, resolver: Asked | null, references: readonly Asked[]): Metric[] {
  const each = (name: string, asked: Asked | null): Metric[] =>
    asked === null || asked.ms === null ? [] : [{ name, unit: 'ms', value: asked.ms }];
  return [
    ...each('gateway', gateway),
    ...each('resolver', resolver),
    ...references.flatMap((asked) => each(`reference:${asked.address}`, asked)),
  ];
}

function word(heard: Heard): string {
  return heard === null ? '-' : heard ? 'ok' : 'silent';
}

function evidence({ ways, gateway, resolver, references }: LineFacts): string {
  const lines = [
    `links ${[...ways.liveLinks].join(' ')}`,
    ...ways.routes.map(
      ({ link, gateway: by, mask }) => `route ${mask === 0 ? 'default' : 'net'} ${by ?? 'on'} ${link}`,
    ),
    ...(gateway === null ? [] : [`gateway ${gateway.address} ${word(gateway.heard)}`]),
    ...(resolver === null ? [] : [`resolver ${resolver.address} ${word(resolver.heard)}`]),
    ...references.map(({ address, heard }) => `reference ${address} ${word(heard)}`),
  ];
  return sanitiseOutput(lines.join('\n'), 2_000);
}
