import { createHash } from 'node:crypto';

/** The hash before the first link. */
export const chainStart = '0'.repeat(64);

type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

function canonical(value: unknown): Plain {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(
      entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, canonical(inner)]),
    );
  }
  return null;
}

/**
 * The hash of one link of an append-only chain: SHA-256 over the hash before it and the link's content, written as
 * JSON with sorted keys (the idea of RFC 8785). Changing or removing any earlier link changes all that follow.
 */
export function linkHash(previous: string, content: Readonly<Record<string, unknown>>): string {
  return createHash('sha256')
    .update(previous)
    .update('\n')
    .update(JSON.stringify(canonical(content)))
    .digest('hex');
}
