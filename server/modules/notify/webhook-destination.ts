import { isIP } from 'node:net';
import { addressClass, type AddressClass } from '#probe/address-class.ts';

// Only an administrator can add a webhook, so this machine and private networks are open to it. What is link-local is
// open to nobody: cloud providers hand out the machine's own credentials there.
const closed: ReadonlySet<AddressClass> = new Set<AddressClass>(['linkLocal', 'metadata', 'unusable']);

/** Whether a webhook may connect to this numeric address. */
export function mayReceive(address: string): boolean {
  return !closed.has(addressClass(address));
}

/** A webhook's URL as typed; null when it is none, or carries a user name or a password. */
export function webhookUrl(typed: string): URL | null {
  if (!URL.canParse(typed)) return null;
  const url = new URL(typed);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' ? url : null;
}

/** The numeric address that a URL names itself; null when it names a host. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  return isIP(host) === 0 ? null : host;
}

/** A webhook's URL as it may be shown: its path and query are often the secret. */
export function maskedUrl(url: URL): string {
  return url.pathname === '/' && url.search === '' ? `${url.origin}/` : `${url.origin}/…`;
}
