import type { TicketKind, TicketState } from '#contract/desk.ts';

/**
 * The legal steps of each kind of ticket, as ITIL 4 knows them, in one table: from a state, those into which a person may
 * bring it. What alerts do by themselves stands in incident.ts.
 */
const worked = {
  open: ['in_progress', 'waiting', 'solved', 'resolved', 'cancelled'],
  in_progress: ['open', 'waiting', 'solved', 'resolved', 'cancelled'],
  waiting: ['open', 'in_progress', 'solved', 'resolved', 'cancelled'],
  solved: ['in_progress', 'waiting', 'resolved'],
  resolved: ['open', 'in_progress'],
  cancelled: ['open'],
} as const;

type Steps = Readonly<Partial<Record<TicketState, readonly TicketState[]>>>;

const steps: Readonly<Record<TicketKind, Steps>> = {
  incident: worked,
  request: worked,
  problem: {
    open: ['in_progress', 'waiting', 'known_error', 'resolved', 'cancelled'],
    in_progress: ['open', 'waiting', 'known_error', 'resolved', 'cancelled'],
    waiting: ['open', 'in_progress', 'known_error', 'resolved', 'cancelled'],
    known_error: ['in_progress', 'waiting', 'resolved'],
    resolved: ['in_progress'],
    cancelled: ['open'],
  },
  change: {
    open: ['approval', 'in_progress', 'cancelled'],
    approval: ['approved', 'open', 'cancelled'],
    approved: ['in_progress', 'open', 'cancelled'],
    in_progress: ['review', 'waiting', 'open'],
    waiting: ['in_progress', 'open', 'cancelled'],
    review: ['resolved', 'in_progress'],
    cancelled: ['open'],
  },
};

/** What a step looks at beside the state. */
export interface Moving {
  readonly kind: TicketKind;
  readonly state: TicketState;
  /** An emergency change begins without approval; it is looked back on like any other. */
  readonly emergency: boolean;
}

/** The states into which a ticket may be brought from where it is. */
export function movesOf({ kind, state, emergency }: Moving): readonly TicketState[] {
  const all = steps[kind][state] ?? [];
  // Only in an emergency is a change begun that nobody agreed to.
  return kind === 'change' && state === 'open' && !emergency ? all.filter((to) => to !== 'in_progress') : all;
}

/** A ticket in one of these is over. */
export const ends: readonly TicketState[] = ['resolved', 'cancelled'];

export function isOver(state: TicketState): boolean {
  return ends.includes(state);
}

/** The state that a ticket has in another kind: the same where that kind knows it, else the nearest. */
export function stateAs(kind: TicketKind, state: TicketState): TicketState {
  if (steps[kind][state] !== undefined || isOver(state)) return state;
  return state === 'open' || state === 'approval' || state === 'approved' ? 'open' : 'in_progress';
}
