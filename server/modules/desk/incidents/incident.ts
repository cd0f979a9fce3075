import type { TicketState } from '#contract/desk.ts';
import { isOver } from '../tickets/ticket-moves.ts';

/** When a cause takes thousands of checks with it, the story tells the first of them; the counts tell the rest. */
export const mostToldAlerts = 50;

/** What an incident's alerts say of it, whatever was heard of them first. */
export interface AlertsNow {
  readonly all: number;
  /** Those that have not been cleared. */
  readonly open: number;
}

/**
 * What an incident's state asks for, given its alerts as they are now. It is decided from the state alone, because
 * facts come late, twice and in any order.
 */
export function settle(state: TicketState, alerts: AlertsNow): 'solve' | 'reopen' | 'stay' {
  if (isOver(state) || alerts.all === 0) return 'stay';
  if (alerts.open === 0) return state === 'solved' ? 'stay' : 'solve';
  return state === 'solved' ? 'reopen' : 'stay';
}

/** The state to which an incident goes back when it fails again, and into which one comes that somebody takes. */
export function workingState(taken: boolean): TicketState {
  return taken ? 'in_progress' : 'open';
}

/** Seconds from the first failing result to the first good one after the last failing one; null while it lasts. */
export function outageSeconds(failingSince: Date, goodSince: Date | null): number | null {
  return goodSince === null ? null : Math.max(0, (goodSince.getTime() - failingSince.getTime()) / 1_000);
}
