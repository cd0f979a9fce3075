import { labelsOf, nameText, typeNumbers, type DnsMessage, type DnsRecord } from '#probe/dns/dns-message.ts';
import type { KeyDigest, TrustAnchor } from './trust-anchors.ts';
import { signatureOf, verifyRecords, type SignatureFault } from './verify-records.ts';
import { isDigestOf, zoneKeyOf, type ZoneKey } from './zone-key.ts';

/** Asks a server one question; throws when there is no answer to judge. */
export type Ask = (name: string, type: number) => Promise<DnsMessage>;

/** What a walk from the anchor down to the zone found. */
export type ChainOutcome =
  | {
      readonly kind: 'secure';
      /** When the first of the zone's own signatures looked at will end, seconds since 1970. */
      readonly expires: number;
      readonly zones: readonly string[];
      readonly keys: number;
      readonly algorithms: readonly number[];
    }
  | { readonly kind: 'unsigned'; readonly zone: string }
  | { readonly kind: 'noAnchor' }
  | { readonly kind: 'noRecords'; readonly name: string }
  | { readonly kind: 'wrongKey'; readonly zone: string }
  | {
      readonly kind: 'fault';
      readonly zone: string;
      readonly what: string;
      readonly fault: SignatureFault;
      readonly at: number;
    };

/** What is looked at. */
export interface ChainGoal {
  readonly zone: Buffer;
  readonly name: Buffer;
  readonly type: number;
  readonly typeName: string;
}

interface Trusted {
  readonly zone: Buffer;
  readonly keys: readonly ZoneKey[];
  readonly expires: number;
}

/**
 * Follows the chain of trust from the nearest anchor above the zone: its keys by the believed digest, the digest of the
 * next zone by those keys, and so on to the records asked for. What a server leaves out is never taken for a proof: a
 * zone without a DS record counts as unsigned, and whoever watches its signatures wants to hear that.
 */
export async function validateChain(
  goal: ChainGoal,
  anchors: readonly TrustAnchor[],
  ask: Ask,
  nowSeconds: number,
): Promise<ChainOutcome> {
  const above = anchors
    .filter(({ zone }) => isWithin(goal.zone, zone))
    .toSorted((a, b) => b.zone.length - a.zone.length)[0];
  if (above === undefined) return { kind: 'noAnchor' };
  const zones: string[] = [];
  let trusted = await trustKeys(above.zone, above.digests, ask, nowSeconds);
  if ('kind' in trusted) return trusted;
  zones.push(nameText(above.zone));
  for (const zone of namesBetween(above.zone, goal.zone)) {
    const found = await delegated(zone, trusted, ask, nowSeconds);
    if ('kind' in found) return found;
    if (found.digests.length === 0) {
      // Not a zone of its own, but a name within the one above; the goal itself has to be one.
      if (!zone.equals(goal.zone)) continue;
      return { kind: 'unsigned', zone: nameText(zone) };
    }
    trusted = await trustKeys(zone, found.digests, ask, nowSeconds);
    if ('kind' in trusted) return trusted;
    zones.push(nameText(zone));
  }
  const records = recordsOf(await ask(nameText(goal.name), goal.type), goal.name, goal.type);
  if (records.set.length === 0) return { kind: 'noRecords', name: nameText(goal.name) };
  const verified = verifyRecords(records.set, records.signatures, trusted.keys, trusted.zone, nowSeconds);
  if (!verified.good) {
    return { kind: 'fault', zone: nameText(trusted.zone), what: goal.typeName, fault: verified.fault, at: verified.at };
  }
  return {
    kind: 'secure',
    expires: Math.min(verified.expires, trusted.expires),
    zones,
    keys: trusted.keys.length,
    algorithms: [...new Set(trusted.keys.map(({ algorithm }) => algorithm))],
  };
}

/** The keys of a zone: one of them has to fit a believed digest, and to have signed them all. */
async function trustKeys(
  zone: Buffer,
  digests: readonly KeyDigest[],
  ask: Ask,
  nowSeconds: number,
): Promise<Trusted | ChainOutcome> {
  const { set, signatures } = recordsOf(await ask(nameText(zone), typeNumbers.DNSKEY), zone, typeNumbers.DNSKEY);
  const keys = set.map(zoneKeyOf).filter((key) => key !== undefined);
  const entry = keys.filter((key) => digests.some((digest) => isDigestOf(digest, key)));
  if (entry.length === 0) return { kind: 'wrongKey', zone: nameText(zone) };
  const verified = verifyRecords(set, signatures, entry, zone, nowSeconds);
  if (!verified.good)
    return { kind: 'fault', zone: nameText(zone), what: 'DNSKEY', fault: verified.fault, at: verified.at };
  return { zone, keys, expires: verified.expires };
}

/** The digests by which a zone above vouches for one below; none when it does not. */
async function delegated(
  zone: Buffer,
  above: Trusted,
  ask: Ask,
  nowSeconds: number,
): Promise<{ readonly digests: readonly KeyDigest[] } | ChainOutcome> {
  const { set, signatures } = recordsOf(await ask(nameText(zone), typeNumbers.DS), zone, typeNumbers.DS);
  if (set.length === 0) return { digests: [] };
  const verified = verifyRecords(set, signatures, above.keys, above.zone, nowSeconds);
  if (!verified.good)
    return {
      kind: 'fault',
      zone: nameText(above.zone),
      what: `DS ${nameText(zone)}`,
      fault: verified.fault,
      at: verified.at,
    };
  const digests = set
    .filter(({ data }) => data.length > 4)
    .map(({ data }) => ({
      keyTag: data.readUInt16BE(0),
      algorithm: data.readUInt8(2),
      digestType: data.readUInt8(3),
      digest: data.subarray(4),
    }));
  return { digests };
}

function recordsOf(message: DnsMessage, name: Buffer, type: number) {
  const own = message.answers.filter((record) => record.name.equals(name));
  const set: DnsRecord[] = own.filter((record) => record.type === type);
  const signatures = own
    .filter((record) => record.type === typeNumbers.RRSIG)
    .map(signatureOf)
    .filter((signature) => signature !== undefined);
  return { set, signatures };
}

/** Whether a name is a zone's or below it. */
export function isWithin(name: Buffer, zone: Buffer): boolean {
  const [deep, high] = [labelsOf(name), labelsOf(zone)];
  return (
    high.length <= deep.length &&
    high.every((label, at) => label.equals(deep[deep.length - high.length + at] ?? Buffer.alloc(0)))
  );
}

/** Every name from just below a zone down to another, both as on the wire. */
function namesBetween(zone: Buffer, below: Buffer): Buffer[] {
  const labels = labelsOf(below);
  const known = labelsOf(zone).length;
  return Array.from({ length: labels.length - known }, (_none, at) => {
    const own = labels.slice(labels.length - known - at - 1);
    return Buffer.concat([...own.map((label) => Buffer.concat([Buffer.from([label.length]), label])), Buffer.alloc(1)]);
  });
}
