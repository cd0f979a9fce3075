import type { WebAddress } from '#probe/web/web-address.ts';

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly secure: boolean;
  readonly name: string;
  readonly value: string;
}

const cookiesKept = 50;
const cookieLimit = 4_096;

/**
 * The cookies of one scenario (RFC 6265). Each goes back to the very host that set it and to no other, whatever its
 * Domain says: a check needs no more, and no server can then plant one for its neighbour.
 */
export class CookieJar {
  #cookies: Cookie[] = [];

  take(from: WebAddress, lines: readonly string[], nowMs: number): void {
    for (const line of lines.slice(0, cookiesKept)) {
      const [pair = '', ...attributes] = line.slice(0, cookieLimit).split(';');
      const equals = pair.indexOf('=');
      const name = pair.slice(0, Math.max(0, equals)).trim();
      const value = pair.slice(equals + 1).trim();
      if (name === '' || /[^\u0021-\u007e]/u.test(name) || /[^\u0020-\u007e]/u.test(value)) continue;
      const said = new Map(attributes.map((each) => attribute(each)));
      const path = said.get('path')?.startsWith('/') === true ? (said.get('path') ?? '/') : '/';
      const host = from.hostName.toLowerCase();
      this.#cookies = this.#cookies.filter((each) => each.name !== name || each.host !== host || each.path !== path);
      if (!isOver(said, nowMs)) this.#cookies.push({ host, path, secure: said.has('secure'), name, value });
    }
    this.#cookies = this.#cookies.slice(-cookiesKept);
  }

  /** The Cookie header for a request; undefined when there is nothing to send. */
  headerFor({ hostName, path, scheme }: WebAddress): string | undefined {
    const fitting = this.#cookies.filter(
      (each) =>
        each.host === hostName.toLowerCase() &&
        (!each.secure || scheme === 'https') &&
        (path.split('?')[0] ?? '').startsWith(each.path),
    );
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

function attribute(text: string): readonly [string, string] {
  const [name = '', ...value] = text.split('=');
  return [name.trim().toLowerCase(), value.join('=').trim()];
}

function isOver(said: ReadonlyMap<string, string>, nowMs: number): boolean {
  const maxAge = said.get('max-age');
  if (maxAge !== undefined && /^-?\d{1,12}$/u.test(maxAge)) return Number(maxAge) <= 0;
  const expires = Date.parse(said.get('expires') ?? '');
  return Number.isFinite(expires) && expires <= nowMs;
}
