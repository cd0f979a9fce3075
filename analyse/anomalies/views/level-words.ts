/** Levels that the range seen so far is cut into; one more on either side for what lies outside. */
const levels = 16;
const words = levels + 2;
/** Values needed before a word can surprise. */
const firstValues = 30;
/** Counts are halved before they overflow. */
const mostCount = 60_000;

/**
 * Reads the series as words, the levels that the value passes through, and tells how surprising the next word is after
 * the last two: -ln of its probability, blended over contexts of two, one and no words as in prediction by partial
 * matching (Cleary and Witten 1984). A new order of levels is told even where each level is usual.
 */
export class LevelWords {
  private least = 0;
  private most = 0;
  private count = 0;
  /** The last word, and the one before it; -1 for none yet. */
  private last = -1;
  private beforeLast = -1;
  private readonly alone = new Uint16Array(words);
  private readonly pairs = new Uint16Array(words * words);
  private readonly triples = new Uint16Array(words * words * words);

  weigh(value: number): number {
    this.count += 1;
    if (this.count === 1) this.least = this.most = value;
    const word = this.wordOf(value);
    let likely = blend(this.alone, 0, word, 1 / words);
    if (this.last >= 0) likely = blend(this.pairs, this.last * words, word, likely);
    if (this.beforeLast >= 0) {
      likely = blend(this.triples, (this.beforeLast * words + this.last) * words, word, likely);
    }
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    this.beforeLast = this.last;
    this.last = word;
    return this.count < firstValues ? 0 : -Math.log(Math.max(likely, 1e-12));
  }

  private wordOf(value: number): number {
    const range = this.most - this.least;
    if (range === 0) return value < this.least ? 0 : value > this.most ? words - 1 : 1;
    const level = Math.floor(((value - this.least) / range) * levels * (1 - 1e-12));
    return Math.min(levels, Math.max(-1, level)) + 1;
  }
}

/** Probability of `word` after a context, whose shorter context gives it `shorter`; then counts it. */
function blend(counts: Uint16Array, from: number, word: number, shorter: number): number {
  let total = 0;
  let different = 0;
  for (let at = from; at < from + words; at += 1) {
    const count = counts[at] ?? 0;
    total += count;
    if (count > 0) different += 1;
  }
  const escape = total === 0 ? 1 : (different * 0.5) / (total + different * 0.5);
  const known = counts[from + word] ?? 0;
  if (total >= mostCount) for (let at = from; at < from + words; at += 1) counts[at] = (counts[at] ?? 0) >> 1;
  counts[from + word] = (counts[from + word] ?? 0) + 1;
  return (1 - escape) * (total === 0 ? 0 : known / total) + escape * shorter;
}
