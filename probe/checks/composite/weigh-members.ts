import type { Member } from '#probe/inside-view.ts';
import { memberOf, type CompositeSettings } from './settings.ts';

/** What the members say together. */
export interface Weighed {
  readonly verdict: 'up' | 'degraded' | 'down' | 'unknown';
  readonly good: number;
  readonly all: number;
  /** Share of the weight that is well, 0 to 100; what is not known counts as not well. */
  readonly percent: number;
  /** Names of those that are not well, the worst first. */
  readonly bad: readonly string[];
  readonly unknown: number;
}

type Settings = Pick<
  CompositeSettings,
  'mode' | 'least' | 'upPercent' | 'downPercent' | 'warnWithoutReserve' | 'members'
>;

interface Sum {
  readonly good: number;
  readonly degraded: number;
  readonly all: number;
  readonly goodWeight: number;
  readonly allWeight: number;
}

type Plain = 'up' | 'degraded' | 'down';

function judge({ mode, least, upPercent, downPercent, warnWithoutReserve }: Settings, sum: Sum): Plain {
  const { good, degraded, all, goodWeight, allWeight } = sum;
  const milder = degraded > 0 ? 'degraded' : 'up';
  switch (mode) {
    case 'all':
      return good < all ? 'down' : milder;
    case 'any':
      return good === 0 ? 'down' : warnWithoutReserve && good === 1 && all > 1 ? 'degraded' : 'up';
    case 'atLeast':
      if (good < least) return 'down';
      return warnWithoutReserve && good === least && all > least ? 'degraded' : 'up';
    default: {
      const percent = allWeight === 0 ? 0 : (goodWeight / allWeight) * 100;
      if (percent < downPercent) return 'down';
      return percent < upPercent ? 'degraded' : 'up';
    }
  }
}

/**
 * Weighs the members. One whose state is not known may be well or not: when both would come to the same, that is said;
 * otherwise it is not known how the whole is. A named member that is not watched (paused, removed) is not known.
 */
export function weighMembers(settings: Settings, members: readonly Member[]): Weighed {
  const named = settings.members.map(memberOf);
  const weights = new Map(named.map(({ id, weight }) => [id, weight]));
  const there = new Set(members.map(({ id }) => id));
  const lost = named.filter(({ id }) => !there.has(id));
  const weightOf = ({ id }: Member): number => weights.get(id) ?? 1;
  const of = (...states: Member['state'][]): Member[] => members.filter(({ state }) => states.includes(state));
  const weigh = (some: readonly Member[]): number => some.reduce((sum, each) => sum + weightOf(each), 0);
  const good = of('up', 'degraded');
  const unknown = of('unknown');
  const unknownWeight = weigh(unknown) + lost.reduce((sum, { weight }) => sum + weight, 0);
  const unknownCount = unknown.length + lost.length;
  const all = members.length + lost.length;
  const least: Sum = {
    good: good.length,
    degraded: of('degraded').length,
    all,
    goodWeight: weigh(good),
    allWeight: weigh(members) + lost.reduce((sum, { weight }) => sum + weight, 0),
  };
  const most = { ...least, good: least.good + unknownCount, goodWeight: least.goodWeight + unknownWeight };
  const worst = judge(settings, least);
  const verdict = all === 0 || worst !== judge(settings, most) ? 'unknown' : worst;
  return {
    verdict,
    good: good.length,
    all,
    percent: least.allWeight === 0 ? 0 : (least.goodWeight / least.allWeight) * 100,
    bad: [...of('down'), ...of('unreachable'), ...of('degraded')].map(({ name, target }) => `${target}: ${name}`),
    unknown: unknownCount,
  };
}
