import { verify } from 'node:crypto';
import { labelsOf, type DnsRecord } from '#probe/dns/dns-message.ts';
import type { ZoneKey } from './zone-key.ts';

/** A signature over records of one name and type (RFC 4034, section 3); times are seconds since 1970. */
export interface Signature {
  readonly covers: number;
  readonly algorithm: number;
  readonly labels: number;
  readonly originalTtl: number;
  readonly expires: number;
  readonly begins: number;
  readonly keyTag: number;
  readonly signer: Buffer;
  readonly signature: Buffer;
  /** All of its data but the signature itself: the head of what is signed. */
  readonly head: Buffer;
}

/** Why no signature can be believed; of several the one that came furthest. */
export type SignatureFault = 'noSignature' | 'noKey' | 'wrongSignature' | 'notYet' | 'expired';

export type Verified =
  | { readonly good: true; readonly expires: number }
  | { readonly good: false; readonly fault: SignatureFault; readonly at: number };

/** Reads a signature record; undefined when it is malformed. */
export function signatureOf({ data }: DnsRecord): Signature | undefined {
  const end = nameEnd(data, 18);
  if (end === undefined || end >= data.length) return undefined;
  return {
    covers: data.readUInt16BE(0),
    algorithm: data.readUInt8(2),
    labels: data.readUInt8(3),
    originalTtl: data.readUInt32BE(4),
    expires: data.readUInt32BE(8),
    begins: data.readUInt32BE(12),
    keyTag: data.readUInt16BE(16),
    signer: data.subarray(18, end),
    signature: data.subarray(end),
    head: data.subarray(0, end),
  };
}

function nameEnd(data: Buffer, from: number): number | undefined {
  for (let at = from; at < data.length; at += 1 + (data[at] ?? 0)) if (data[at] === 0) return at + 1;
  return undefined;
}

const furthest: readonly SignatureFault[] = ['noSignature', 'noKey', 'wrongSignature', 'notYet', 'expired'];

/**
 * Whether one of the signatures over the records is right and in its time. All records have one name and type; `zone`
 * is whose keys these are, and so who has to have signed.
 */
export function verifyRecords(
  records: readonly DnsRecord[],
  signatures: readonly Signature[],
  keys: readonly ZoneKey[],
  zone: Buffer,
  nowSeconds: number,
): Verified {
  const [first] = records;
  let worst: { fault: SignatureFault; at: number } = { fault: 'noSignature', at: 0 };
  const note = (fault: SignatureFault, at = 0): void => {
    if (furthest.indexOf(fault) > furthest.indexOf(worst.fault)) worst = { fault, at };
  };
  let latest: number | undefined;
  for (const each of signatures) {
    if (first === undefined || each.covers !== first.type || !each.signer.equals(zone)) continue;
    const key = keys.find(
      ({ tag, algorithm, key: usable }) => tag === each.keyTag && algorithm === each.algorithm && usable !== undefined,
    );
    if (key === undefined) note('noKey');
    else if (!isSigned(records, each, key)) note('wrongSignature');
    else if (serialBefore(nowSeconds, each.begins)) note('notYet', each.begins);
    else if (serialBefore(each.expires, nowSeconds)) note('expired', each.expires);
    else latest = Math.max(latest ?? 0, each.expires);
  }
  return latest === undefined ? { good: false, ...worst } : { good: true, expires: latest };
}

/** Times of signatures are compared as serial numbers of 32 bits (RFC 4034, section 3.1.5). */
function serialBefore(a: number, b: number): boolean {
  return a !== b && (b - a) >>> 0 < 2 ** 31;
}

const hashes: Readonly<Record<number, string | undefined>> = {
  5: 'sha1',
  7: 'sha1',
  8: 'sha256',
  10: 'sha512',
  13: 'sha256',
  14: 'sha384',
};

function isSigned(records: readonly DnsRecord[], each: Signature, { key, algorithm }: ZoneKey): boolean {
  if (key === undefined) return false;
  const signed = Buffer.concat([each.head, ...canonical(records, each)]);
  try {
    return verify(hashes[algorithm] ?? null, signed, { key, dsaEncoding: 'ieee-p1363' }, each.signature);
  } catch {
    // A signature of the wrong length is none.
    return false;
  }
}

/** The records as they are signed: original lifetime, wildcard owner, sorted by data, each once (RFC 4034, section 6). */
function canonical(records: readonly DnsRecord[], { labels, originalTtl }: Signature): Buffer[] {
  const whole = records.map((record) => {
    const fixed = Buffer.alloc(10);
    fixed.writeUInt16BE(record.type, 0);
    fixed.writeUInt16BE(1, 2);
    fixed.writeUInt32BE(originalTtl, 4);
    fixed.writeUInt16BE(record.data.length, 8);
    return { data: record.data, bytes: Buffer.concat([ownerOf(record.name, labels), fixed, record.data]) };
  });
  const sorted = whole.toSorted((a, b) => Buffer.compare(a.data, b.data));
  return sorted.filter(({ data }, at) => sorted[at - 1]?.data.equals(data) !== true).map(({ bytes }) => bytes);
}

/** A record made from a wildcard was signed under the name with the star. */
function ownerOf(name: Buffer, signedLabels: number): Buffer {
  const labels = labelsOf(name);
  if (signedLabels >= labels.length) return name;
  const kept = labels.slice(labels.length - signedLabels);
  const parts = [Buffer.from('*'), ...kept].map((label) => Buffer.concat([Buffer.from([label.length]), label]));
  return Buffer.concat([...parts, Buffer.alloc(1)]);
}
