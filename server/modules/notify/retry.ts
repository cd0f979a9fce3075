const firstPauseMs = 5_000;
const longestPauseMs = 15 * 60_000;
const giveUpAfterMs = 24 * 3_600_000;

/** How a trial to deliver ended. `detail` is what the other side said, or the fault's code. */
export type Outcome =
  | { readonly end: 'delivered'; readonly detail: string }
  | { readonly end: 'refused'; readonly reason: Reason | null; readonly detail: string }
  | { readonly end: 'later'; readonly reason: Reason | null; readonly detail: string };
export type Reason = 'no_mail_server' | 'forbidden_address' | 'redirected' | 'timed_out' | 'unreachable' | 'gave_up';

/** When a notice is tried again after so many attempts: three times as long each time, at most every quarter of an hour. */
export function pauseMs(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 3 ** Math.max(0, Math.min(attempts, 20) - 1));
}

/** The next moment to try, or null when a day has passed since the notice was made. */
export function nextTry(madeAt: Date, attempts: number, now: Date): Date | null {
  const next = new Date(now.getTime() + pauseMs(attempts));
  return next.getTime() - madeAt.getTime() > giveUpAfterMs ? null : next;
}
