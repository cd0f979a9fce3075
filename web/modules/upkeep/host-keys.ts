/** A host's public key, as access tells it. */
export interface HostKey {
  type: string;
  key: string;
  fingerprint: string;
}

interface KeyChoices {
  keys: readonly { key: HostKey; pinned: boolean }[];
  /** The host shows another key of a type that is pinned: somebody may stand between, or it was set up anew. */
  changed: boolean;
}

/** What can be pinned: the keys pinned already, then those the host shows beside them. */
export function keyChoices(pinned: readonly HostKey[], scanned: readonly HostKey[] | undefined): KeyChoices {
  const known = new Set(pinned.map((key) => key.fingerprint));
  const fresh = (scanned ?? []).filter((key) => !known.has(key.fingerprint));
  return {
    keys: [...pinned.map((key) => ({ key, pinned: true })), ...fresh.map((key) => ({ key, pinned: false }))],
    changed: fresh.some((key) => pinned.some((old) => old.type === key.type)),
  };
}
