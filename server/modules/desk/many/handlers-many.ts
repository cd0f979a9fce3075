import type { desk } from '#contract/desk-requests.ts';
import type { BulkChange } from '#contract/desk-words.ts';
import type { Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { changeMany, mostTickets, previewMany, undoMany } from './change-many.ts';
import { enterQuick, readLine } from '../finding/enter-quick.ts';
import { askedFor, searchTickets } from '../finding/find-tickets.ts';
import { readerOf, whoIs } from '../tickets/handlers-tickets.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { readSheet } from '../tickets/read-sheet.ts';
import { bulkStore } from './store-bulk.ts';
import { rowStore } from '../finding/store-rows.ts';

type Desk = Handlers<typeof desk>;

interface Many {
  readonly ids: readonly string[];
  readonly words: string;
  readonly change: BulkChange;
}

/** What is asked of many tickets at once, of the search and of the quick entry. */
export function manyHandlers(parts: DeskParts): Pick<Desk, 'bulk' | 'search' | 'quick'> {
  const { db } = parts;
  const chosen = async ({ ids, words }: Many, caller: Caller): Promise<readonly string[]> =>
    ids.length > 0 || words.trim() === ''
      ? ids
      : rowStore(db).ids(await askedFor(parts, words, readerOf(caller).me), mostTickets + 1);
  return {
    bulk: {
      async preview(input, caller) {
        const ids = await chosen(input, caller);
        const changing = await previewMany(parts, ids, input.change, whoIs(caller));
        return {
          total: ids.length,
          changing: changing.length,
          items: await rowStore(db).some(changing.slice(0, 50), caller.language, parts.clock.now()),
        };
      },
      start: async (input, caller) => changeMany(parts, await chosen(input, caller), input.change, whoIs(caller)),
      get: async ({ id }) => (await bulkStore(db).get(id)) ?? Promise.reject(new Refusal('not_found')),
      undo: ({ id }) => undoMany(parts, id),
      list: async () => ({ items: await bulkStore(db).latest() }),
    },
    search: (input, caller) => searchTickets(parts, input, readerOf(caller)),
    quick: {
      read: ({ line }, { language }) => readLine(parts, line, language),
      async enter(input, caller) {
        const id = await enterQuick(parts, input, { who: whoIs(caller), language: caller.language });
        return readSheet(parts, id, readerOf(caller));
      },
    },
  };
}
