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
  let piece = '';
  let quoted = false;
  let comments = 0;
  let angle = false;
  for (let at = 0; at < header.length; at += 1) {
    const sign = header[at] ?? '';
    if (sign === '\\' && (quoted || comments > 0)) {
      piece += sign + (header[at + 1] ?? '');
      at += 1;
      continue;
    }
    if (sign === '"' && comments === 0) quoted = !quoted;
    else if (!quoted && sign === '(') comments += 1;
    else if (!quoted && sign === ')' && comments > 0) comments -= 1;
    else if (!quoted && sign === '<') angle = true;
    else if (!quoted && sign === '>') angle = false;
    const isFree = !quoted && comments === 0 && !angle;
    if (isFree && (sign === ',' || sign === ';')) {
      yield piece;
      piece = '';
    } else if (isFree && sign === ':' && !piece.includes('@')) piece = '';
    else piece += sign;
  }
  yield piece;
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
