/** Takes words until it has enough of them. */
export class WordSink {
  readonly #most: number;
  readonly #pieces: string[] = [];
  #length = 0;

  /** @param most letters */
  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#length >= this.#most;
  }

  add(text: string): void {
    if (this.isFull || text === '') return;
    const piece = text.slice(0, this.#most - this.#length);
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** All of it, with one space where there was white space; nothing that a database does not keep. */
  get words(): string {
    return this.#pieces
      .join('')
      .replaceAll(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .toWellFormed();
  }
}
