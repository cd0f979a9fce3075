import type { TicketKind, TicketState } from '#contract/desk.ts';

/** What a step to another state wants to know: nothing, a reason that may be left out, or one that is owed. */
export type Owed = 'nothing' | 'waiting' | 'reason' | 'resolution';

/** What a step owes; the server asks for the same. */
export function owedBy(kind: TicketKind, from: TicketState, to: TicketState): Owed {
  if (to === 'waiting') return 'waiting';
  if (to === 'resolved' && (kind === 'incident' || kind === 'problem')) return 'resolution';
  if (to === 'cancelled' || (kind === 'change' && to === 'resolved')) return 'reason';
  return from === 'approval' && to === 'open' ? 'reason' : 'nothing';
}

/** Which step usually comes next, of those that are legal. */
export function usualStep(moves: readonly TicketState[], from: TicketState): TicketState | undefined {
  const order: readonly TicketState[] =
    from === 'open' || from === 'waiting' || from === 'resolved' || from === 'cancelled'
      ? ['approval', 'in_progress', 'open']
      : from === 'approval'
        ? ['approved']
        : from === 'approved'
          ? ['in_progress']
          : ['review', 'resolved'];
  return order.find((state) => moves.includes(state));
}
