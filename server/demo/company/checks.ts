import { kinds } from '#probe/checks/kinds.ts';
import { hosts, type InventedHost } from './hosts.ts';
import { services, type InventedService, type Look } from './offered-services.ts';
import type { Looked } from '../measure.ts';
import { clearedHost, fillingHost } from './stories.ts';
import { companyDomain, sites, type InventedSite } from './sites.ts';

/** A check of the invented company, before it is stored. */
export interface InventedCheck {
  /** Its kind and its thing, such as `icmp web-01`: the seed of everything that is measured by it. */
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly on: { readonly kind: 'host' | 'service'; readonly name: string };
  /** The host on which it looks. */
  readonly host: InventedHost;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly intervalMs: number;
}

const minuteMs = 60_000;

function make(
  kind: string,
  name: string,
  on: InventedCheck['on'],
  host: InventedHost,
  { settings = {}, everyMinutes = 1 }: { settings?: Record<string, unknown>; everyMinutes?: number } = {},
): InventedCheck {
  const complete = kinds.get(kind)?.complete(settings);
  if (complete === undefined) throw new Error(`there is no kind of check ${kind}`);
  return {
    key: `${kind} ${on.name} ${name}`,
    name,
    kind,
    on,
    host,
    settings: complete,
    intervalMs: everyMinutes * minuteMs,
  };
}

/** Reads how full the file system is. */
const diskCommand = "df --output=pcent / | tail -n 1 | tr -dc '0-9' | sed 's/^/used=/'";

function checksOfHost(host: InventedHost): InventedCheck[] {
  const on = { kind: 'host', name: host.name } as const;
  const ping = make('icmp', 'Ping', on, host);
  if (host.unit === null) return [ping];
  const disk = { command: diskCommand, numberAfter: 'used=', numberWarn: 85, numberDown: 95 };
  const told = host.name === fillingHost || host.name === clearedHost;
  // What fills a disk is told by the forecast before it is told by a limit.
  const tolerant = { diskWarnPercent: 95, diskDownPercent: 98 };
  return [
    ping,
    ...(told ? [make('linux-host', 'Linux', on, host, { settings: tolerant })] : []),
    make('systemd-unit', host.unit, on, host, { settings: { unit: host.unit }, everyMinutes: 2 }),
    make('ssh-command', 'Disque /', on, host, { settings: disk, everyMinutes: 5 }),
  ];
}

function lookOf(service: InventedService, host: InventedHost, look: Look): InventedCheck {
  const on = { kind: 'service', name: service.name } as const;
  const hostName = `${service.hostName}.${companyDomain}`;
  switch (look.kind) {
    case 'http':
      return make('http', `Page ${look.path}`, on, host, { settings: { path: look.path, hostName } });
    case 'tls':
      return make('tls', `Certificat, port ${look.port}`, on, host, {
        settings: { port: look.port, serverName: hostName },
        everyMinutes: 30,
      });
    case 'dns':
      return make('dns', `Nom ${look.name}`, on, host, { settings: { name: look.name, server: host.address } });
    default:
      return make('tcp', `Port ${look.port}`, on, host, { settings: { port: look.port } });
  }
}

/** The host on which a service runs: the first that it needs. */
export function hostOfService(service: InventedService): InventedHost {
  const host = hosts.find(({ name }) => service.needs.includes(name));
  if (host === undefined) throw new Error(`${service.name} runs nowhere`);
  return host;
}

export const checks: readonly InventedCheck[] = [
  ...hosts.flatMap(checksOfHost),
  ...services.flatMap((service) => service.looks.map((look) => lookOf(service, hostOfService(service), look))),
];

/** A check by its thing and kind. @throws Error when there is none */
export function checkOn(thing: string, kind: string): InventedCheck {
  const found = checks.find((check) => check.on.name === thing && check.kind === kind);
  if (found === undefined) throw new Error(`${thing} has no check of kind ${kind}`);
  return found;
}

/** Where and how a check looks, for inventing what it sees. */
export function lookedOf({ kind, host, settings }: InventedCheck): Looked {
  return { kind, address: host.address, settings, ...surroundingsOf(host.address) };
}

/** Distance and clock of the site to which an address belongs; null for an address that is nobody's invention. */
export function inventedSite(address: string): InventedSite | null {
  return sites.find(({ network }) => address.startsWith(network)) ?? null;
}

function surroundingsOf(address: string): Pick<Looked, 'distanceMs' | 'hoursAhead'> {
  const site = inventedSite(address);
  return { distanceMs: site?.distanceMs ?? 1, hoursAhead: site?.hoursAhead ?? 0 };
}
