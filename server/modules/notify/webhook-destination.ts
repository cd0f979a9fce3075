import { isIP } from 'node:net';
import { addressClass, type AddressClass } from '#probe/address-class.ts';

// An administrator may aim a channel at this machine and at private networks. What is link-local is open to nobody:
// cloud providers hand out the machine's own credentials there.
const closed: ReadonlySet<AddressClass> = new Set<AddressClass>(['linkLocal', 'metadata', 'unusable']);

/** Whether a channel may connect to this numeric address, by who made it. */
export function mayReceive(address: string, reach: 'administrator' | 'everybody'): boolean {
  const sort = addressClass(address);
  return reach === 'administrator' ? !closed.has(sort) : sort === 'public';
}

/** A web address as typed; null when it is none, or carries a user name or a password. */
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

/** A web address as it may be shown: its path and query are often the secret. */
export function maskedUrl(url: URL): string {
  return url.pathname === '/' && url.search === '' ? `${url.origin}/` : `${url.origin}/…`;
}
