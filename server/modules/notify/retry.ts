const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
const giveUpAfterMs = 24 * 3_600_000;
/** A day of trials has many more; by fewer, the clock jumped and not the day passed. */
const leastTrials = 12;
/** A service that asks for longer is asked again after this: the incident may be over by then, and the line free. */
const longestWishMs = 3_600_000;

/** What a service gave for a message, so that what follows is told in the same thread. */
export type Receipt = Readonly<Record<string, string>>;

/** How a trial to deliver ended. `detail` is what the other side said, or the fault's code. */
export type Outcome =
  | { readonly end: 'delivered'; readonly detail: string; readonly receipt?: Receipt }
  | { readonly end: 'refused'; readonly reason: Reason | null; readonly detail: string }
  | {
      readonly end: 'later';
      readonly reason: Reason | null;
      readonly detail: string;
      /** After how long the service wants to be asked again (RFC 9110, Retry-After). */
      readonly retryAfterMs?: number;
    };
export type Reason =
  | 'no_mail_server'
  | 'forbidden_address'
  | 'redirected'
  | 'timed_out'
  | 'unreachable'
  | 'gave_up'
  | 'not_installed';

/** When a notice is tried again after so many attempts: three times as long each time, at most every quarter of an hour. */
export function pauseMs(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 3 ** Math.max(0, Math.min(attempts, 20) - 1));
}

/** The next moment to try, or null when a day has passed since the notice was made. */
export function nextTry(madeAt: Date, attempts: number, now: Date, wishMs = 0): Date | null {
  const next = new Date(now.getTime() + Math.max(pauseMs(attempts), Math.min(wishMs, longestWishMs)));
  return next.getTime() - madeAt.getTime() > giveUpAfterMs && attempts >= leastTrials ? null : next;
}
