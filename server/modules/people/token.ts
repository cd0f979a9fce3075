import { createHash, randomBytes } from 'node:crypto';

/** A new secret for a session, an API token or a one-time link: 256 random bits, safe in a URL. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is stored of a token. The token itself is random enough that a plain hash cannot be turned back. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
