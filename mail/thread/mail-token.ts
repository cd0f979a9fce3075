import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** One of the keys that sign. */
export interface MailKey {
  /** One letter or figure, lower case, that tells it from the others. */
  readonly id: string;
  /** At least 32 bytes. */
  readonly secret: Uint8Array;
}

/** The first signs; all are believed, so that a new key can be put in front while mails with the old one are under way. */
export type MailKeys = readonly [MailKey, ...MailKey[]];

/**
 * A ticket's id, signed, fit for a Message-ID and for the part of an address behind "+": lower case only, because servers
 * on the way change the case of addresses. 80 bits of signature; each place has its own, so that none can be moved.
 */
type Place = 'message' | 'address' | 'bounce' | 'rating';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const macBytes = 10;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/u;

/** A new Message-ID that says to which ticket answers belong. `ticket` is a UUID. */
export function messageIdOf(ticket: string, domain: string, keys: MailKeys): string {
  return messageIdWith(ticket, encode(randomBytes(5)), domain, keys);
}

/** The same for a mail that must not get a second id when it is sent again: `once` is what makes it that mail. */
export function messageIdFor(ticket: string, once: string, domain: string, keys: MailKeys): string {
  const digest = createHmac('sha256', keys[0].secret).update(`once\n${ticket}\n${once}`).digest().subarray(0, 5);
  return messageIdWith(ticket, encode(digest), domain, keys);
}

function messageIdWith(ticket: string, nonce: string, domain: string, keys: MailKeys): string {
  const body = encode(uuidBytes(ticket));
  const [key] = keys;
  return `<vigie.${body}.${nonce}.${key.id}${mac(key, 'message', `${body}.${nonce}`)}@${domain}>`;
}

/** The ticket to which a Message-ID of ours belongs; null when it is not ours or was tampered with. */
export function ticketOfId(id: string, keys: MailKeys): string | null {
  const parts = /^<vigie\.(?<body>[a-z2-7]{26})\.(?<nonce>[a-z2-7]{8})\.(?<key>[a-z0-9])(?<mac>[a-z2-7]{16})@/u.exec(
    id.toLowerCase(),
  )?.groups;
  if (parts === undefined) return null;
  const { body = '', nonce = '' } = parts;
  return isSigned(keys, parts, 'message', `${body}.${nonce}`) ? uuidOf(body) : null;
}

/** Whether it looks like one of ours at all, so that a forged one can be told from a foreign one. */
export function looksLikeOurs(id: string): boolean {
  return /^<vigie\.[a-z2-7]{26}\./iu.test(id);
}

/** "desk@firm.example" becomes "desk+…@firm.example": answers to it belong to the ticket. Null when the name would be too long. */
export function plusAddress(
  mailbox: string,
  ticket: string,
  place: 'address' | 'bounce',
  keys: MailKeys,
): string | null {
  const at = mailbox.lastIndexOf('@');
  const [key] = keys;
  const body = encode(uuidBytes(ticket));
  const letter = place === 'address' ? 't' : 'b';
  const local = `${mailbox.slice(0, at)}+${letter}${body}.${key.id}${mac(key, place, body)}`;
  // RFC 5321, 4.5.3.1.1.
  return local.length > 64 ? null : `${local}${mailbox.slice(at)}`;
}

/** The ticket that a plus-address names; null when it names none or was tampered with. */
export function ticketOfAddress(
  address: string,
  keys: MailKeys,
): { readonly ticket: string; readonly place: 'address' | 'bounce' } | null {
  const parts = /\+(?<place>[tb])(?<body>[a-z2-7]{26})\.(?<key>[a-z0-9])(?<mac>[a-z2-7]{16})@/u.exec(
    address.toLowerCase(),
  )?.groups;
  if (parts === undefined) return null;
  const place = parts['place'] === 't' ? 'address' : 'bounce';
  const { body = '' } = parts;
  if (!isSigned(keys, parts, place, body)) return null;
  const ticket = uuidOf(body);
  return ticket === null ? null : { ticket, place };
}

/** A ticket's id for a link by which its requester says whether they are satisfied. */
export function ratingToken(ticket: string, keys: MailKeys): string {
  const [key] = keys;
  const body = encode(uuidBytes(ticket));
  return `${body}.${key.id}${mac(key, 'rating', body)}`;
}

/** The ticket of such a link; null when it is none of ours. */
export function ticketOfRating(token: string, keys: MailKeys): string | null {
  const parts = /^(?<body>[a-z2-7]{26})\.(?<key>[a-z0-9])(?<mac>[a-z2-7]{16})$/u.exec(token.toLowerCase())?.groups;
  const body = parts?.['body'] ?? '';
  return parts !== undefined && isSigned(keys, parts, 'rating', body) ? uuidOf(body) : null;
}

function isSigned(
  keys: MailKeys,
  parts: Readonly<Record<string, string | undefined>>,
  place: Place,
  body: string,
): boolean {
  const key = keys.find(({ id }) => id === parts['key']);
  if (key === undefined) return false;
  const wanted = Buffer.from(mac(key, place, body));
  const given = Buffer.from(parts['mac'] ?? '');
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

function mac(key: MailKey, place: Place, body: string): string {
  return encode(
    createHmac('sha256', key.secret).update(`vigie mail\n${place}\n${body}`).digest().subarray(0, macBytes),
  );
}

function uuidBytes(ticket: string): Buffer {
  if (!uuid.test(ticket)) throw new TypeError('a ticket’s id is a UUID');
  return Buffer.from(ticket.replaceAll('-', ''), 'hex');
}

function uuidOf(body: string): string | null {
  const hex = decode(body).subarray(0, 16).toString('hex');
  return hex.length === 32 ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, '$1-$2-$3-$4-$5') : null;
}

/** RFC 4648, 6, in lower case and without padding. */
function encode(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(held >> bits) & 31] ?? '';
    }
    held &= 0xff;
  }
  return bits === 0 ? out : out + (alphabet[(held << (5 - bits)) & 31] ?? '');
}

function decode(text: string): Buffer {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const sign of text) {
    held = ((held & 0xfff) << 5) | Math.max(0, alphabet.indexOf(sign));
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push((held >> bits) & 255);
  }
  return Buffer.from(out);
}
