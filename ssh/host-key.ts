import { createHash } from 'node:crypto';

/** A server's public key: its type and its raw bytes as they travel. */
export interface HostKey {
  readonly type: string;
  readonly blob: Buffer;
}

/** Signature algorithms by which a server may prove each type of key, best first. */
const algorithmsByType = {
  'ssh-ed25519': ['ssh-ed25519'],
  'ecdsa-sha2-nistp256': ['ecdsa-sha2-nistp256'],
  'ecdsa-sha2-nistp384': ['ecdsa-sha2-nistp384'],
  'ecdsa-sha2-nistp521': ['ecdsa-sha2-nistp521'],
  'ssh-rsa': ['rsa-sha2-512', 'rsa-sha2-256'],
} as const;

export type HostKeyType = keyof typeof algorithmsByType;
export type HostKeyAlgorithm = (typeof algorithmsByType)[HostKeyType][number];

/** The types we can recognise a server by, best first. */
export const hostKeyTypes: readonly HostKeyType[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
];

/** The algorithms that prove keys of one type. */
export function algorithmsOf(type: HostKeyType): readonly HostKeyAlgorithm[] {
  return algorithmsByType[type];
}

/**
 * Reads `ssh-ed25519 AAAA… comment`. Returns undefined when the text is not such a key, or when its two halves disagree.
 */
export function parseHostKey(text: string): HostKey | undefined {
  const [type, base64] = text.trim().split(/\s+/, 2);
  if (type === undefined || base64 === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const key = hostKeyOfBlob(Buffer.from(base64, 'base64'));
  return key?.type === type ? key : undefined;
}

/** Reads the raw form, which begins with the length and the name of the type. */
export function hostKeyOfBlob(blob: Buffer): HostKey | undefined {
  if (blob.length < 8) return undefined;
  const length = blob.readUInt32BE(0);
  if (length > 64 || 4 + length >= blob.length) return undefined;
  return { type: blob.toString('latin1', 4, 4 + length), blob };
}

/** The OpenSSH form without comment, as it is pinned. */
export function formatHostKey(key: HostKey): string {
  return `${key.type} ${key.blob.toString('base64')}`;
}

/** `SHA256:…` as `ssh-keygen -l` prints it, for a person to compare. */
export function fingerprintOf(key: HostKey): string {
  return `SHA256:${createHash('sha256').update(key.blob).digest('base64').replace(/=+$/, '')}`;
}

/**
 * The algorithms to ask for, those of pinned keys first: a server that has several keys then shows one we know.
 * The others follow, so that a server whose keys were all replaced shows us the new one instead of a negotiation error.
 */
export function preferredAlgorithms(pinned: readonly HostKey[]): HostKeyAlgorithm[] {
  const known = new Set(pinned.map((key) => key.type));
  const ordered = [
    ...hostKeyTypes.filter((type) => known.has(type)),
    ...hostKeyTypes.filter((type) => !known.has(type)),
  ];
  return ordered.flatMap((type) => algorithmsByType[type]);
}
