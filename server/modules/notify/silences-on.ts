import type { CheckShown, SilenceShown } from './store-silences.ts';

/** A thing, what it stands on, and what carries each tag that silences name: all by their ids. */
export interface Standing {
  readonly thingId: string;
  readonly ancestorIds: ReadonlySet<string>;
  readonly tagged: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A silence on a thing: on all of it, or on some of its checks. */
export interface SilenceOn {
  readonly silence: SilenceShown;
  /** Names of the checks that it covers; empty: all that watches the thing. */
  readonly checks: readonly string[];
}

function coversThing({ target, tag, below }: SilenceShown, { thingId, ancestorIds, tagged }: Standing): boolean {
  const named = tag === null ? new Set(target === null ? [] : [target]) : (tagged.get(tag) ?? new Set<string>());
  return named.has(thingId) || (below && [...named].some((id) => ancestorIds.has(id)));
}

/** The silences that hold back something of a thing, and what of it. */
export function silencesOn(
  silences: readonly SilenceShown[],
  standing: Standing,
  checks: readonly CheckShown[],
): SilenceOn[] {
  return silences.flatMap((silence): SilenceOn[] => {
    if (coversThing(silence, standing)) return [{ silence, checks: [] }];
    const covered = checks.filter(({ silenceIds }) => silenceIds.includes(silence.id));
    if (covered.length === 0) return [];
    return [{ silence, checks: covered.length === checks.length ? [] : covered.map(({ name }) => name) }];
  });
}

/**
 * Why nothing would be told if the thing were down: the reasons of the silences that together cover all of it. Null
 * when something would be told, such as what is down where a silence lets that through.
 */
export function silencedWhole(found: readonly SilenceOn[], checks: readonly CheckShown[]): string | null {
  const holding = found.filter(({ silence }) => !silence.unlessWorse);
  const whole = holding.find((each) => each.checks.length === 0);
  if (whole !== undefined) return whole.silence.reason;
  const covered = new Set(holding.flatMap((each) => each.checks));
  if (checks.length === 0 || checks.some(({ name }) => !covered.has(name))) return null;
  return [...new Set(holding.map(({ silence }) => silence.reason))].join('; ');
}
