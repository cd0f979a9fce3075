import { decodeWords } from './header-text.ts';

/** Somebody in a header of a message. */
export interface MailAddress {
  /** What the writer calls him; '' when nothing. Not to be believed. */
  readonly name: string;
  /** The local part as it stands, the domain in lower case. */
  readonly address: string;
}

const mostAddresses = 1_000;
const longestHeader = 200_000;

/** Reads a list of addresses (RFC 5322, 3.4) as leniently as people write them; groups are opened. What is no address is left out. */
export function parseAddresses(header: string): MailAddress[] {
  const found: MailAddress[] = [];
  for (const piece of splitList(header.slice(0, longestHeader))) {
    if (found.length >= mostAddresses) break;
    const address = parseOne(piece);
    if (address !== null) found.push(address);
  }
  return found;
}

/** Cuts at commas, semicolons and group names, outside of quotes, comments and angle brackets. */
function* splitList(header: string): Generator<string> {
  const around = new Surroundings();
  let piece = '';
  for (let at = 0; at < header.length; at += 1) {
    const sign = header[at] ?? '';
    if (sign === '\\' && around.mayEscape) {
      piece += sign + (header[at + 1] ?? '');
      at += 1;
      continue;
    }
    around.pass(sign);
    if (!around.areNone) piece += sign;
    else if (sign === ',' || sign === ';') {
      yield piece;
      piece = '';
    } else if (sign === ':' && !piece.includes('@')) piece = '';
    else piece += sign;
  }
  yield piece;
}

/** What a sign of the header stands in. */
class Surroundings {
  #quoted = false;
  #comments = 0;
  #angle = false;

  get areNone(): boolean {
    return !this.#quoted && this.#comments === 0 && !this.#angle;
  }

  /** Whether a backslash here takes the next sign's meaning away (RFC 5322, 3.2.1). */
  get mayEscape(): boolean {
    return this.#quoted || this.#comments > 0;
  }

  pass(sign: string): void {
    if (sign === '"' && this.#comments === 0) this.#quoted = !this.#quoted;
    if (this.#quoted) return;
    if (sign === '(') this.#comments += 1;
    else if (sign === ')' && this.#comments > 0) this.#comments -= 1;
    else if (sign === '<') this.#angle = true;
    else if (sign === '>') this.#angle = false;
  }
}

function parseOne(piece: string): MailAddress | null {
  const text = piece.trim();
  if (text === '') return null;
  // The last pair of brackets holds the address, whatever stands in the name.
  const open = text.lastIndexOf('<');
  const close = text.indexOf('>', open);
  if (open !== -1) {
    const address = tidyAddress(text.slice(open + 1, close === -1 ? undefined : close));
    return address === null ? null : { name: tidyName(text.slice(0, open)), address };
  }
  const comment = /\((?<name>[^()]{0,300})\)/u.exec(text)?.groups?.['name'] ?? '';
  const address = tidyAddress(text.replaceAll(/\([^()]{0,300}\)/gu, '').trim());
  return address === null ? null : { name: tidyName(comment), address };
}

function tidyAddress(text: string): string | null {
  const bare = text.replace(/^mailto:/iu, '').replaceAll(/[\s"'<>]/gu, '');
  // RFC 5322, 4.4: an obsolete route before the address.
  const address = bare.startsWith('@') ? bare.slice(bare.indexOf(':') + 1) : bare;
  const at = address.lastIndexOf('@');
  if (at <= 0 || at === address.length - 1 || address.length > 320) return null;
  return `${address.slice(0, at)}@${address
    .slice(at + 1)
    .toLowerCase()
    .replace(/\.$/u, '')}`;
}

const controls = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu;

function tidyName(text: string): string {
  const bare = text
    .trim()
    .replace(/^"(?<inner>.*)"$/su, '$<inner>')
    .replaceAll(/\\(?=["\\()])/gu, '');
  // Encoded words in quotes are against the rules and everywhere.
  return decodeWords(bare).replaceAll(controls, '').trim().slice(0, 200);
}

/** Two addresses for one mailbox: local parts are told apart by nobody that matters. */
export function sameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
