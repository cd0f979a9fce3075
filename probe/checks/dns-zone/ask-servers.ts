import type { CheckContext } from '#probe/check-kind.ts';
import { askDns, type NameServer } from '#probe/dns/ask-dns.ts';
import { nameText, typeNumbers, type DnsMessage, type DnsRecord } from '#probe/dns/dns-message.ts';
import type { FoundAddress } from '#probe/name-lookup.ts';
import { ConnectionFailure, resolveAllowed } from '#probe/open-connection.ts';

/** How one name server of a zone is. `lame`: it answers, but is not in charge of the zone. */
export type ServerState = 'good' | 'silent' | 'refusing' | 'malformed' | 'lame' | 'noAddress' | 'forbidden';

/** One name server of a zone. */
export interface AskedServer {
  readonly name: string;
  readonly address: string;
  readonly state: ServerState;
  readonly serial: number | undefined;
  readonly ms: number | undefined;
}

// A zone with more servers than this is an attack on whoever asks them all.
const mostServers = 20;

/** The servers that a zone names, by one that knows; undefined when that one does not tell. */
export async function serversOf(
  zone: string,
  asked: NameServer,
  deadlineMs: number,
  context: CheckContext,
): Promise<{ names: string[]; glue: Map<string, FoundAddress> } | { fault: Exclude<ServerState, 'good'> }> {
  const heard = await askDns(asked, zone, typeNumbers.NS, { recursion: true, dnssec: false, deadlineMs }, context);
  if (heard.kind !== 'answer') return { fault: faultOf(heard.kind) };
  const { message } = heard;
  const names = message.answers.filter(({ type }) => type === typeNumbers.NS).map(({ data }) => nameText(data));
  const glue = new Map<string, FoundAddress>();
  for (const record of message.additionals) {
    const found = addressOf(record);
    if (found !== undefined && !glue.has(nameText(record.name))) glue.set(nameText(record.name), found);
  }
  if (names.length === 0) return { fault: 'lame' };
  return { names: [...new Set(names)].toSorted().slice(0, mostServers), glue };
}

function faultOf(kind: 'silent' | 'malformed' | 'closed'): Exclude<ServerState, 'good'> {
  return kind === 'closed' ? 'refusing' : kind;
}

function addressOf({ type, data }: DnsRecord): FoundAddress | undefined {
  if (type === typeNumbers.A && data.length === 4) return { address: [...data].join('.'), family: 4 };
  if (type !== typeNumbers.AAAA || data.length !== 16) return undefined;
  return { address: (data.toString('hex').match(/.{4}/gu) ?? []).join(':'), family: 6 };
}

/** Asks one server for the zone's serial number; its address by the glue, by the server that named it, or by the system. */
export async function askSerial(
  zone: string,
  name: string,
  known: { readonly by: NameServer; readonly glue: ReadonlyMap<string, FoundAddress> },
  deadlineMs: number,
  context: CheckContext,
): Promise<AskedServer> {
  const fault = (state: ServerState, address = ''): AskedServer => ({
    name,
    address,
    state,
    serial: undefined,
    ms: undefined,
  });
  const at = known.glue.get(name) ?? (await addressBy(name, known.by, deadlineMs, context));
  if (at === 'forbidden' || at === 'noAddress') return fault(at);
  if (!context.mayReach(at.address)) return fault('forbidden', at.address);
  const server = { at, port: known.by.port };
  const heard = await askDns(server, zone, typeNumbers.SOA, { recursion: false, dnssec: false, deadlineMs }, context);
  if (heard.kind !== 'answer') return fault(faultOf(heard.kind), at.address);
  const serial = serialOf(heard.message);
  // Without authority it is a cache's memory, or a pointer elsewhere.
  if (serial === undefined || !heard.message.authoritative) return fault('lame', at.address);
  return { name, address: at.address, state: 'good', serial, ms: heard.ms };
}

async function addressBy(
  name: string,
  server: NameServer,
  deadlineMs: number,
  context: CheckContext,
): Promise<FoundAddress | 'forbidden' | 'noAddress'> {
  for (const type of [typeNumbers.A, typeNumbers.AAAA]) {
    const heard = await askDns(server, name, type, { recursion: true, dnssec: false, deadlineMs }, context);
    const found =
      heard.kind === 'answer' ? heard.message.answers.map(addressOf).find((each) => each !== undefined) : undefined;
    if (found !== undefined) return found;
  }
  try {
    const [found] = await resolveAllowed(name, deadlineMs, context);
    return found ?? 'noAddress';
  } catch (error) {
    if (!(error instanceof ConnectionFailure)) throw error;
    return error.reason.code === 'addressForbidden' ? 'forbidden' : 'noAddress';
  }
}

/** The serial stands after the two names of the data, before four other numbers. */
function serialOf({ answers }: DnsMessage): number | undefined {
  const soa = answers.find(({ type }) => type === typeNumbers.SOA);
  return soa === undefined || soa.data.length < 22 ? undefined : soa.data.readUInt32BE(soa.data.length - 20);
}

/** By how much a serial is behind another (RFC 1982): they count around in 32 bits. */
export function serialLag(serial: number, newest: number): number {
  return (newest - serial) >>> 0;
}

/** The newest of some serials: that to which every other is at most half a circle behind. */
export function newestSerial(serials: readonly number[]): number | undefined {
  return serials.find((each) => serials.every((other) => serialLag(other, each) < 2 ** 31)) ?? serials[0];
}
