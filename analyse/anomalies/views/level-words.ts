import { WordModel } from './word-model.ts';

/** Levels that the range seen so far is cut into; one more on either side for what lies outside. */
const levels = 16;
const words = levels + 2;
/** Values needed before a word can surprise. */
const firstValues = 30;

/**
 * Reads the series as words, the levels that the value passes through, and tells how surprising the next word is after
 * the last two. A new order of levels is told even where each level is usual.
 */
export class LevelWords {
  private least = 0;
  private most = 0;
  private count = 0;
  private readonly model = new WordModel(words, 2);

  weigh(value: number): number {
    this.count += 1;
    if (this.count === 1) this.least = this.most = value;
    const surprise = this.model.weigh(this.wordOf(value));
    this.least = Math.min(this.least, value);
    this.most = Math.max(this.most, value);
    return this.count < firstValues ? 0 : surprise;
  }

  private wordOf(value: number): number {
    const range = this.most - this.least;
    if (range === 0) return value < this.least ? 0 : value > this.most ? words - 1 : 1;
    const level = Math.floor(((value - this.least) / range) * levels * (1 - 1e-12));
    return Math.min(levels, Math.max(-1, level)) + 1;
  }
}
