import ipaddr from 'ipaddr.js';

/**
 * What sort of address it is, as far as trust goes:
 * `loopback`, `linkLocal` and `metadata` lead back into the server or into its cloud account and need an
 * administrator's leave; `unusable` (multicast, broadcast, unspecified, reserved) is never contacted.
 */
export type AddressClass = 'public' | 'private' | 'loopback' | 'linkLocal' | 'metadata' | 'unusable';

// Where clouds answer instances with credentials: AWS, Azure, GCP, OpenStack (169.254.169.254), AWS, GCP and Scaleway over
// IPv6, AWS ECS tasks, Alibaba, and Azure's wire server.
const metadataAddresses = new Set([
  '169.254.169.254',
  'fd00:ec2::254',
  'fd20:ce::254',
  'fd00:42::42',
  '169.254.170.2',
  '100.100.100.200',
  '168.63.129.16',
]);

const classOfRange: Readonly<Record<string, AddressClass>> = {
  unicast: 'public',
  private: 'private',
  uniqueLocal: 'private',
  carrierGradeNat: 'private',
  loopback: 'loopback',
  linkLocal: 'linkLocal',
  multicast: 'unusable',
  broadcast: 'unusable',
  unspecified: 'unusable',
  reserved: 'unusable',
};

/** Classifies a numeric IPv4 or IPv6 address; an IPv4 address wrapped in IPv6 is unwrapped first. Anything else is `unusable`. */
export function addressClass(address: string): AddressClass {
  const bare = address.replace(/%.*$/u, '');
  if (!ipaddr.isValid(bare)) return 'unusable';
  // `process` turns ::ffff:127.0.0.1 into 127.0.0.1.
  const parsed = unwrap(ipaddr.process(bare));
  if (metadataAddresses.has(parsed.toString())) return 'metadata';
  // 0.0.0.0 connects to the machine itself on Linux; so does ::.
  const range = parsed.range();
  return classOfRange[range] ?? 'public';
}

/** 64:ff9b::/96 (NAT64), ::ffff:0:0:0/96 (SIIT), 2002::/16 (6to4) and ::a.b.c.d carry an IPv4 address that is the true destination. */
function unwrap(parsed: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | ipaddr.IPv6 {
  if (!(parsed instanceof ipaddr.IPv6)) return parsed;
  const bytes = parsed.toByteArray();
  const range = parsed.range();
  if (range === 'rfc6052' || range === 'rfc6145') return ipaddr.fromByteArray(bytes.slice(12));
  if (range === '6to4') return ipaddr.fromByteArray(bytes.slice(2, 6));
  const compatible = bytes.slice(0, 12).every((byte) => byte === 0) && bytes.slice(12, 15).some((byte) => byte !== 0);
  return compatible ? ipaddr.fromByteArray(bytes.slice(12)) : parsed;
}

/** True for the classes that only an administrator may have contacted. */
export function needsLeave(kind: AddressClass): boolean {
  return kind === 'loopback' || kind === 'linkLocal' || kind === 'metadata';
}
