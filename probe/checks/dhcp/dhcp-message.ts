/** An offer of a DHCP server (RFC 2131, RFC 2132). */
export interface DhcpOffer {
  readonly server: string;
  readonly address: string;
  readonly mask: string;
  readonly routers: readonly string[];
  readonly nameServers: readonly string[];
  readonly domain: string;
  readonly leaseSeconds: number | undefined;
}

const headBytes = 236;
const cookie = Buffer.from([99, 130, 83, 99]);
const options = {
  mask: 1,
  router: 3,
  nameServer: 6,
  domain: 15,
  lease: 51,
  type: 53,
  server: 54,
  wanted: 55,
  client: 61,
};
const messageTypes = { discover: 1, offer: 2 };

/**
 * A question for offers. It asks for the answer by broadcast, because nobody has the offered address yet. It is never
 * followed by a request, so the server keeps the address free again after a moment.
 */
export function dhcpDiscover(transaction: number, hardware: Buffer): Buffer {
  const head = Buffer.alloc(headBytes);
  head[0] = 1;
  // Ethernet, six bytes of address.
  head[1] = 1;
  head[2] = 6;
  head.writeUInt32BE(transaction, 4);
  head.writeUInt16BE(0x8000, 10);
  hardware.copy(head, 28, 0, 6);
  const wanted = [options.mask, options.router, options.nameServer, options.domain, options.lease, options.server];
  const told = Buffer.concat([
    Buffer.from([options.type, 1, messageTypes.discover, options.client, 7, 1]),
    hardware.subarray(0, 6),
    Buffer.from([options.wanted, wanted.length, ...wanted, 255]),
  ]);
  // Old servers drop what is shorter than BOOTP's 300 bytes.
  return Buffer.concat([head, cookie, told, Buffer.alloc(Math.max(0, 300 - headBytes - 4 - told.length))]);
}

/** Reads an offer that answers a question; undefined for anything else. */
export function readDhcpOffer(bytes: Buffer, transaction: number, from: string): DhcpOffer | undefined {
  if (bytes.length < headBytes + 4 || bytes.length > 2_048 || bytes[0] !== 2) return undefined;
  if (bytes.readUInt32BE(4) !== transaction) return undefined;
  if (!bytes.subarray(headBytes, headBytes + 4).equals(cookie)) return undefined;
  const given = readOptions(bytes.subarray(headBytes + 4));
  if (given.get(options.type)?.[0] !== messageTypes.offer) return undefined;
  const lease = given.get(options.lease);
  return {
    server: addressesIn(given.get(options.server))[0] ?? from,
    address: addressesIn(bytes.subarray(16, 20))[0] ?? '',
    mask: addressesIn(given.get(options.mask))[0] ?? '',
    routers: addressesIn(given.get(options.router)),
    nameServers: addressesIn(given.get(options.nameServer)),
    domain:
      given
        .get(options.domain)
        ?.toString('latin1')
        .replaceAll(/[^\x21-\x7e]/gu, '') ?? '',
    leaseSeconds: lease?.length === 4 ? lease.readUInt32BE(0) : undefined,
  };
}

function readOptions(bytes: Buffer): Map<number, Buffer> {
  const given = new Map<number, Buffer>();
  for (let at = 0; at < bytes.length;) {
    const code = bytes[at] ?? 255;
    if (code === 255) break;
    if (code === 0) {
      at += 1;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (at + 2 + length > bytes.length) break;
    given.set(code, bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return given;
}

function addressesIn(bytes: Buffer | undefined): string[] {
  if (bytes === undefined) return [];
  return Array.from({ length: Math.min(8, Math.floor(bytes.length / 4)) }, (_none, at) =>
    [...bytes.subarray(at * 4, at * 4 + 4)].join('.'),
  );
}
