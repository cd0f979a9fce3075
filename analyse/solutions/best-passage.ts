/** Where in an entry's text the answer stands. */
export interface Passage {
  /** Letters from the beginning of the text. */
  readonly from: number;
  readonly to: number;
}

/** Longer sentences than this are cut, and no more of them are looked at. */
const mostLetters = 400;
const mostSentences = 120;
/** Different terms of a usual sentence: longer ones have to share more. */
const usualTerms = 12;
const sentenceEnd = /[.!?;:][\s\u00A0]+|\n+/gu;

/** What reading a text for a question gives. */
export interface TextRead {
  /** The sentence that shares most with the question; undefined when none shares anything. */
  readonly passage: Passage | undefined;
  /** What it earns by that. */
  readonly earned: number;
  /** The terms of the question that the text has. */
  readonly shared: ReadonlySet<number>;
}

/** Reads a text sentence by sentence for the terms of a question and their weights. */
export function bestPassage(
  text: string,
  weights: ReadonlyMap<number, number>,
  termsOf: (text: string) => readonly number[],
): TextRead {
  let passage: Passage | undefined;
  let most = 0;
  const shared = new Set<number>();
  for (const sentence of sentencesOf(text)) {
    const terms = new Set(termsOf(text.slice(sentence.from, sentence.to)));
    let earned = 0;
    for (const term of terms) {
      const weight = weights.get(term);
      if (weight === undefined) continue;
      earned += weight;
      shared.add(term);
    }
    earned /= 3 + terms.size / usualTerms;
    if (earned > most) [passage, most] = [sentence, earned];
  }
  return { passage, earned: most, shared };
}

function sentencesOf(text: string): Passage[] {
  const found: Passage[] = [];
  const take = (from: number, to: number): void => {
    for (let at = from; at < to && found.length < mostSentences; at += mostLetters) {
      const end = Math.min(to, at + mostLetters);
      if (text.slice(at, end).trim() !== '') found.push({ from: at, to: end });
    }
  };
  let from = 0;
  for (const { index, 0: end } of text.matchAll(sentenceEnd)) {
    if (found.length >= mostSentences) return found;
    const to = index + end.trimEnd().length;
    take(from, to);
    from = index + end.length;
  }
  take(from, text.length);
  return found;
}
