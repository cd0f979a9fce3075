import { fingerprintOf, formatHostKey, type HostKey } from '#ssh/host-key.ts';
import type { CheckMemory } from '../check-kind.ts';

const keptName = 'hostKey';

/** What a host key is to a check: agreed by a person, seen before, seen for the first time, or another than expected. */
export type KeyStanding =
  | { readonly kind: 'pinned' | 'known' | 'first' }
  | { readonly kind: 'changed'; readonly expected: string };

/** Judges a key by the pinned ones (`SHA256:…` or the OpenSSH form), else by the one seen first at this place. */
export function standingOf(key: HostKey, pinned: readonly string[], place: string, kept: CheckMemory): KeyStanding {
  const fingerprint = fingerprintOf(key);
  if (pinned.length > 0) {
    const isPinned = pinned.some((each) => each === fingerprint || each.startsWith(formatHostKey(key)));
    return isPinned
      ? { kind: 'pinned' }
      : { kind: 'changed', expected: pinned.map((each) => each.slice(0, 60)).join(', ') };
  }
  const known = readKept(place, kept);
  if (known === undefined) return { kind: 'first' };
  return known.fingerprint === fingerprint ? { kind: 'known' } : { kind: 'changed', expected: known.fingerprint };
}

/** Keeps a key as the one that is expected at this place from now on. */
export function keepKey(key: HostKey, place: string, kept: CheckMemory): void {
  kept.set(keptName, `${place} ${key.type} ${fingerprintOf(key)}`);
}

/** The type of the key seen first: it is asked for again, so that a server with several keys shows the same one. */
export function keptType(place: string, kept: CheckMemory): string | undefined {
  return readKept(place, kept)?.type;
}

/** What is kept of another place says nothing of this one: the check was pointed elsewhere meanwhile. */
function readKept(place: string, kept: CheckMemory): { type: string; fingerprint: string } | undefined {
  const known = kept.get(keptName);
  const [at, type, fingerprint] = typeof known === 'string' ? known.split(' ') : [];
  return at !== place || type === undefined || fingerprint === undefined ? undefined : { type, fingerprint };
}
