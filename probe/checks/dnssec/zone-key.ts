import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import type { DnsRecord } from '#probe/dns/dns-message.ts';
import type { KeyDigest } from './trust-anchors.ts';

/** A DNSKEY record understood (RFC 4034, section 2). */
export interface ZoneKey {
  readonly tag: number;
  readonly algorithm: number;
  /** Undefined where the algorithm is not one that is still to be believed, or the key is malformed. */
  readonly key: KeyObject | undefined;
  readonly record: DnsRecord;
}

const zoneKeyFlag = 0x0100;
const revokedFlag = 0x0080;

/** Reads a key of a zone; undefined for keys of other uses and revoked ones. */
export function zoneKeyOf(record: DnsRecord): ZoneKey | undefined {
  const { data } = record;
  if (data.length < 5 || data.readUInt8(2) !== 3) return undefined;
  const flags = data.readUInt16BE(0);
  if ((flags & zoneKeyFlag) === 0 || (flags & revokedFlag) !== 0) return undefined;
  const algorithm = data.readUInt8(3);
  return { tag: keyTag(data), algorithm, key: publicKey(algorithm, data.subarray(4)), record };
}

/** The number by which signatures name a key (RFC 4034, appendix B). */
export function keyTag(data: Buffer): number {
  let sum = 0;
  for (const [at, byte] of data.entries()) sum += (at & 1) === 0 ? byte << 8 : byte;
  return (sum + (sum >> 16)) & 0xffff;
}

const curves: Readonly<Record<number, readonly [name: string, bytes: number]>> = {
  13: ['P-256', 32],
  14: ['P-384', 48],
};
const edwards: Readonly<Record<number, string>> = { 15: 'Ed25519', 16: 'Ed448' };
const rsa = new Set([5, 7, 8, 10]);

function publicKey(algorithm: number, bytes: Buffer): KeyObject | undefined {
  try {
    const curve = curves[algorithm];
    if (curve !== undefined) {
      const [crv, length] = curve;
      const [x, y] = [bytes.subarray(0, length), bytes.subarray(length)];
      return jwk({ kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') });
    }
    const edward = edwards[algorithm];
    if (edward !== undefined) return jwk({ kty: 'OKP', crv: edward, x: bytes.toString('base64url') });
    return rsa.has(algorithm) ? rsaKey(bytes) : undefined;
  } catch {
    // OpenSSL does not take it for a key; then no signature by it can be right.
    return undefined;
  }
}

/** RFC 3110: the length of the exponent in one or three bytes, the exponent, the modulus. */
function rsaKey(bytes: Buffer): KeyObject {
  const short = bytes.readUInt8(0);
  const [start, length] = short > 0 ? [1, short] : [3, bytes.readUInt16BE(1)];
  const exponent = bytes.subarray(start, start + length);
  const modulus = bytes.subarray(start + length);
  return jwk({ kty: 'RSA', e: exponent.toString('base64url'), n: modulus.toString('base64url') });
}

function jwk(key: Readonly<Record<string, string>>): KeyObject {
  return createPublicKey({ key, format: 'jwk' });
}

const digests: Readonly<Record<number, string>> = { 1: 'sha1', 2: 'sha256', 4: 'sha384' };

/** Whether a digest that is believed is of this key (RFC 4034, section 5.1.4). */
export function isDigestOf(digest: KeyDigest, key: ZoneKey): boolean {
  const hash = digests[digest.digestType];
  if (hash === undefined || digest.keyTag !== key.tag || digest.algorithm !== key.algorithm) return false;
  return createHash(hash).update(key.record.name).update(key.record.data).digest().equals(digest.digest);
}
