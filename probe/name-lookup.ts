import { lookup as systemLookup, Resolver } from 'node:dns/promises';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { ProbeClock } from './probe-clock.ts';

/** A numeric address with its family. */
export interface FoundAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Turns a name into addresses; throws {@link NameFailure}. A numeric address is returned as it is. */
export interface NameLookup {
  resolve(name: string, timeoutMs: number): Promise<FoundAddress[]>;
}

/** Why a name could not be turned into an address. */
export class NameFailure extends Error {
  readonly kind: 'notFound' | 'timeout' | 'serverFailure';
  constructor(kind: 'notFound' | 'timeout' | 'serverFailure', name: string) {
    super(`name lookup of ${name}: ${kind}`);
    this.kind = kind;
  }
}

interface HostsFile {
  readonly readAtMs: number;
  readonly changedMs: number;
  readonly addresses: ReadonlyMap<string, readonly FoundAddress[]>;
}

const hostsPath = '/etc/hosts';
const hostsKeptMs = 5_000;

/**
 * Lookups that do not wait for each other. The system's own (getaddrinfo) runs on four threads: a dead
 * DNS server would hold back the checks of every other target. So names with a dot are asked through
 * the c-ares library, after /etc/hosts; only bare names and names that DNS does not know take the
 * system's way (search domains, mDNS). Nothing is remembered: DNS is part of what is being watched.
 */
export function createNameLookup(clock: ProbeClock): NameLookup {
  let hosts: HostsFile | undefined;
  const asked = new Map<string, Promise<FoundAddress[]>>();

  async function fromHostsFile(name: string): Promise<readonly FoundAddress[] | undefined> {
    const nowMs = clock.nowMs();
    if (hosts === undefined || nowMs - hosts.readAtMs > hostsKeptMs) hosts = await readHosts(hosts, nowMs);
    return hosts.addresses.get(name.toLowerCase());
  }

  async function ask(name: string, timeoutMs: number): Promise<FoundAddress[]> {
    const listed = await fromHostsFile(name);
    if (listed !== undefined) return [...listed];
    if (!name.includes('.')) return askSystem(name, timeoutMs);
    const found = await askDns(name, timeoutMs);
    return found.length > 0 ? found : askSystem(name, timeoutMs);
  }

  return {
    async resolve(name, timeoutMs) {
      const family = isIP(name.replace(/%.*$/u, ''));
      if (family !== 0) return [{ address: name, family: family === 4 ? 4 : 6 }];
      // Many checks of one name in the same moment share one question.
      const running = asked.get(name) ?? ask(name, timeoutMs).finally(() => asked.delete(name));
      asked.set(name, running);
      return running;
    },
  };
}

async function askDns(name: string, timeoutMs: number): Promise<FoundAddress[]> {
  const resolver = new Resolver({ timeout: Math.max(200, Math.floor(timeoutMs / 2)), tries: 2 });
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const found: FoundAddress[] = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 as const })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 as const })) : []),
  ];
  if (found.length > 0) return found;
  const code = v4.status === 'rejected' ? errorCode(v4.reason) : undefined;
  if (code === 'ETIMEOUT' || code === 'ECONNREFUSED') throw new NameFailure('timeout', name);
  if (code === 'ESERVFAIL' || code === 'EREFUSED') throw new NameFailure('serverFailure', name);
  return [];
}

async function askSystem(name: string, timeoutMs: number): Promise<FoundAddress[]> {
  const late = new AbortController();
  try {
    const found = await Promise.race([
      systemLookup(name, { all: true }),
      wait(timeoutMs, undefined, { signal: late.signal }).then(() => {
        throw new NameFailure('timeout', name);
      }),
    ]);
    return found.map(({ address, family }) => ({ address, family: family === 4 ? 4 : 6 }));
  } catch (error) {
    if (error instanceof NameFailure) throw error;
    throw new NameFailure(errorCode(error) === 'EAI_AGAIN' ? 'serverFailure' : 'notFound', name);
  } finally {
    late.abort();
  }
}

async function readHosts(old: HostsFile | undefined, readAtMs: number): Promise<HostsFile> {
  try {
    const changedMs = (await stat(hostsPath)).mtimeMs;
    if (old !== undefined && old.changedMs === changedMs) return { ...old, readAtMs };
    return { readAtMs, changedMs, addresses: parseHosts(await readFile(hostsPath, 'utf8')) };
  } catch {
    // A machine without a hosts file simply has no names of its own.
    return { readAtMs, changedMs: 0, addresses: new Map() };
  }
}

/** Reads the text of a hosts file into name → addresses. */
export function parseHosts(text: string): Map<string, FoundAddress[]> {
  const addresses = new Map<string, FoundAddress[]>();
  for (const line of text.split('\n')) {
    const [address, ...names] = line.replace(/#.*/u, '').trim().split(/\s+/u);
    if (address === undefined) continue;
    const family = isIP(address);
    if (family === 0) continue;
    for (const name of names) {
      const known = addresses.get(name.toLowerCase()) ?? [];
      known.push({ address, family: family === 4 ? 4 : 6 });
      addresses.set(name.toLowerCase(), known);
    }
  }
  return addresses;
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
