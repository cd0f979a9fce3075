import type { LevelPolicy, PromiseStep } from '#contract/desk-levels.ts';
import type { Ticket, TicketKind } from '#contract/desk.ts';
import { addOpen, type BusinessTime } from './business-time.ts';
import type { Clock, Targets } from './clocks.ts';

/** What of a ticket decides which policy holds. */
export interface MatchedBy {
  readonly kind: TicketKind;
  readonly priority: Ticket['priority'];
  readonly categoryIds: readonly string[];
  readonly teamId: string | null;
  readonly requesterId: string | null;
  /** What stands after the @ of the requester's address. */
  readonly domain: string | null;
}

function among(asked: readonly string[], values: readonly (string | null)[]): boolean {
  return asked.length === 0 || values.some((value) => value !== null && asked.includes(value));
}

/** The first active policy, in their order, that fits; null when none does. A domain holds for those below it too. */
export function policyFor<Some extends LevelPolicy>(policies: readonly Some[], ticket: MatchedBy): Some | null {
  const domain = ticket.domain ?? '';
  return (
    policies.find(
      ({ active, match }) =>
        active &&
        among(match.kinds, [ticket.kind]) &&
        among(match.priorities, [ticket.priority]) &&
        among(match.categoryIds, ticket.categoryIds) &&
        among(match.teamIds, [ticket.teamId]) &&
        among(match.requesterIds, [ticket.requesterId]) &&
        (match.domains.length === 0 || match.domains.some((one) => domain === one || domain.endsWith(`.${one}`))),
    ) ?? null
  );
}

const minuteMs = 60_000;

const inMs = (minutes: number | null): number | null => (minutes === null ? null : minutes * minuteMs);

/** What a policy promises for a priority. */
export function targetsOf({ first, next, resolution }: LevelPolicy, priority: Ticket['priority']): Targets {
  return { first: inMs(first[priority]), next: inMs(next[priority]), resolution: inMs(resolution[priority]) };
}

/** A promise is about to be broken when so much of its time is used up. */
const nearShare = 0.75;

function openUntil(time: BusinessTime, { startedMs, pauses }: Clock, openMs: number): number | null {
  return addOpen(time, startedMs, openMs, pauses);
}

/** From when on a promise is about to be broken. */
export function nearMs(time: BusinessTime, clock: Clock): number | null {
  return openUntil(time, clock, clock.targetMs * nearShare);
}

/** When a step of the escalation is due; null while its clock is paused before. */
export function stepMs(time: BusinessTime, clock: Clock, { at, value }: PromiseStep): number | null {
  const openMs = at === 'percent' ? (clock.targetMs * Math.max(0, value)) / 100 : clock.targetMs + value * minuteMs;
  return openUntil(time, clock, openMs);
}
