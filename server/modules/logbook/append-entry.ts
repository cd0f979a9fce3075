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

/** Writes an entry as the newest link of the chain. It takes the chain's lock, so that it comes last in a transaction. */
export async function appendEntry(
  { db, publish, live }: Unit<'logbook'>,
  { said, ...draft }: EntryDraft,
  { at, factId }: { readonly at: Date; readonly factId: string | null },
): Promise<StoredEntry> {
  const store = entryStore(db);
  const last = await store.lastLink();
  const sequence = (last?.sequence ?? 0) + 1;
  const unlinked = { id: uuid(), sequence, at, ...draft, code: said.code, data: said.data, factId, hash: '' };
  const entry = { ...unlinked, hash: linkHash(last?.hash ?? chainStart, entryContent(unlinked)) };
  const words = [
    tellEntry(said.code, said.data, 'en'),
    tellEntry(said.code, said.data, 'fr'),
    draft.thing?.name ?? '',
    draft.who.name,
  ];
  await store.add(entry, words.join('\n'));
  await publish('logbook.entryWritten', { entryId: entry.id, sequence });
  await live('logbook.entry', entry.id);
  return entry;
}
