/** Counts of a context are halved before they overflow: what was long ago counts less. */
const mostCount = 255;

/**
 * How surprising the next of a few words is after the last ones: -ln of its probability, blended over ever shorter
 * contexts as in prediction by partial matching (Cleary and Witten 1984).
 */
export class WordModel {
  private readonly words: number;
  private readonly order: number;
  /** Counts of the words after each context, the shortest contexts first. */
  private readonly counts: Uint8Array;
  /** The last words as one number, the latest as its last digit; how many there are yet. */
  private context = 0;
  private known = 0;

  /**
   * @param words how many words there are; a word is a number from 0.
   * @param order how many of the last words are looked at.
   */
  constructor(words: number, order: number) {
    this.words = words;
    this.order = order;
    let cells = 0;
    for (let length = 1; length <= order + 1; length += 1) cells += words ** length;
    this.counts = new Uint8Array(cells);
  }

  /** Surprise of a word in nats; then counts it. */
  weigh(word: number): number {
    const { words, order } = this;
    let likely = 1 / words;
    let from = 0;
    for (let length = 0; length <= this.known; length += 1) {
      const contexts = words ** length;
      likely = this.blend(from + (this.context % contexts) * words, word, likely);
      from += contexts * words;
    }
    this.known = Math.min(order, this.known + 1);
    this.context = (this.context * words + word) % words ** order;
    return -Math.log(Math.max(likely, 1e-12));
  }

  /** Probability of `word` after the context of the counts at `from`, whose shorter context gives it `shorter`; then counts it. */
  private blend(from: number, word: number, shorter: number): number {
    const { counts, words } = this;
    let total = 0;
    let different = 0;
    for (let at = from; at < from + words; at += 1) {
      const count = counts[at] ?? 0;
      total += count;
      if (count > 0) different += 1;
    }
    const escape = total === 0 ? 1 : (different * 0.5) / (total + different * 0.5);
    const known = counts[from + word] ?? 0;
    if (known === mostCount) for (let at = from; at < from + words; at += 1) counts[at] = ((counts[at] ?? 0) + 1) >> 1;
    counts[from + word] = (counts[from + word] ?? 0) + 1;
    return (1 - escape) * (total === 0 ? 0 : known / total) + escape * shorter;
  }
}
