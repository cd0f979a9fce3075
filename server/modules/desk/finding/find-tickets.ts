import type { RowSort } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { readFilter, type TicketFilter } from './filter-words.ts';
import { foldText, wordsOf } from './fold-text.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { marksIn, snippetOf, stemOf } from './snippet.ts';
import { findStore, type Candidate, type Found } from './store-find.ts';
import { rowStore, type Asked } from './store-rows.ts';
import { searchStore } from './store-search.ts';
import { isOver } from '../tickets/ticket-moves.ts';

interface Understood {
  readonly asked: Asked;
  readonly words: readonly string[];
  readonly instead: ReadonlyMap<string, readonly string[]>;
}

const mostWords = 12;

/** Understands typed words, and finds what is nearly alike for those that stand nowhere. */
async function understand(parts: DeskParts, filter: TicketFilter, me: string, typing: boolean): Promise<Understood> {
  const plain = filter.words.flatMap(wordsOf);
  const exact = filter.exact.flatMap(wordsOf);
  const words = [...plain, ...exact].slice(0, mostWords);
  const search = searchStore(parts.db);
  // The last word may still be typed.
  const asked = words.map((word, index) => ({
    word,
    begun: typing && index === plain.length - 1 && filter.exact.length === 0,
  }));
  const instead = await search.instead(asked.slice(0, plain.length));
  const query = await search.query(
    asked.map(({ word, begun }) => ({ any: [word, ...(instead.get(word) ?? [])], begun })),
  );
  return { asked: { filter, me, now: parts.clock.now(), query }, words, instead };
}

/** What a list's typed words ask for. */
export async function askedFor(parts: DeskParts, words: string, me: string): Promise<Asked> {
  return (await understand(parts, readFilter(words), me, true)).asked;
}

/** Tickets as a list shows them. */
export async function listRows(
  parts: DeskParts,
  { words, sort, limit, after }: { words: string; sort: RowSort; limit: number; after?: string | undefined },
  { me, language }: { me: string; language: Language },
) {
  const asked = await askedFor(parts, words, me);
  const page = await rowStore(parts.db).find(asked, { sort, limit, after }, language);
  return { ...page, unknown: [...asked.filter.unknown] };
}

/** How likely a hit is the one that is looked for: by its title first, then by people and things, open ones before others. */
function weight(
  { title, requester, thing, category, state }: Candidate,
  words: readonly string[],
  place: number,
): number {
  const inTitle = wordsOf(title);
  const others = wordsOf([requester, thing, category].join(' '));
  let sum = isOver(state) ? 0 : 1.5;
  for (const word of words) {
    if (inTitle.includes(word)) sum += 4;
    else if (inTitle.some((one) => one.startsWith(stemOf(word)))) sum += 3;
    else if (others.some((one) => one.startsWith(stemOf(word)))) sum += 2;
  }
  return sum - place / 100;
}

/** Finds tickets by what is written in them, as one types. */
export async function searchTickets(
  parts: DeskParts,
  { words: typed, limit }: { words: string; limit: number },
  { me, language }: { me: string; language: Language },
) {
  const filter = readFilter(typed);
  const { asked, words, instead } = await understand(parts, filter, me, true);
  const nothing = foldText(typed).trim() === '';
  // Words that say nothing in either language find nothing; operators alone are a list.
  const empty = nothing || (words.length > 0 && asked.query === null && filter.exact.length === 0);
  const hits = empty ? [] : await findStore(parts.db).candidates(asked, language);
  const meant = words.flatMap((word) => [word, ...(instead.get(word) ?? [])]);
  const best = hits
    .map((hit, place) => ({ hit, weight: weight(hit, meant, place) }))
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, limit)
    .map(({ hit }) => hit);
  const stems = [...new Set(meant.filter((word) => word.length > 2 || /\d/u.test(word)).map(stemOf))];
  const snippets = await findStore(parts.db).snippets(
    best.map(({ id }) => id),
    stems,
  );
  const items: Found[] = best.map(({ thing: _thing, category: _category, ...hit }) => ({
    ...hit,
    updatedAt: hit.updatedAt.toISOString(),
    titleMarks: marksIn(hit.title, stems),
    ...snippetOf(snippets.get(hit.id) ?? '', stems),
  }));
  return {
    items,
    instead: [...instead].flatMap(([word, taken]) => (taken.length === 0 ? [] : [{ typed: word, taken: [...taken] }])),
    unknown: [...filter.unknown],
  };
}
