import { isDeepStrictEqual } from 'node:util';
import type { AnyCheckKind } from '#probe/check-kind.ts';
import { isSecretPlace } from '#probe/secret-places.ts';

type Settings = Readonly<Record<string, unknown>>;

const isSealed = (value: unknown): boolean => typeof value === 'object' && value !== null && 'sealed' in value;

/** The secrets of settings as they are stored. */
export function sealedFields(kind: AnyCheckKind, settings: Settings): string[] {
  return kind.secrets().filter((field) => isSealed(settings[field]));
}

/** Whether secrets would go elsewhere by these settings than by those, or go there less well protected. */
function goesElsewhere(before: Settings, now: Settings): boolean {
  const fields = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...fields].some((field) => {
    if (!isSecretPlace(field) || isDeepStrictEqual(before[field], now[field])) return false;
    // To begin to verify who is there is no danger to what is told there.
    return !(field === 'verifyCertificate' && now[field] === true);
  });
}

/**
 * The secrets that these settings would take to where they were not given for. Each secret must stand, together with the
 * same places, in one of `sources`: settings that a person wrote with the secret in hand.
 */
export function takenAlong(kind: AnyCheckKind, now: Settings, sources: readonly Settings[]): string[] {
  return sealedFields(kind, now).filter(
    (field) => !sources.some((from) => isDeepStrictEqual(from[field], now[field]) && !goesElsewhere(from, now)),
  );
}

/** Whether no secret of before is left: all there are were given just now. */
export function allAnew(kind: AnyCheckKind | undefined, before: Settings, now: Settings): boolean {
  return kind !== undefined && sealedFields(kind, now).every((field) => !isDeepStrictEqual(before[field], now[field]));
}
