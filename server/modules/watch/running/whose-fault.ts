import { isIPv4 } from 'node:net';
import type { NamedThing } from '#contract/words.ts';
import { addressClass } from '#probe/address-class.ts';
import type { Reason } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { routeTo, type Route, type Ways } from '#probe/routes.ts';
import { findCause, type Cause } from './cause.ts';
import { commonPath, cutSlackMs, togetherMs, type PathTarget } from './common-path.ts';
import type { WatchList } from './watch-list.ts';
import type { Watched } from './watched.ts';

/** Whose fault a failure is: ours, something's that the target needs, the common path's, or the target's own. */
export type Fault =
  | Cause
  /** Vigie's own line fails: of the target nothing is known. */
  | { readonly kind: 'ours'; readonly reason: Reason }
  /** Something else that fails is seen by this check, which speaks for it: a site of which all fails together, a silent gateway. */
  | { readonly kind: 'speaks'; readonly thing: NamedThing };

interface Parts {
  readonly list: Pick<WatchList, 'all' | 'get' | 'neededBy' | 'ofKind'>;
  readonly readWays: () => Promise<Ways>;
  readonly nowMs: () => number;
  /** Whether targets are invented, as in the demonstration: nothing then goes over any line. */
  readonly invented: boolean;
}

const ownLineKind = 'own-line';
const waysKeptMs = 500;
const cacheMs = 400;

/** True for a check that goes over the line of this machine to something else. */
export function goesOutside({ stored, surroundings }: Watched): boolean {
  const requires = kinds.get(stored.kind)?.requires;
  if (requires !== 'network' && requires !== 'ssh') return false;
  const { address } = surroundings;
  return address !== '' && address !== 'localhost' && addressClass(address) !== 'loopback';
}

/** Asked before a failure becomes a state. Tests the own line first, then looks along what the target needs, then at its site. */
export class WhoseFault {
  readonly #parts: Parts;
  /** By site: the check that speaks for it. */
  readonly #speakers = new Map<string, string>();
  #ways: Ways | null = null;
  #waysAtMs = 0;
  #reading = false;
  #targets: { readonly atMs: number; readonly bySite: ReadonlyMap<string, readonly PathTarget[]> } | null = null;
  readonly #wellLinks = new Map<string, { readonly atMs: number; readonly lastGoodMs: number }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A check begins to fail: what has to be looked at before its case is decided. */
  suspect(watched: Watched): string[] {
    if (!this.#isOutside(watched)) return [];
    this.#readWays();
    const line = this.#ownLine();
    return line === undefined ? [] : [line.stored.id];
  }

  /** Why a check fails that has been failing since then. */
  causeOf(watched: Watched, failingSinceMs: number): Fault {
    const part = this.silentPart(watched);
    if (part !== undefined) return { kind: 'speaks', thing: part };
    const line = this.#isOutside(watched) ? this.#lineFault(watched, failingSinceMs) : null;
    if (line !== null) return line;
    const cause = findCause(this.#parts.list.neededBy(watched), failingSinceMs);
    return cause.kind === 'own' && this.#isOutside(watched) ? this.#pathFault(watched, failingSinceMs) : cause;
  }

  /** What the own line finds silent, where that is watched itself: its failure and the line's are one. */
  silentPart({ stored, last }: Watched): NamedThing | undefined {
    const address = stored.kind === ownLineKind ? last?.reason.data['address'] : undefined;
    if (address === undefined) return undefined;
    for (const { surroundings } of this.#parts.list.all())
      if (surroundings.address === address && surroundings.target.kind === 'host') return surroundings.target;
    return undefined;
  }

  /** Checks that alarmed by themselves shortly before this one, which they need, was found to be down. */
  explainedBy(guard: Watched): Watched[] {
    const sinceMs = (guard.agreedMs === 0 ? this.#parts.nowMs() : guard.agreedMs) - togetherMs;
    return [...this.#parts.list.all()].filter(
      (other) =>
        other !== guard &&
        other.stored.state === 'down' &&
        (other.stored.failingSince?.getTime() ?? 0) >= sinceMs &&
        this.#parts.list.neededBy(other).some(({ guards }) => guards.some(({ id }) => id === guard.stored.id)),
    );
  }

  /** Whether what explained a failure still does. */
  stillExplains(watched: Watched): boolean {
    const { because, state } = watched.stored;
    if (state === 'unknown') return watched.ours && this.#ownLine()?.standing.verdict !== 'up';
    const speaker = because?.kind === 'site' ? this.#speakerOf(because.id) : undefined;
    if (speaker !== undefined && speaker !== watched) return true;
    return findCause(this.#parts.list.neededBy(watched), 0).kind === 'because';
  }

  /** What may be looked at again now that a check is well: all that its failure explained. */
  freedBy(watched: Watched): string[] {
    const { id, kind } = watched.stored;
    const sites = [...this.#speakers].filter(([, speaker]) => speaker === id).map(([site]) => site);
    for (const site of sites) this.#speakers.delete(site);
    if (sites.length === 0 && kind !== ownLineKind) return [];
    return [...this.#parts.list.all()]
      .filter(({ stored, ours }) => (kind === ownLineKind ? ours : sites.includes(stored.because?.id ?? '')))
      .map(({ stored }) => stored.id);
  }

  #isOutside(watched: Watched): boolean {
    return !this.#parts.invented && goesOutside(watched);
  }

  #ownLine(): Watched | undefined {
    for (const watched of this.#parts.list.ofKind(ownLineKind)) return watched;
    return undefined;
  }

  #readWays(): void {
    if (this.#reading || this.#parts.nowMs() - this.#waysAtMs < waysKeptMs) return;
    this.#reading = true;
    void this.#parts
      .readWays()
      .then((ways) => {
        this.#ways = ways;
        this.#waysAtMs = this.#parts.nowMs();
      })
      .finally(() => (this.#reading = false));
  }

  #lineFault(watched: Watched, sinceMs: number): Fault | null {
    const line = this.#ownLine();
    if (line === undefined || this.#ways === null) return null;
    const { address } = watched.surroundings;
    const route = routeTo(address, this.#ways.routes);
    if (route !== null && !this.#ways.liveLinks.has(route.link))
      return { kind: 'ours', reason: ownLineReason('link', route.link) };
    // Without a way to it, the kernel sends nothing at all.
    if (route === null && isIPv4(address)) return { kind: 'ours', reason: ownLineReason('way', '') };
    const { standing, lastStartedMs, last, stored } = line;
    if (standing.streak !== null || lastStartedMs < sinceMs) return { kind: 'waiting', guardIds: [stored.id] };
    if (standing.verdict !== 'down' && standing.verdict !== 'degraded') return null;
    const reason = lineReason(last?.reason);
    const isName = addressClass(address) === 'unusable';
    if (standing.verdict === 'degraded') {
      const unnamed = isName && (watched.last?.reason.code.startsWith('name') ?? false);
      return unnamed ? { kind: 'ours', reason } : null;
    }
    const byTheWay = route === null || route.mask === 0 || this.#sharesSilence(route, sinceMs);
    return byTheWay ? { kind: 'ours', reason } : null;
  }

  /** A target on the link of the way out: the link itself is cut when nothing on it has answered since. */
  #sharesSilence(route: Route, sinceMs: number): boolean {
    const out = this.#ways?.routes.find(({ mask, gateway }) => mask === 0 && gateway !== null);
    if (out === undefined || out.link !== route.link) return false;
    const nowMs = this.#parts.nowMs();
    let known = this.#wellLinks.get(route.link);
    if (known === undefined || nowMs - known.atMs > cacheMs) {
      let lastGoodMs = 0;
      for (const other of this.#parts.list.all()) {
        if (!goesOutside(other) || other.last === null || other.last.verdict === 'down') continue;
        if (other.last.verdict === 'unknown') continue;
        if (routeTo(other.surroundings.address, this.#ways?.routes ?? [])?.link === route.link)
          lastGoodMs = Math.max(lastGoodMs, other.last.at.getTime());
      }
      known = { atMs: nowMs, lastGoodMs };
      this.#wellLinks.set(route.link, known);
    }
    return known.lastGoodMs < sinceMs + cutSlackMs;
  }

  #speakerOf(siteId: string): Watched | undefined {
    const id = this.#speakers.get(siteId);
    const speaker = id === undefined ? undefined : this.#parts.list.get(id);
    if (speaker !== undefined && speaker.standing.verdict === 'down') return speaker;
    this.#speakers.delete(siteId);
    return undefined;
  }

  #pathFault(watched: Watched, sinceMs: number): Fault {
    const site = siteOf(watched);
    if (site === null) return { kind: 'own' };
    const speaker = this.#speakerOf(site.id);
    if (speaker !== undefined)
      return speaker === watched ? { kind: 'speaks', thing: site } : { kind: 'because', thing: site };
    const path = commonPath(this.#targetsOf(site.id), watched.surroundings.target.id, sinceMs);
    if (path.kind !== 'common') return path;
    this.#speakers.set(site.id, watched.stored.id);
    return { kind: 'speaks', thing: site };
  }

  #targetsOf(siteId: string): readonly PathTarget[] {
    const nowMs = this.#parts.nowMs();
    if (this.#targets === null || nowMs - this.#targets.atMs > cacheMs)
      this.#targets = { atMs: nowMs, bySite: gatherTargets(this.#parts.list.all()) };
    return this.#targets.bySite.get(siteId) ?? [];
  }
}

function siteOf({ surroundings: { target, needs } }: Watched): NamedThing | null {
  return target.kind === 'site' ? null : (needs.find(({ kind }) => kind === 'site') ?? null);
}

function gatherTargets(all: Iterable<Watched>): Map<string, PathTarget[]> {
  const byTarget = new Map<string, { siteId: string; checks: Watched[] }>();
  for (const watched of all) {
    const site = goesOutside(watched) ? siteOf(watched) : null;
    if (site === null) continue;
    const { id } = watched.surroundings.target;
    const known = byTarget.get(id);
    if (known === undefined) byTarget.set(id, { siteId: site.id, checks: [watched] });
    else known.checks.push(watched);
  }
  const bySite = new Map<string, PathTarget[]>();
  for (const [id, { siteId, checks }] of byTarget) {
    const liveness = checks.find(({ stored }) => stored.kind === 'icmp') ?? checks[0];
    if (liveness === undefined) continue;
    const good = checks.flatMap(({ last }) =>
      last?.verdict === 'up' || last?.verdict === 'degraded' ? last.at.getTime() : [],
    );
    const target: PathTarget = {
      id,
      askId: liveness.stored.id,
      lastGoodMs: Math.max(0, ...good),
      lastStartedMs: liveness.lastStartedMs,
      failing: liveness.standing.verdict === 'down' || liveness.last?.verdict === 'down',
      failingSinceMs: liveness.stored.failingSince?.getTime() ?? null,
    };
    bySite.set(siteId, [...(bySite.get(siteId) ?? []), target]);
  }
  return bySite;
}

function ownLineReason(fault: string, what: string): Reason {
  return { code: 'own_line', data: { fault, what, count: 0 } };
}

const faults: Readonly<Record<string, string>> = {
  linkDown: 'link',
  gatewaySilent: 'gateway',
  resolverSilent: 'resolver',
  referencesSilent: 'references',
  noWayOut: 'way',
};

/** The own line's reason, as it is told with every check that it makes unknown. */
function lineReason(reason: Reason | undefined): Reason {
  const { address, link, count } = reason?.data ?? {};
  return {
    code: 'own_line',
    data: { fault: faults[reason?.code ?? ''] ?? 'way', what: address ?? link ?? '', count: count ?? 0 },
  };
}
