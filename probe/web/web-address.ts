/** Where one request goes. */
export interface WebAddress {
  readonly scheme: 'http' | 'https';
  /** What is connected to: a name or an address. */
  readonly connectTo: string;
  /** What is asked for: the Host header and the name of the certificate. */
  readonly hostName: string;
  readonly port: number;
  readonly path: string;
}

/** The settings that say where a check's first request goes; port 0 is the scheme's own. */
interface AddressSettings {
  readonly scheme: 'http' | 'https';
  readonly port: number;
  readonly path: string;
  readonly hostName: string;
}

/** The address of a check's first request. */
export function firstAddress({ scheme, port, path, hostName }: AddressSettings, target: string): WebAddress {
  return {
    scheme,
    connectTo: target,
    hostName: hostName === '' ? target : hostName,
    port: port === 0 ? (scheme === 'https' ? 443 : 80) : port,
    path,
  };
}

/** Where a link or a redirect leads from a page; undefined when it cannot be followed. */
export function addressFrom(from: WebAddress, link: string): WebAddress | undefined {
  const base = `${originOf(from)}${from.path}`;
  const next = URL.canParse(link, base) ? new URL(link, base) : undefined;
  if (next === undefined || (next.protocol !== 'http:' && next.protocol !== 'https:')) return undefined;
  const scheme = next.protocol === 'https:' ? 'https' : 'http';
  const hostName = next.hostname.replace(/^\[|\]$/gu, '');
  return {
    scheme,
    // The same name stays at the address under test, which may be one of several behind that name.
    connectTo: hostName.toLowerCase() === from.hostName.toLowerCase() ? from.connectTo : hostName,
    hostName,
    port: next.port === '' ? (scheme === 'https' ? 443 : 80) : Number(next.port),
    path: `${next.pathname}${next.search}`,
  };
}

/** Scheme, name and port: what a credential was given for. */
export function originOf({ scheme, hostName, port }: WebAddress): string {
  const name = hostName.includes(':') ? `[${hostName}]` : hostName;
  return `${scheme}://${name}:${port}`;
}

/** The Host header: without the port where it is the usual one. */
export function hostHeader({ scheme, hostName, port }: WebAddress): string {
  const name = hostName.includes(':') ? `[${hostName}]` : hostName;
  return port === (scheme === 'https' ? 443 : 80) ? name : `${name}:${port}`;
}
