import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { isIPv4 } from 'node:net';

/** One way out of this machine, as the kernel lists it; `gateway` is null when the other end is on the same link. */
export interface Route {
  readonly link: string;
  readonly network: number;
  readonly mask: number;
  readonly gateway: string | null;
  readonly metric: number;
}

// The kernel writes addresses as hexadecimal in the machine's byte order, which is little-endian wherever Vigie runs.
function fromHex(text: string): number {
  const bytes = Buffer.from(text, 'hex');
  return bytes.length === 4 ? bytes.readUInt32LE(0) : 0;
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff).join('.');
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}

const flagUp = 1;
const flagGateway = 2;
const flagReject = 0x200;

/** Reads the IPv4 routes of `/proc/net/route` (proc(5)); what cannot be read is left out. */
export function parseRoutes(text: string): Route[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [link, destination, gateway, flags, , , metric, mask] = line.trim().split(/\s+/u);
      if (link === undefined || destination === undefined || gateway === undefined || mask === undefined) return [];
      const set = Number.parseInt(flags ?? '0', 16);
      if ((set & flagUp) === 0 || (set & flagReject) !== 0) return [];
      return {
        link,
        network: fromHex(destination),
        mask: fromHex(mask),
        gateway: (set & flagGateway) === 0 ? null : toAddress(fromHex(gateway)),
        metric: Number(metric),
      };
    });
}

/** Whether `/proc/net/ipv6_route` has a way out by a router. */
export function hasDefaultRoute6(text: string): boolean {
  return text.split('\n').some((line) => {
    const [destination, length, , , nextHop, , , , flags, link] = line.trim().split(/\s+/u);
    const set = Number.parseInt(flags ?? '0', 16);
    return (
      /^0{32}$/u.test(destination ?? '') &&
      length === '00' &&
      !/^0{32}$/u.test(nextHop ?? '') &&
      link !== 'lo' &&
      (set & flagReject) === 0
    );
  });
}

/** The route that a packet to an IPv4 address takes: the narrowest network, then the least metric. Null for none. */
export function routeTo(address: string, routes: readonly Route[]): Route | null {
  if (!isIPv4(address)) return null;
  const wanted = toNumber(address);
  let best: Route | null = null;
  for (const route of routes) {
    if ((wanted & route.mask) >>> 0 !== route.network) continue;
    const better = best === null || route.mask > best.mask || (route.mask === best.mask && route.metric < best.metric);
    if (better) best = route;
  }
  return best;
}

/** The ways out of this machine at this moment. */
export interface Ways {
  readonly routes: readonly Route[];
  readonly hasDefault6: boolean;
  /** Links that are up and carry a signal, with an address on them. */
  readonly liveLinks: ReadonlySet<string>;
}

/** Looks which ways out there are; nothing is sent. */
export async function readWays(): Promise<Ways> {
  const [routes, routes6] = await Promise.all(
    ['/proc/net/route', '/proc/net/ipv6_route'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  return {
    routes: parseRoutes(routes ?? ''),
    hasDefault6: hasDefaultRoute6(routes6 ?? ''),
    // Node lists only what is up and running: a link without a signal is missing here though its routes remain.
    liveLinks: new Set(Object.keys(networkInterfaces())),
  };
}
