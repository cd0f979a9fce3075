/** Something typed that cannot be meant; `message` is the sentence, in the reader's language. */
export class UsageFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageFault';
  }
}
