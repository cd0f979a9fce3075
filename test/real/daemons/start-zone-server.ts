import { Resolver } from 'node:dns/promises';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';

/** A name server in charge of one zone. */
export interface ZoneServer extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/**
 * Starts dnsmasq in charge of a zone whose two servers, ns1 and ns2, are 127.0.0.2 and 127.0.0.3. It listens on any
 * address of loopback, where BIND wants the address to be set up; two may share a port.
 */
export async function startZoneServer(
  zone: string,
  serial: number,
  address: '127.0.0.2' | '127.0.0.3',
  wantedPort?: number,
): Promise<ZoneServer> {
  const port = wantedPort ?? (await freePort());
  const daemon = new Daemon('/usr/sbin/dnsmasq', [
    '--keep-in-foreground',
    '--conf-file=/dev/null',
    '--no-resolv',
    '--no-hosts',
    '--pid-file',
    '--user=root',
    '--bind-interfaces',
    `--port=${port}`,
    `--listen-address=${address}`,
    `--auth-server=ns1.${zone},${address}`,
    `--auth-sec-servers=ns2.${zone}`,
    `--auth-zone=${zone}`,
    `--auth-soa=${serial}`,
    `--host-record=ns1.${zone},127.0.0.2`,
    `--host-record=ns2.${zone},127.0.0.3`,
  ]);
  const resolver = new Resolver({ timeout: 300, tries: 1 });
  resolver.setServers([`${address}:${port}`]);
  await daemon.ready(async () => (await resolver.resolveSoa(zone)).serial === serial);
  return { port, daemon, [Symbol.asyncDispose]: () => daemon[Symbol.asyncDispose]() };
}
