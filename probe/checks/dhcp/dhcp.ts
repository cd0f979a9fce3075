import { isIPv4 } from 'node:net';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import type { CheckContext, CheckKind, CheckTarget, KindResult, Metric, ReasonOf, Verdict } from '#probe/check-kind.ts';
import { connectionResult } from '#probe/connection-result.ts';
import { defineKind } from '#probe/define-kind.ts';
import { resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { collectOffers, type DhcpLink } from './collect-offers.ts';
import type { DhcpOffer } from './dhcp-message.ts';
import { dhcpSettings, type DhcpSettings } from './settings.ts';
import { dhcpTexts, type DhcpReasons } from './texts.ts';

const kind: CheckKind<DhcpSettings, DhcpReasons> = {
  name: 'dhcp',
  settings: dhcpSettings,
  texts: dhcpTexts,
  defaults: { intervalMs: 300_000, timeoutMs: 6_000 },
  requires: 'network',
  run: runDhcp,
};

/** Who offers addresses on a link of this machine: the one that should, and nobody else. */
export const dhcp = defineKind(kind);

interface Judged {
  readonly verdict: Verdict;
  readonly reason: ReasonOf<DhcpReasons>;
}

async function runDhcp(
  settings: DhcpSettings,
  target: CheckTarget,
  context: CheckContext,
): Promise<KindResult<DhcpReasons>> {
  const startedMs = context.clock.nowMs();
  const done = (judged: Judged, output = '', metrics: Metric[] = []): KindResult<DhcpReasons> => ({
    ...judged,
    output,
    metrics,
    durationMs: context.clock.nowMs() - startedMs,
  });
  try {
    const [found] = await resolveAllowed(target.address, startedMs + context.timeoutMs, context);
    const address = found?.address ?? target.address;
    const link = linkTo(settings.interface, address, networkInterfaces());
    if (link === undefined) {
      const reason: ReasonOf<DhcpReasons> =
        settings.interface === ''
          ? { code: 'notHere', data: { address } }
          : { code: 'noInterface', data: { interface: settings.interface } };
      return done({ verdict: 'unknown', reason });
    }
    const listenMs = Math.max(100, Math.min(settings.listenMs, context.timeoutMs * 0.9));
    const collected = await collectOffers(link, listenMs, context);
    if (collected.kind === 'failed')
      return done({ verdict: 'unknown', reason: { code: 'ownFault', data: { code: collected.code } } });
    if (collected.kind !== 'offers') return done({ verdict: 'unknown', reason: { code: collected.kind, data: {} } });
    const { offers, firstMs } = collected;
    const metrics: Metric[] = [
      { name: 'offers', unit: 'count', value: offers.length },
      ...(firstMs === undefined ? [] : [{ name: 'firstOffer', unit: 'ms' as const, value: firstMs }]),
    ];
    const expected = settings.servers.length > 0 ? settings.servers : [address];
    return done(
      judgeOffers(settings, expected, offers, listenMs),
      sanitiseOutput(offers.map(line).join('\n')),
      metrics,
    );
  } catch (error) {
    return connectionResult(error, startedMs, context);
  }
}

/** The link by its name, or the one in whose network an address lies; never loopback. */
export function linkTo(
  name: string,
  address: string,
  interfaces: NodeJS.Dict<NetworkInterfaceInfo[]>,
): DhcpLink | undefined {
  for (const [own, infos] of Object.entries(interfaces)) {
    if (name !== '' && own !== name) continue;
    for (const info of infos ?? []) {
      if (info.family !== 'IPv4' || info.internal) continue;
      if (name === '' && !isSameNetwork(address, info)) continue;
      return { address: info.address, hardware: Buffer.from(info.mac.replaceAll(':', ''), 'hex') };
    }
  }
  return undefined;
}

function isSameNetwork(address: string, { address: own, netmask }: NetworkInterfaceInfo): boolean {
  if (!isIPv4(address)) return false;
  const [a, b, mask] = [address, own, netmask].map((each) => each.split('.').map(Number));
  return (a ?? []).every((byte, at) => (byte & (mask?.[at] ?? 255)) === ((b?.[at] ?? 0) & (mask?.[at] ?? 255)));
}

/** The verdict on what was offered. */
export function judgeOffers(
  settings: DhcpSettings,
  expected: readonly string[],
  offers: readonly DhcpOffer[],
  listenMs: number,
): Judged {
  const rogue = offers.find(({ server }) => !expected.includes(server));
  const good = offers.filter(({ server }) => expected.includes(server));
  const missing = expected.find((server) => !good.some((offer) => offer.server === server));
  if (rogue !== undefined && settings.rogue !== 'ignore') {
    const data = { server: rogue.server, address: rogue.address, router: rogue.routers[0] ?? '–' };
    return { verdict: settings.rogue, reason: { code: 'rogue', data } };
  }
  const [first] = good;
  if (first === undefined)
    return {
      verdict: 'down',
      reason: { code: 'noOffer', data: { server: expected[0] ?? '', ms: Math.round(listenMs) } },
    };
  const otherRouter = good.find(
    ({ routers }) => settings.expectedRouter !== '' && !routers.includes(settings.expectedRouter),
  );
  if (otherRouter !== undefined) {
    const data = {
      server: otherRouter.server,
      router: otherRouter.routers[0] ?? '–',
      expected: settings.expectedRouter,
    };
    return { verdict: 'degraded', reason: { code: 'otherRouter', data } };
  }
  if (missing !== undefined)
    return { verdict: 'degraded', reason: { code: 'oneMissing', data: { server: missing, count: good.length } } };
  const data = { server: first.server, address: first.address, leaseSeconds: first.leaseSeconds ?? 0 };
  return { verdict: 'up', reason: { code: 'offered', data } };
}

function line(offer: DhcpOffer): string {
  const { server, address, mask, routers, nameServers, domain, leaseSeconds } = offer;
  return [
    `${server}: ${address} / ${mask}`,
    `router ${routers.join(', ') || '–'}`,
    `name servers ${nameServers.join(', ') || '–'}`,
    `domain ${domain || '–'}`,
    `lease ${leaseSeconds ?? '–'} s`,
  ].join('; ');
}
