/** Thrown for an expression that is not understood; `at` is the position in the text. */
export class PromqlFault extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}
