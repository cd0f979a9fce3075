import type { Ticket } from '#contract/desk.ts';
import type { Run } from '#contract/upkeep.ts';

/** Something that wants a hand. */
export type NowItem =
  | { kind: 'incident'; id: string; since: string; ticket: Ticket }
  /** Every failed check is up again: a person has to agree that it is over. */
  | { kind: 'confirm'; id: string; since: string; ticket: Ticket }
  | { kind: 'approval' | 'manual' | 'review'; id: string; since: string; run: Run }
  | { kind: 'unknown'; id: string; since: undefined; count: number };

const priorities = ['critical', 'high', 'normal', 'low'] as const;

/** What runs wait for, of those that the server says wait for me. */
function itemOfRun(run: Run): NowItem {
  if (run.state === 'waiting_approval') return { kind: 'approval', id: run.id, since: run.proposedAt, run };
  if (run.state === 'waiting') return { kind: 'manual', id: run.id, since: run.startedAt ?? run.proposedAt, run };
  return { kind: 'review', id: run.id, since: run.endedAt ?? run.proposedAt, run };
}

function itemOfTicket(ticket: Ticket): NowItem {
  return ticket.state === 'solved'
    ? { kind: 'confirm', id: ticket.id, since: ticket.goodSince ?? ticket.openedAt, ticket }
    : { kind: 'incident', id: ticket.id, since: ticket.failingSince, ticket };
}

/**
 * Smaller comes first: an outage nobody has taken; then what others wait for (an approval, a step by hand), because it
 * ends an outage; outages in hand; what only has to be confirmed; reviews; and the watch's own blind spots.
 */
function rank(item: NowItem): number {
  switch (item.kind) {
    case 'incident':
      return item.ticket.state === 'open' ? 0 : 2;
    case 'approval':
    case 'manual':
      return 1;
    case 'confirm':
      return 3;
    case 'review':
      return 4;
    default:
      return 5;
  }
}

function priorityOf(item: NowItem): number {
  return 'ticket' in item ? priorities.indexOf(item.ticket.priority) : priorities.length;
}

/** Everything that wants a hand, in the one order: by rank, then by priority, then the longest waiting first. */
export function nowItems(tickets: readonly Ticket[], runs: readonly Run[], unknownChecks: number): NowItem[] {
  const items: NowItem[] = [...tickets.map(itemOfTicket), ...runs.map(itemOfRun)];
  if (unknownChecks > 0) items.push({ kind: 'unknown', id: 'unknown', since: undefined, count: unknownChecks });
  return items.toSorted(
    (a, b) => rank(a) - rank(b) || priorityOf(a) - priorityOf(b) || (a.since ?? '').localeCompare(b.since ?? '', 'en'),
  );
}
