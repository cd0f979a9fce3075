import { isIP } from 'node:net';

/** One mechanism of an SPF record with its sign (RFC 7208, 4.6.1). */
export interface Directive {
  readonly sign: '+' | '-' | '~' | '?';
  readonly mechanism: string;
  /** The domain it names; empty for the record's own. */
  readonly domain: string;
}

const signs: Readonly<Record<string, Directive['sign']>> = { '': '+', '+': '+', '-': '-', '~': '~', '?': '?' };

/** Reads one term; undefined when it is none (RFC 7208, 12). */
export function readDirective(term: string): Directive | undefined {
  const [, mark = '', word = '', rest = ''] = /^([+?~-]?)([A-Za-z0-9]+)(.*)$/u.exec(term) ?? [];
  const sign = signs[mark];
  const mechanism = word.toLowerCase();
  const domain = sign === undefined ? undefined : domainIn(mechanism, rest);
  return sign === undefined || domain === undefined ? undefined : { sign, mechanism, domain };
}

/** The domain in what stands behind the word, empty for none; undefined when that is not valid. */
function domainIn(mechanism: string, rest: string): string | undefined {
  switch (mechanism) {
    case 'all':
      return rest === '' ? '' : undefined;
    case 'ip4':
      return isNetwork(rest, 4) ? '' : undefined;
    case 'ip6':
      return isNetwork(rest, 6) ? '' : undefined;
    case 'include':
    case 'exists':
      return rest.startsWith(':') && isDomain(rest.slice(1)) ? rest.slice(1) : undefined;
    case 'ptr':
      return rest === '' || (rest.startsWith(':') && isDomain(rest.slice(1))) ? rest.slice(1) : undefined;
    case 'a':
    case 'mx':
      return hostIn(rest);
    default:
      return undefined;
  }
}

/** `:domain`, `/24` and `//64`, each if need be. */
function hostIn(rest: string): string | undefined {
  const shape = /^(?::([\x21-\x2e\x30-\x7e]+))?(?:\/(\d{1,2}))?(?:\/\/(\d{1,3}))?$/u.exec(rest);
  if (shape === null) return undefined;
  const [, domain, v4 = '0', v6 = '0'] = shape;
  if (Number(v4) > 32 || Number(v6) > 128 || (domain !== undefined && !isDomain(domain))) return undefined;
  return domain ?? '';
}

function isNetwork(rest: string, family: 4 | 6): boolean {
  const [, address = '', bits = '0'] = /^:([0-9A-Fa-f.:]+)(?:\/(\d{1,3}))?$/u.exec(rest) ?? [];
  return isIP(address) === family && Number(bits) <= (family === 4 ? 32 : 128);
}

function isDomain(text: string): boolean {
  const plain = text.replaceAll(/%(?:\{[SLODIPHCRTVslodiphcrtv]\d*r?[.+,/_=-]*\}|[%_-])/gu, 'x');
  return /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?$/u.test(plain);
}
