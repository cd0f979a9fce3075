import type { Language } from '#contract/words.ts';
import { bestPassage, type Passage } from './best-passage.ts';
import { wordsOf } from './fold-text.ts';
import { frenchness, languageOf } from './function-words.ts';
import { countsOf, Ranker, type EntryTerms } from './ranker.ts';
import { pairs, pieces, runs, stems, type TermsOf } from './terms.ts';
import { fieldLanguageOf, translateQuestion } from './translate-question.ts';

/** Something known: a solution, a guide, an earlier ticket. */
export interface SolutionEntry {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** Key words; they count as part of the title. */
  readonly tags?: readonly string[];
  /** When it was written down, milliseconds since 1970; what is near in time to the question is likelier its answer. */
  readonly timeMs?: number;
}

/** What somebody wants to know: a sentence, or a title with more on the lines below. */
export interface SolutionQuestion {
  readonly text: string;
  /** When it is asked. */
  readonly timeMs?: number;
  /** Only what was written down before this moment may answer. */
  readonly beforeMs?: number;
}

/** An entry that may be the answer. */
export interface SolutionFound {
  readonly id: string;
  /** From 0 to 1, to order by: 1 where every way of looking puts this entry first. Not comparable between questions. */
  readonly score: number;
  /** From 0 to 1: how much of what the question says (its words by their rarity) stands in the entry. */
  readonly told: number;
  /** The sentence of the entry's text that is nearest to the question. */
  readonly passage: Passage | undefined;
}

/** The ways of looking, and how much each is believed. */
const ways: readonly { readonly termsOf: TermsOf; readonly believed: number; readonly looksAt: 'all' | 'title' }[] = [
  { termsOf: stems, believed: 1.25, looksAt: 'all' },
  { termsOf: runs, believed: 1, looksAt: 'all' },
  { termsOf: pairs, believed: 0.35, looksAt: 'all' },
  { termsOf: pieces, believed: 0.5, looksAt: 'title' },
];
const passageBelieved = 0.2;
const nearnessBelieved = 0.75;
const allBelieved = ways.reduce((sum, { believed }) => sum + believed, passageBelieved + nearnessBelieved);
/** What is so far in time is a third as near. */
const nearMs = 180 * 86_400_000;
/** The first line of a question counts so often against the lines below. */
const firstLineWeight = 3;
/** So many of the first are looked at sentence by sentence. */
const mostRead = 30;
/** Letters of a title, a text and a question that are looked at. */
const mostTitle = 1_000;
const mostText = 50_000;
const mostQuestion = 20_000;
/** Removed entries are passed over until there are so many more of them than of the others. */
const worstWaste = 1_000;

interface Kept {
  readonly entry: SolutionEntry;
  readonly document: number;
  readonly language: Language;
  /** How many entries have the same title, itself among them. */
  readonly alike: { count: number };
}

/**
 * All that is known, ready to be asked: an index in memory that is brought up to date entry by entry. It learns how rare
 * words are from the entries themselves, needs no language to be named, and gives the same answers in whatever order the
 * entries came.
 */
export class SolutionIndex {
  private rankers = ways.map(() => new Ranker());
  private readonly kept = new Map<string, Kept>();
  private byDocument: (Kept | undefined)[] = [];
  private titles = new Map<string, { count: number }>();
  /** How many more entries are French than English. */
  private french = 0;

  /** How many entries there are. */
  get size(): number {
    return this.kept.size;
  }

  /** Adds an entry, or puts it in the place of the one with the same id. */
  put(entry: SolutionEntry): void {
    this.remove(entry.id);
    if (this.byDocument.length > 2 * this.kept.size + worstWaste) this.startAnew();
    const cut = { ...entry, title: entry.title.slice(0, mostTitle), text: entry.text.slice(0, mostText) };
    this.add(cut, entryLanguage(cut));
  }

  /** Takes an entry away; false when there is none with this id. */
  remove(id: string): boolean {
    const known = this.kept.get(id);
    if (known === undefined) return false;
    this.kept.delete(id);
    this.byDocument[known.document] = undefined;
    this.count(known, -1);
    for (const [at, way] of ways.entries()) this.rankers[at]?.remove(termsOfEntry(known, way));
    return true;
  }

  /** The entries that are likeliest to answer, best first. */
  find(question: SolutionQuestion, most: number): SolutionFound[] {
    const asked = question.text.slice(0, mostQuestion);
    const sayings = this.sayingsOf(asked);
    const scores = new Float64Array(this.byDocument.length);
    const own = new Float64Array(this.byDocument.length);
    for (const [at, { believed }] of ways.entries()) {
      own.fill(0);
      this.score(at, sayings, own);
      if (ways[at]?.looksAt === 'title') this.shareAmongAlike(own);
      this.addInShares(own, believed, question, scores);
    }
    this.addNearness(question, scores);
    for (let document = 0; document < scores.length; document += 1) {
      if (scores[document] !== 0 && !this.mayAnswer(document, question)) scores[document] = 0;
    }
    const first = best(scores, Math.max(mostRead, most));
    return this.read(first, sayings, scores).slice(0, most);
  }

  /** What was asked, and, where there are entries of the other language, the same in that. */
  private sayingsOf(asked: string): Sayings {
    const words = wordsOf(asked);
    const language = languageOf(words, fieldLanguageOf(words, this.french >= 0 ? 'fr' : 'en'));
    const other = language === 'fr' ? 'en' : 'fr';
    const isMixed = this.kept.size + (other === 'fr' ? this.french : -this.french) > 0;
    const text = isMixed ? translateQuestion(asked, language) : undefined;
    return { own: { text: asked, language }, other: text === undefined ? undefined : { text, language: other } };
  }

  /** What each entry earns one way of looking: by the question as it was asked or, in the other language, as it would be asked there. */
  private score(way: number, { own, other }: Sayings, scores: Float64Array): void {
    const ranker = this.rankers[way];
    const termsOf = ways[way]?.termsOf ?? stems;
    if (ranker === undefined) return;
    const terms = questionTerms(own.text, own.language, termsOf);
    ranker.score(terms, scores);
    if (other === undefined) return;
    const otherTerms = questionTerms(other.text, other.language, termsOf);
    const translated = new Float64Array(scores.length);
    ranker.score(otherTerms, translated);
    // A thing may have several names there, of which an entry uses one: more words are not more to find.
    const share = Math.min(1, ranker.worth(terms) / (ranker.worth(otherTerms) || 1));
    for (let document = 0; document < scores.length; document += 1) {
      const earned = share * (translated[document] ?? 0);
      if (earned > (scores[document] ?? 0) && this.byDocument[document]?.language === other.language)
        scores[document] = earned;
    }
  }

  private add(entry: SolutionEntry, language: Language): void {
    const alike = this.titles.get(entry.title) ?? { count: 0 };
    this.titles.set(entry.title, alike);
    const kept = { entry, document: this.byDocument.length, language, alike };
    this.kept.set(kept.entry.id, kept);
    this.byDocument[kept.document] = kept;
    this.count(kept, 1);
    for (const [at, way] of ways.entries()) this.rankers[at]?.add(kept.document, termsOfEntry(kept, way));
  }

  private count({ entry, language, alike }: Kept, sign: 1 | -1): void {
    this.french += language === 'fr' ? sign : -sign;
    alike.count += sign;
    if (alike.count === 0) this.titles.delete(entry.title);
  }

  private startAnew(): void {
    const all = [...this.kept.values()];
    this.rankers = ways.map(() => new Ranker());
    this.byDocument = [];
    this.titles = new Map();
    this.french = 0;
    for (const { entry, language } of all) this.add(entry, language);
  }

  private mayAnswer(document: number, { beforeMs }: SolutionQuestion): boolean {
    const kept = this.byDocument[document];
    return kept !== undefined && (beforeMs === undefined || (kept.entry.timeMs ?? -Infinity) < beforeMs);
  }

  /** A title that several entries have says less about each. */
  private shareAmongAlike(own: Float64Array): void {
    for (let document = 0; document < own.length; document += 1) {
      const score = own[document] ?? 0;
      if (score > 0) own[document] = score / (this.byDocument[document]?.alike.count ?? 1);
    }
  }

  /** Adds what one way of looking says, as shares of what it says of its best. */
  private addInShares(own: Float64Array, believed: number, question: SolutionQuestion, scores: Float64Array): void {
    let most = 0;
    for (let document = 0; document < own.length; document += 1) {
      const score = own[document] ?? 0;
      if (score <= most) continue;
      if (this.mayAnswer(document, question)) most = score;
      else own[document] = 0;
    }
    if (most === 0) return;
    const share = believed / most;
    for (let document = 0; document < own.length; document += 1) {
      const score = own[document] ?? 0;
      if (score > 0) scores[document] = (scores[document] ?? 0) + share * score;
    }
  }

  private addNearness({ timeMs }: SolutionQuestion, scores: Float64Array): void {
    if (timeMs === undefined) return;
    for (let document = 0; document < scores.length; document += 1) {
      const score = scores[document] ?? 0;
      const written = this.byDocument[document]?.entry.timeMs;
      if (score > 0 && written !== undefined) {
        scores[document] = score + nearnessBelieved * Math.exp(-Math.abs(timeMs - written) / nearMs);
      }
    }
  }

  /** Reads the first entries sentence by sentence, and orders them anew. */
  private read(first: readonly number[], { own, other }: Sayings, scores: Float64Array): SolutionFound[] {
    const [words, otherWords] = [own, other ?? own].map(
      (saying) => new Map(this.rankers[0]?.heaviest(questionTerms(saying.text, saying.language, stems))),
    );
    const allWords = this.rankers[0]?.worth(questionTerms(own.text, own.language, stems)) ?? 0;
    const read = first.flatMap((document) => {
      const kept = this.byDocument[document];
      if (kept === undefined) return [];
      const asked = kept.language === own.language ? words : otherWords;
      return [{ id: kept.entry.id, document, ...readEntry(kept, asked ?? new Map<number, number>()) }];
    });
    const mostEarned = Math.max(1e-300, ...read.map(({ earned }) => earned));
    return read
      .map(({ id, document, told, passage, earned }) => {
        const score = (scores[document] ?? 0) + (passageBelieved * earned) / mostEarned;
        return { id, score: score / allBelieved, told: Math.min(1, told / (allWords || 1)), passage };
      })
      .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  }
}

/** How much of the words' weight stands in an entry, and its best sentence. */
function readEntry({ entry, language }: Kept, words: ReadonlyMap<number, number>): Read {
  const read = bestPassage(entry.text, words, (text) => stems(text, language));
  const told = new Set(read.shared);
  for (const part of [entry.title, ...(entry.tags ?? [])]) {
    for (const term of stems(part, language)) if (words.has(term)) told.add(term);
  }
  let sum = 0;
  for (const term of told) sum += words.get(term) ?? 0;
  return { told: sum, passage: read.passage, earned: read.earned };
}

/** A question in one language, as it was asked or translated. */
interface Saying {
  readonly text: string;
  readonly language: Language;
}

interface Sayings {
  readonly own: Saying;
  readonly other: Saying | undefined;
}

interface Read {
  readonly told: number;
  readonly passage: Passage | undefined;
  readonly earned: number;
}

function entryLanguage({ title, text }: SolutionEntry): Language {
  return frenchness(wordsOf(`${title} ${text.slice(0, 2_000)}`)) > 0 ? 'fr' : 'en';
}

function termsOfEntry(
  { entry, language }: Kept,
  { termsOf, looksAt }: Pick<(typeof ways)[number], 'termsOf' | 'looksAt'>,
): EntryTerms {
  return {
    title: [entry.title, ...(entry.tags ?? []).slice(0, 100)].flatMap((part) =>
      termsOf(part.slice(0, mostTitle), language),
    ),
    text: looksAt === 'title' ? [] : termsOf(entry.text, language),
  };
}

/** The terms of a question; those of its first line weigh more when there are others below. */
function questionTerms(text: string, language: Language, termsOf: TermsOf): ReadonlyMap<number, number> {
  const [firstLine = '', ...rest] = text.trim().split('\n');
  const below = rest.join('\n');
  if (below.trim() === '') return countsOf(termsOf(firstLine, language));
  const counts = countsOf(termsOf(below, language));
  for (const term of termsOf(firstLine, language)) counts.set(term, (counts.get(term) ?? 0) + firstLineWeight);
  return counts;
}

/** The numbers of the entries with the highest scores above 0, best first. */
function best(scores: Float64Array, most: number): number[] {
  const found: number[] = [];
  let least = 0;
  for (let document = 0; document < scores.length; document += 1) {
    if ((scores[document] ?? 0) <= least) continue;
    found.push(document);
    if (found.length < 4 * most) continue;
    found.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    found.length = most;
    least = scores[found[most - 1] ?? 0] ?? 0;
  }
  return found.toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, most);
}
