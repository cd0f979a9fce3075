import type { Doer } from '#contract/words.ts';

/** An audit line before it has its place in the chain. */
export interface AuditDraft {
  readonly who: Doer;
  /** The request's name in the contract, such as `desk.tickets.resolve`. */
  readonly request: string;
  /** `done`, or `refused: code`. */
  readonly outcome: string;
  /** The id the request was about, if it named one. */
  readonly subject: string | null;
  /** Its input, without secrets and cut to a bound. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What a link's hash covers: all of the line but the hash itself. */
export function auditContent(sequence: number, at: Date, draft: AuditDraft): Record<string, unknown> {
  return {
    sequence,
    at,
    who: draft.who,
    request: draft.request,
    outcome: draft.outcome,
    subject: draft.subject,
    detail: draft.detail,
  };
}
