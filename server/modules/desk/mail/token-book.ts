interface KeptToken {
  readonly token: string;
  readonly expiresAt: Date;
  readonly revision: number;
}

/** Access tokens live for an hour and in memory only. */
export class TokenBook {
  readonly #kept = new Map<string, KeptToken>();

  of(mailboxId: string, revision: number, now: Date): string | null {
    const kept = this.#kept.get(mailboxId);
    return kept !== undefined && kept.revision === revision && kept.expiresAt > now ? kept.token : null;
  }

  keep(mailboxId: string, kept: KeptToken): void {
    this.#kept.set(mailboxId, kept);
  }
}
