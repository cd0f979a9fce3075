import { PostingLists } from './posting-lists.ts';

/** How much a term in the title weighs against one in the text. */
const titleWeight = 3;
/** How much length is held against a title, and against a text. */
const titleLength = 0.5;
const textLength = 0.75;
/** Further repetitions of a term in an entry (as in BM25), and in a question, add ever less. */
const entrySaturation = 1.2;
const questionSaturation = 8;
/** Rare terms weigh a little more than BM25 has it. */
const rarityPower = 1.3;
/** Only so many terms of a question are looked for, the heaviest: a page of a log is a question too. */
const mostTerms = 400;
/** Nor is more read than this many places where terms stand: what is in every other entry tells little, and costs most. */
const mostPlaces = 150_000;

/** One of the parts of an entry, and its terms. */
export interface EntryTerms {
  readonly title: readonly number[];
  readonly text: readonly number[];
}

/** What a question asks for: its terms, and how often each. */
export type QuestionTerms = ReadonlyMap<number, number>;

/** Ranks entries by the terms they share with a question: BM25F (Robertson, Zaragoza and Taylor 2004) over title and text. */
export class Ranker {
  private readonly lists = new PostingLists();
  private titleSizes = new Uint16Array(256);
  private textSizes = new Uint16Array(256);
  private readonly sums = { title: 0, titles: 0, text: 0, texts: 0 };
  private entries = 0;
  /** The number of the next entry. */
  private documents = 0;
  private known: Norms | undefined;

  /** Adds an entry with a larger number than any before. */
  add(document: number, { title, text }: EntryTerms): void {
    if (document >= this.titleSizes.length) {
      this.titleSizes = longer(this.titleSizes);
      this.textSizes = longer(this.textSizes);
    }
    this.documents = document + 1;
    this.titleSizes[document] = Math.min(65_535, title.length);
    this.textSizes[document] = Math.min(65_535, text.length);
    this.weigh({ title, text }, 1);
    const inTitle = countsOf(title);
    const inText = countsOf(text);
    for (const [term, times] of inTitle) this.lists.add(term, document, times, inText.get(term) ?? 0);
    for (const [term, times] of inText) if (!inTitle.has(term)) this.lists.add(term, document, 0, times);
  }

  /** Takes an entry away: `terms` are those it was added with. */
  remove({ title, text }: EntryTerms): void {
    this.weigh({ title, text }, -1);
    for (const term of new Set([...title, ...text])) this.lists.forget(term);
  }

  /** Adds to `scores` what each entry (removed ones too) earns for the question. */
  score(question: QuestionTerms, scores: Float64Array): void {
    const { titleNorms, textNorms } = this.norms();
    let places = 0;
    for (const [term, weight] of this.heaviest(question)) {
      places += this.lists.count(term);
      if (places > mostPlaces) return;
      const { documents, times, count } = this.lists.read(term);
      for (let at = 0; at < count; at += 1) {
        const document = documents[at] ?? 0;
        const both = times[at] ?? 0;
        const often =
          (both >> 4) * (titleNorms[document] ?? 0) * titleWeight + (both & 15) * (textNorms[document] ?? 0);
        scores[document] = (scores[document] ?? 0) + (weight * often) / (often + entrySaturation);
      }
    }
  }

  /** What one occurrence counts by the length of the part it stands in; good until entries come or go. */
  private norms(): Norms {
    const { title, titles, text, texts } = this.sums;
    this.known ??= {
      titleNorms: normsOf(this.titleSizes, this.documents, title / Math.max(1, titles), titleLength),
      textNorms: normsOf(this.textSizes, this.documents, text / Math.max(1, texts), textLength),
    };
    return this.known;
  }

  /** What all terms of the question weigh together, those that no entry has too. */
  worth(question: QuestionTerms): number {
    let sum = 0;
    for (const [term, times] of question) sum += weightOf(times, rarity(this.lists.count(term), this.entries));
    return sum;
  }

  /** What each term of the question weighs, the heaviest first. */
  heaviest(question: QuestionTerms): [term: number, weight: number][] {
    const weighed: [number, number][] = [];
    for (const [term, times] of question) {
      const having = this.lists.count(term);
      if (having > 0) weighed.push([term, weightOf(times, rarity(having, this.entries))]);
    }
    return weighed.toSorted((a, b) => b[1] - a[1]).slice(0, mostTerms);
  }

  private weigh({ title, text }: EntryTerms, sign: 1 | -1): void {
    this.known = undefined;
    this.entries += sign;
    this.sums.title += sign * title.length;
    this.sums.text += sign * text.length;
    this.sums.titles += title.length > 0 ? sign : 0;
    this.sums.texts += text.length > 0 ? sign : 0;
  }
}

/** What one occurrence counts in each entry. */
interface Norms {
  readonly titleNorms: Float64Array;
  readonly textNorms: Float64Array;
}

function normsOf(sizes: Uint16Array, count: number, usual: number, held: number): Float64Array {
  const norms = new Float64Array(count);
  for (let at = 0; at < count; at += 1) norms[at] = 1 / (1 - held + (held * (sizes[at] ?? 0)) / (usual || 1));
  return norms;
}

/** What a term weighs by how few of the entries have it. */
function rarity(having: number, entries: number): number {
  return Math.log(1 + (entries - having + 0.5) / (having + 0.5)) ** rarityPower;
}

function weightOf(times: number, rare: number): number {
  return (times / (times + questionSaturation)) * rare;
}

/** How often each term is there. */
export function countsOf(terms: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function longer(short: Uint16Array<ArrayBuffer>): Uint16Array<ArrayBuffer> {
  const long = new Uint16Array(2 * short.length);
  long.set(short);
  return long;
}
