import { fingerprintOf, formatHostKey, type HostKey } from '#ssh/host-key.ts';
import type { CheckMemory } from '../check-kind.ts';

const keptName = 'hostKey';

/** What a host key is to a check: agreed by a person, seen before, seen for the first time, or another than expected. */
export type KeyStanding =
  | { readonly kind: 'pinned' | 'known' | 'first' }
  | { readonly kind: 'changed'; readonly expected: string };

/** Judges a key by the pinned ones (`SHA256:…` or the OpenSSH form), else by the one seen first. */
export function standingOf(key: HostKey, pinned: readonly string[], kept: CheckMemory): KeyStanding {
  const fingerprint = fingerprintOf(key);
  if (pinned.length > 0) {
    const isPinned = pinned.some((each) => each === fingerprint || each.startsWith(formatHostKey(key)));
    return isPinned
      ? { kind: 'pinned' }
      : { kind: 'changed', expected: pinned.map((each) => each.slice(0, 60)).join(', ') };
  }
  const known = kept.get(keptName);
  if (typeof known !== 'string') return { kind: 'first' };
  const expected = known.split(' ')[1] ?? '';
  return expected === fingerprint ? { kind: 'known' } : { kind: 'changed', expected };
}

/** Keeps a key as the one that is expected from now on. */
export function keepKey(key: HostKey, kept: CheckMemory): void {
  kept.set(keptName, `${key.type} ${fingerprintOf(key)}`);
}

/** The type of the key seen first: it is asked for again, so that a server with several keys shows the same one. */
export function keptType(kept: CheckMemory): string | undefined {
  const known = kept.get(keptName);
  return typeof known === 'string' ? known.split(' ')[0] : undefined;
}
