import { datagramsSent, pingsSent } from './own-network.ts';
import type { NginxTarget } from './nginx-target.ts';
import type { Seed } from './seed-checks.ts';

/** Checks that come to a rate. */
export interface Load extends Seed {
  readonly what: string;
  /** Checks made so far, counted outside Vigie. */
  readonly made: (target: NginxTarget) => Promise<number>;
}

const connections = async (target: NginxTarget): Promise<number> => (await target.taken()).connections;

const pings = (): Promise<number> => Promise.resolve(pingsSent());
// A question and its answer are two datagrams, and nothing else here sends any.
const questions = (): Promise<number> => Promise.resolve(datagramsSent() / 2);

function countOf(perSecond: number, intervalMs: number): number {
  return Math.round((perSecond * intervalMs) / 1_000);
}

/** HTTP checks, each with a new connection, every so many milliseconds. */
export function httpLoad(perSecond: number, intervalMs: number): Load {
  const count = countOf(perSecond, intervalMs);
  const settings = { scheme: 'http', port: 80 };
  return { what: `HTTP ${perSecond}/s`, kind: 'http', settings, count, intervalMs, made: connections };
}

export function tcpLoad(perSecond: number, intervalMs: number): Load {
  const count = countOf(perSecond, intervalMs);
  return { what: `TCP ${perSecond}/s`, kind: 'tcp', settings: { port: 80 }, count, intervalMs, made: connections };
}

/** Hosts pinged each second, one packet each. */
export function pingLoad(hosts: number): Load {
  return {
    what: `ping ${hosts}/s`,
    kind: 'icmp',
    settings: { packets: 1 },
    count: hosts,
    intervalMs: 1_000,
    made: pings,
  };
}

/** A name asked of one server. */
export function dnsLoad(perSecond: number, intervalMs: number, server: string, name: string): Load {
  const count = countOf(perSecond, intervalMs);
  return { what: `DNS ${perSecond}/s`, kind: 'dns', settings: { server, name }, count, intervalMs, made: questions };
}
