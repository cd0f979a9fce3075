import { chainStart, linkHash } from '#platform/hash-chain.ts';
import { entryContent } from './append-entry.ts';
import type { StoredEntry } from './store-entry.ts';

const linksAtOnce = 1_000;

/** Walks the logbook from its beginning and says whether every hash fits, reading it in pieces. */
export async function verifyLogbook(
  read: (after: number, limit: number) => Promise<readonly StoredEntry[]>,
): Promise<{ holds: boolean; length: number; brokenAt: number | null }> {
  let previous = chainStart;
  let last = 0;
  for (;;) {
    const links = await read(last, linksAtOnce);
    if (links.length === 0) return { holds: true, length: last, brokenAt: null };
    for (const link of links) {
      if (link.sequence !== last + 1 || link.hash !== linkHash(previous, entryContent(link)))
        return { holds: false, length: last, brokenAt: last + 1 };
      previous = link.hash;
      last = link.sequence;
    }
  }
}
