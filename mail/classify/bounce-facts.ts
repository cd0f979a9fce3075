/** A report on a mail of ours that did not arrive, or not yet (RFC 3464 and what came before it). */
export interface BounceFacts {
  /** `delayed`: the server still tries; nothing is lost yet. */
  readonly outcome: 'failed' | 'delayed' | 'delivered';
  readonly recipients: readonly FailedRecipient[];
  /** The Message-ID of the mail that came back; null when the report does not show it. */
  readonly returnedId: string | null;
  /** All ids that the returned mail shows, among them the thread to which it belonged. */
  readonly returnedReferences: readonly string[];
}

export interface FailedRecipient {
  readonly address: string;
  /** "5.1.1" (RFC 3463); '' when not said. */
  readonly status: string;
  /** What the other server said. */
  readonly said: string;
}
