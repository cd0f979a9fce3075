import type { Availability, ExclusionKind } from '#contract/availability.ts';
import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import {
  combineTimelines,
  figuresOf,
  meanFigures,
  timelinesOf,
  type CheckPast,
  type Exclusion,
  type Figures,
  type Span,
  type Timelines,
} from './availability.ts';
import { readReason, reasonText } from '../states/reason-text.ts';
import { availabilityStore, type PastChange, type PastCheck } from './store-availability.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly clock: Clock;
}

type Asked = Parameters<Handlers<typeof watch>['availability']>[0];

interface Answer {
  readonly from: string;
  readonly until: string;
  readonly items: Availability[];
  readonly cut: boolean;
}

/** So many checks go into one answer, and so many lines come out. */
const mostChecks = 10_000;
const mostItems = 1_000;

interface Told {
  readonly check: PastCheck;
  readonly timelines: Timelines;
}

/** Reads the past of checks with four statements, however many they are. */
async function readPasts(
  { db }: Parts,
  checks: readonly PastCheck[],
  { fromMs, untilMs }: Span,
  language: Language,
): Promise<Told[]> {
  const store = availabilityStore(db);
  const numbers = checks.map(({ number }) => number);
  const [from, until] = [new Date(fromMs), new Date(untilMs)];
  const [changes, blind, turns] = await Promise.all([
    store.changes(numbers, from, until),
    store.blind(numbers, from, until),
    store.turns(from, until),
  ]);
  const changesOf = Map.groupBy(changes, ({ checkNumber }) => checkNumber);
  const blindOf = Map.groupBy(blind, ({ checkNumber }) => checkNumber);
  const work = new Map<number, Exclusion[]>();
  for (const turn of turns)
    for (const number of turn.checkNumbers) {
      const span = {
        fromMs: turn.from.getTime(),
        untilMs: turn.until.getTime(),
        kind: 'maintenance',
        why: turn.name,
      } as const;
      const known = work.get(number);
      if (known === undefined) work.set(number, [span]);
      else known.push(span);
    }
  const spans = (number: number | null): Span[] =>
    (blindOf.get(number) ?? []).map((each) => ({ fromMs: each.from.getTime(), untilMs: each.until.getTime() }));
  const everywhere = spans(null);
  return checks.map((check) => {
    const own = spans(check.number);
    const past: CheckPast = {
      watchedMs: check.createdAt.getTime(),
      intervalMs: check.intervalMs,
      state: check.state,
      changes: (changesOf.get(check.number) ?? []).map((change) => toChange(change, check.kind, language)),
      exclusions: work.get(check.number) ?? [],
      blind: own.length === 0 ? everywhere : [...everywhere, ...own],
    };
    return { check, timelines: timelinesOf(past, { fromMs, untilMs }) };
  });
}

const leftOut: Readonly<Record<string, ExclusionKind>> = { own_line: 'ours', paused: 'paused' };

function toChange({ atMs, firstMs, agreedMs, from, to, reason }: PastChange, kind: string, language: Language) {
  const read = reason === null ? null : readReason(reason);
  const why = leftOut[read?.code ?? ''];
  return {
    atMs,
    firstMs,
    agreedMs,
    from,
    to,
    excluded: read === null || why === undefined ? null : { kind: why, why: reasonText(kind, read, language) },
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;

function tellFigures(
  what: Pick<Availability, 'id' | 'kind' | 'name' | 'of' | 'basis' | 'checks'>,
  sums: Figures,
  exclusions: readonly Exclusion[],
): Availability {
  const sumOf = new Map<string, Availability['exclusions'][number]>();
  for (const { kind, why, fromMs, untilMs } of exclusions) {
    const known = sumOf.get(`${kind} ${why}`) ?? { kind, why, seconds: 0, count: 0 };
    const seconds = rounded(known.seconds + (untilMs - fromMs) / 1_000);
    sumOf.set(`${kind} ${why}`, { ...known, seconds, count: known.count + 1 });
  }
  return {
    ...what,
    // Rounded outwards: an interval must not promise more than is known.
    low: sums.low === null ? null : Math.max(0, Math.floor(sums.low * 1e4) / 1e4),
    high: sums.high === null ? null : Math.min(100, Math.ceil(sums.high * 1e4) / 1e4),
    seconds: {
      counted: rounded(sums.counted),
      up: rounded(sums.up),
      degraded: rounded(sums.degraded),
      down: rounded(sums.down),
      downLeast: rounded(sums.downLeast),
      downMost: rounded(sums.downMost),
      unreachable: rounded(sums.unreachable),
      unknown: rounded(sums.unknown),
    },
    outages: sums.outages,
    longestOutageSeconds: rounded(sums.longestOutage),
    exclusions: [...sumOf.values()].toSorted((one, other) => other.seconds - one.seconds).slice(0, 100),
  };
}

function ofChecks(told: readonly Told[]): Availability[] {
  return told.map(({ check, timelines }) =>
    tellFigures(
      { id: check.id, kind: 'check', name: check.name, of: check.targetName, basis: 'check', checks: 1 },
      figuresOf(timelines),
      timelines.exclusions,
    ),
  );
}

/** The checks that say whether a host is there: its ping; without one, all that look at it. */
function basisOf(all: readonly Told[]): { readonly basis: 'ping' | 'checks'; readonly told: readonly Told[] } {
  const pings = all.filter(({ check }) => check.kind === 'icmp');
  return pings.length > 0 ? { basis: 'ping', told: pings } : { basis: 'checks', told: all };
}

interface Grouped {
  readonly byTarget: ReadonlyMap<string, readonly Told[]>;
  readonly hostsOf: ReadonlyMap<string, readonly string[]>;
}

function ofThing(
  kind: 'site' | 'host' | 'service',
  thing: { id: string; name: string },
  { byTarget, hostsOf }: Grouped,
): Availability {
  const own = byTarget.get(thing.id) ?? [];
  const hosts = (hostsOf.get(thing.id) ?? []).flatMap((id) => {
    const found = byTarget.get(id);
    return found === undefined ? [] : [basisOf(found)];
  });
  const what = { id: thing.id, kind, name: thing.name, of: '' };
  if (own.length > 0) {
    const { basis, told } = kind === 'host' ? basisOf(own) : { basis: 'checks' as const, told: own };
    const combined = combineTimelines(told.map(({ timelines }) => timelines));
    return tellFigures({ ...what, basis, checks: told.length }, figuresOf(combined), combined.exclusions);
  }
  const all = hosts.map(({ told }) => combineTimelines(told.map(({ timelines }) => timelines)));
  const checks = hosts.reduce((count, { told }) => count + told.length, 0);
  if (all.length === 0) return tellFigures({ ...what, basis: 'nothing', checks: 0 }, meanFigures([]), []);
  if (kind === 'service') {
    const combined = combineTimelines(all);
    return tellFigures({ ...what, basis: 'hosts', checks }, figuresOf(combined), combined.exclusions);
  }
  const exclusions = all.flatMap((each) => each.exclusions);
  return tellFigures({ ...what, basis: 'mean', checks }, meanFigures(all.map(figuresOf)), exclusions);
}

/**
 * How much of a period checks or things were there. A host is there when its ping says so (without a ping: when all its
 * checks do); a service when all its checks do, or else the hosts it runs on; a site as the mean of its hosts.
 */
export async function readAvailability(parts: Parts, asked: Asked, language: Language): Promise<Answer> {
  const store = availabilityStore(parts.db);
  const fromMs = Date.parse(asked.from);
  const untilMs = Math.min(Date.parse(asked.until), parts.clock.now().getTime());
  const period = { fromMs, untilMs: Math.max(untilMs, fromMs) };
  const answer = (items: Availability[], cut: boolean) => ({
    from: new Date(period.fromMs).toISOString(),
    until: new Date(period.untilMs).toISOString(),
    items: items.slice(0, mostItems),
    cut: cut || items.length > mostItems,
  });
  if (asked.of === 'check') {
    const ids = asked.ids === undefined ? {} : { ids: asked.ids };
    const targets = asked.thingId === undefined ? {} : { targets: [asked.thingId] };
    const checks = await store.checks({ ...ids, ...targets }, mostItems + 1);
    const told = await readPasts(parts, checks.slice(0, mostItems), period, language);
    return answer(ofChecks(told), checks.length > mostItems);
  }
  const kind = asked.of;
  const [things, below] = await Promise.all([
    store.names(kind, asked.ids ?? null, mostItems + 1),
    kind === 'host' ? [] : store.hostsBelow(kind),
  ]);
  const wanted = new Set(things.map(({ id }) => id));
  const pairs = below.filter(({ id }) => wanted.has(id));
  const targets = [...wanted, ...pairs.map(({ hostId }) => hostId)];
  const checks = await store.checks({ targets }, mostChecks + 1);
  const told = await readPasts(parts, checks.slice(0, mostChecks), period, language);
  const grouped: Grouped = {
    byTarget: Map.groupBy(told, ({ check }) => check.target.id),
    hostsOf: new Map([...Map.groupBy(pairs, ({ id }) => id)].map(([id, all]) => [id, all.map(({ hostId }) => hostId)])),
  };
  const items = things.slice(0, mostItems).map((thing) => ofThing(kind, thing, grouped));
  return answer(items, things.length > mostItems || checks.length > mostChecks);
}
