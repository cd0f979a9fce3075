import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What a person typed in order to add something. */
export type WantedAddress =
  | { readonly kind: 'one'; readonly address: string; readonly port?: number }
  | { readonly kind: 'url'; readonly address: string; readonly port: number; readonly url: URL }
  | { readonly kind: 'network'; readonly addresses: readonly string[] }
  | { readonly kind: 'refused'; readonly why: 'notAnAddress' | 'networkTooLarge' };

// A /24 of IPv4, or the same count in IPv6.
const largestHostBits = 8;

/** Reads a name, an address, either with a port, a web address, or a small network in CIDR form. */
export function readWanted(typed: string): WantedAddress {
  const text = typed.trim();
  if (text.length === 0 || text.length > 2_000) return { kind: 'refused', why: 'notAnAddress' };
  if (/^https?:\/\//iu.test(text)) return readUrl(text);
  if (ipaddr.isValidCIDR(text)) return readNetwork(text);
  if (isIP(text) !== 0) return { kind: 'one', address: text };
  const [, bracketed, name, port] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9_.-]+))(?::(\d{1,5}))?\.?$/u.exec(text) ?? [];
  const address = bracketed ?? name;
  if (address === undefined || (bracketed !== undefined && isIP(bracketed) !== 6) || !isHostName(address)) {
    return { kind: 'refused', why: 'notAnAddress' };
  }
  if (port === undefined) return { kind: 'one', address };
  const number = Number(port);
  return number >= 1 && number <= 65_535
    ? { kind: 'one', address, port: number }
    : { kind: 'refused', why: 'notAnAddress' };
}

function isHostName(text: string): boolean {
  if (isIP(text) !== 0) return true;
  const labels = text.replace(/\.$/u, '').split('.');
  // "300.1.2.3" is a mistyped address and not a name.
  if (text.length > 253 || /^\d+$/u.test(labels.at(-1) ?? '')) return false;
  return labels.every((label) => /^[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/u.test(label));
}

function readUrl(text: string): WantedAddress {
  if (!URL.canParse(text)) return { kind: 'refused', why: 'notAnAddress' };
  const url = new URL(text);
  const address = url.hostname.replace(/^\[|\]$/gu, '');
  if (!isHostName(address)) return { kind: 'refused', why: 'notAnAddress' };
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { kind: 'url', address, port, url };
}

function readNetwork(text: string): WantedAddress {
  const [base, bits] = ipaddr.parseCIDR(text);
  const width = base.kind() === 'ipv4' ? 32 : 128;
  const hostBits = width - bits;
  if (hostBits > largestHostBits) return { kind: 'refused', why: 'networkTooLarge' };
  const bytes = base.toByteArray();
  const count = 2 ** hostBits;
  const last = bytes.length - 1;
  const first = (bytes[last] ?? 0) & ~(count - 1);
  const all = Array.from({ length: count }, (_none, index) =>
    ipaddr.fromByteArray(bytes.with(last, first + index)).toString(),
  );
  // The first and the last address of an IPv4 network are its name and its broadcast.
  return { kind: 'network', addresses: base.kind() === 'ipv4' && hostBits >= 2 ? all.slice(1, -1) : all };
}
