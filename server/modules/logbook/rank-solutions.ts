/** A word of the incident with the stems by which it is compared, in both languages. */
export interface Word {
  readonly word: string;
  readonly stems: readonly string[];
}

/** What an incident looks like. */
export interface Picture {
  readonly causeId: string | null;
  readonly checkKinds: readonly string[];
  readonly words: readonly Word[];
  /** How much of the wording stands in a solution by the index of known answers, 0 to 1, and where. */
  readonly told?: ReadonlyMap<string, { readonly told: number; readonly passage: string }>;
}

/** What a solution is compared by. */
export interface Candidate {
  readonly id: string;
  readonly thingId: string | null;
  readonly checkKinds: readonly string[];
  readonly stems: ReadonlySet<string>;
  readonly worked: number;
  readonly failed: number;
}

/** A solution in its place, with what speaks for it. */
export interface Ranked {
  readonly id: string;
  /** 0 to 100. */
  readonly score: number;
  readonly sameCause: boolean;
  /** Kinds of check that failed in both. */
  readonly sameKinds: readonly string[];
  /** Telling words that both hold, the rarest first; at most five. */
  readonly sameWords: readonly string[];
  /** The sentence of it that is nearest to what is asked; empty for none. */
  readonly passage: string;
}

// What each sign is worth. The cause weighs more than all words together, words more than the kind of check alone.
const weight = { cause: 45, causeAndKind: 55, kind: 15, words: 35, success: 10 } as const;
/** Below this share of common words, words alone suggest nothing; with the same kind of check, less is asked. */
const fewest = { words: 0.2, kind: 0.1 } as const;
const mostSuggested = 10;
const mostWordsShown = 5;

/** How rare each word is among the candidates: a word that all of them hold tells little (inverse document frequency). */
function rarities(words: readonly Word[], candidates: readonly Candidate[]): readonly number[] {
  return words.map(({ stems }) => {
    const holding = candidates.filter((candidate) => stems.some((stem) => candidate.stems.has(stem))).length;
    return Math.log(1 + candidates.length / (1 + holding));
  });
}

/** How often it worked, drawn towards one half while there is little experience (Laplace's rule of succession). */
function success({ worked, failed }: Candidate): number {
  return (worked + 1) / (worked + failed + 2);
}

/**
 * Puts solutions in order for an incident: the same cause and kind of check first, then how much of the wording is the
 * same, then how often each worked. What has nothing in common is left out.
 */
export function rankSolutions(picture: Picture, candidates: readonly Candidate[]): readonly Ranked[] {
  const words = picture.words.filter(({ stems }) => stems.length > 0);
  const rarity = rarities(words, candidates);
  const whole = rarity.reduce((sum, value) => sum + value, 0);
  const ranked = candidates.flatMap((candidate): Ranked[] => {
    const common = words
      .map(({ word, stems }, at) => ({
        word,
        rarity: rarity[at] ?? 0,
        held: stems.some((s) => candidate.stems.has(s)),
      }))
      .filter(({ held }) => held);
    const known = picture.told?.get(candidate.id);
    const alike = whole === 0 ? 0 : common.reduce((sum, value) => sum + value.rarity, 0) / whole;
    const likeness = Math.max(alike, known?.told ?? 0);
    const sameCause = picture.causeId !== null && candidate.thingId === picture.causeId;
    const sameKinds = picture.checkKinds.filter((kind) => candidate.checkKinds.includes(kind));
    if (!sameCause && likeness < (sameKinds.length > 0 ? fewest.kind : fewest.words)) return [];
    const kind = sameKinds.length > 0;
    const sign = sameCause ? (kind ? weight.causeAndKind : weight.cause) : kind ? weight.kind : 0;
    const score = sign + weight.words * likeness + weight.success * success(candidate);
    const sameWords = common
      .toSorted((a, b) => b.rarity - a.rarity)
      .slice(0, mostWordsShown)
      .map(({ word }) => word);
    const passage = known?.passage ?? '';
    return [{ id: candidate.id, score: Math.round(score * 10) / 10, sameCause, sameKinds, sameWords, passage }];
  });
  return ranked.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, mostSuggested);
}
