import { v7 as uuid } from 'uuid';
import { chainStart, linkHash } from '#platform/hash-chain.ts';
import type { Unit } from '#platform/outbox.ts';
import type { EntryDraft } from './entry-of-fact.ts';
import { tellEntry } from './entry-words.ts';
import { entryStore, type StoredEntry } from './store-entry.ts';

/** What an entry's hash covers: all of it but the hash itself. */
export function entryContent(entry: StoredEntry): Record<string, unknown> {
  return Object.fromEntries(Object.entries(entry).filter(([name]) => name !== 'hash'));
}

/** An entry, when it was and the fact that it tells of. */
export interface Line {
  readonly draft: EntryDraft;
  readonly at: Date;
  readonly factId: string | null;
}

/** Writes an entry as the newest link of the chain. It takes the chain's lock, so that it comes last in a transaction. */
export async function appendEntry(
  unit: Unit<'logbook'>,
  draft: EntryDraft,
  { at, factId }: { readonly at: Date; readonly factId: string | null },
): Promise<StoredEntry> {
  const [entry] = await appendEntries(unit, [{ draft, at, factId }]);
  if (entry === undefined) throw new Error('an entry was not written');
  return entry;
}

/** The same for many, one after the other. */
export async function appendEntries(
  { db, publishAll, liveAll }: Unit<'logbook'>,
  lines: readonly Line[],
): Promise<StoredEntry[]> {
  if (lines.length === 0) return [];
  const store = entryStore(db);
  let last = (await store.lastLink()) ?? { sequence: 0, hash: chainStart };
  const entries = lines.map(({ draft: { said, ...draft }, at, factId }): StoredEntry => {
    const sequence = last.sequence + 1;
    const unlinked = { id: uuid(), sequence, at, ...draft, code: said.code, data: said.data, factId, hash: '' };
    const entry = { ...unlinked, hash: linkHash(last.hash, entryContent(unlinked)) };
    last = entry;
    return entry;
  });
  await store.add(entries.map((entry) => ({ entry, words: wordsOf(entry) })));
  await publishAll(
    entries.map(({ id, sequence }) => ({ name: 'logbook.entryWritten', payload: { entryId: id, sequence } })),
  );
  await liveAll(entries.map(({ id }) => ({ topic: 'logbook.entry', id })));
  return entries;
}

/** All by which an entry is to be found, in both languages. */
function wordsOf({ code, data, thing, who }: StoredEntry): string {
  return [tellEntry(code, data, 'en'), tellEntry(code, data, 'fr'), thing?.name ?? '', who.name].join('\n');
}
