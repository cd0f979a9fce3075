import { createHmac } from 'node:crypto';

/** Ways of proving who one is that all mail protocols share (RFC 4422). */
export const saslMethods = ['PLAIN', 'LOGIN', 'CRAM-MD5'] as const;
export type SaslMethod = (typeof saslMethods)[number];

/** An account. */
export interface Credential {
  readonly user: string;
  readonly password: string;
}

/**
 * The method to use of those offered: the wanted one or, for `auto`, the one that tells least on the way there.
 * Undefined when nothing fits.
 */
export function chooseSasl(
  offered: readonly string[],
  wanted: SaslMethod | 'auto',
  encrypted: boolean,
): SaslMethod | undefined {
  const known = new Set(offered.map((name) => name.toUpperCase()));
  if (wanted !== 'auto') return known.has(wanted) ? wanted : undefined;
  // CRAM-MD5 spares the password the way in the clear; where the way is protected, PLAIN asks least of the server.
  const order: readonly SaslMethod[] = encrypted ? ['PLAIN', 'LOGIN', 'CRAM-MD5'] : ['CRAM-MD5', 'PLAIN', 'LOGIN'];
  return order.find((method) => known.has(method));
}

/**
 * What to answer to the challenges of a method, in base64: PLAIN (RFC 4616) and CRAM-MD5 (RFC 2195) have one, LOGIN two.
 * `challenge` is base64 as the server sent it, `round` counts from zero. Undefined when the server asks on and on.
 */
export function saslAnswer(
  method: SaslMethod,
  { user, password }: Credential,
  challenge: string,
  round: number,
): string | undefined {
  if (method === 'LOGIN') return round > 1 ? undefined : base64(round === 0 ? user : password);
  if (round > 0) return undefined;
  if (method === 'PLAIN') return base64(`\0${user}\0${password}`);
  const digest = createHmac('md5', password).update(Buffer.from(challenge, 'base64')).digest('hex');
  return base64(`${user} ${digest}`);
}

function base64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
