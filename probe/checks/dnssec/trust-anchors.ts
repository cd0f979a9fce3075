import { wireName } from '#probe/dns/dns-message.ts';

/** A digest of a key that is believed: what a DS record says (RFC 4034, section 5). */
export interface KeyDigest {
  readonly keyTag: number;
  readonly algorithm: number;
  readonly digestType: number;
  readonly digest: Buffer;
}

/** A zone from which a chain may start. */
export interface TrustAnchor {
  readonly zone: Buffer;
  readonly digests: readonly KeyDigest[];
}

// The root's keys of 2017 and 2024, as IANA publishes them (data.iana.org/root-anchors).
const root = [
  '. 20326 8 2 E06D44B80B8F1D39A95C0B0D7C65D08458E880409BBC683457104237C7F8EC8D',
  '. 38696 8 2 683D2D0ACB8C9B712A1948B27F741219298D0A450D612C483AF444A4C0FB2B16',
];

/** The anchors of the settings, or the root's when there are none. */
export function trustAnchors(lines: readonly string[]): TrustAnchor[] {
  const anchors = new Map<string, { zone: Buffer; digests: KeyDigest[] }>();
  for (const line of lines.length === 0 ? root : lines) {
    const words = line
      .trim()
      .split(/\s+/u)
      .filter((word, at) => at === 0 || !/^(?:IN|DS)$/iu.test(word));
    const [name = '', keyTag, algorithm, digestType, ...digest] = words;
    const zone = wireName(name);
    const key = zone.toString('hex');
    const anchor = anchors.get(key) ?? { zone, digests: [] };
    anchor.digests.push({
      keyTag: Number(keyTag),
      algorithm: Number(algorithm),
      digestType: Number(digestType),
      digest: Buffer.from(digest.join(''), 'hex'),
    });
    anchors.set(key, anchor);
  }
  return [...anchors.values()];
}
