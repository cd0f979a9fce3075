/** How a mail program quotes the mail that it answers; names and addresses are invented. */
export interface QuotingClient {
  readonly name: string;
  /** What it writes above the quoted words. */
  readonly above: readonly string[];
  /** Whether it marks each quoted line with ">". */
  readonly isMarked: boolean;
  /** What it writes under the answer by itself. */
  readonly advertisement?: readonly string[];
}
