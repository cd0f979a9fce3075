import type { Ticket } from '#contract/desk.ts';
import type { Column } from '#web/ui/list/column.ts';
import { Duration } from '#web/ui/duration.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useDeskTexts } from './desk-texts.ts';
import { PriorityMark } from './priority-mark.tsx';

const states: readonly Ticket['state'][] = ['open', 'in_progress', 'solved', 'resolved'];
const priorities: readonly Ticket['priority'][] = ['critical', 'high', 'normal', 'low'];

/** What wants a hand first comes first: by state, then by priority; what is resolved stays in the order of time. */
export function urgencyOf(ticket: Pick<Ticket, 'state' | 'priority'>): number {
  const byState = states.indexOf(ticket.state) * priorities.length;
  return ticket.state === 'resolved' ? byState : byState + priorities.indexOf(ticket.priority);
}

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

/** The columns of the list of incidents. */
export function useTicketColumns(): readonly Column<Ticket>[] {
  const texts = useDeskTexts();
  const { words } = useUi();
  const { columns } = texts;
  return [
    {
      name: 'title',
      title: columns.title,
      value: (ticket) => `${texts.number(ticket.number)} ${ticket.title}`,
      cell: (ticket) => <NumberAndTitle ticket={ticket} />,
      order: (ticket) => ticket.number,
      width: 'minmax(200px, 3fr)',
    },
    {
      name: 'state',
      title: columns.state,
      value: (ticket) => ticket.state,
      cell: (ticket) => <PhaseBadge phase={ticket.state} />,
      order: urgencyOf,
      choices: states.map((value) => ({ value, label: words.phases[value] })),
      width: '124px',
      onPhone: true,
    },
    {
      name: 'priority',
      title: columns.priority,
      value: (ticket) => ticket.priority,
      cell: (ticket) => <PriorityMark priority={ticket.priority} />,
      order: (ticket) => priorities.indexOf(ticket.priority),
      choices: priorities.map((value) => ({ value, label: texts.priorities[value] })),
      width: '96px',
    },
    { name: 'cause', title: columns.cause, value: (ticket) => ticket.cause?.name, width: 'minmax(90px, 1fr)' },
    {
      name: 'since',
      title: columns.since,
      value: (ticket) => new Date(ticket.failingSince),
      cell: (ticket) => <Time at={ticket.failingSince} />,
      width: '108px',
    },
    {
      name: 'outage',
      title: columns.outage,
      value: (ticket) => ticket.outageSeconds,
      cell: (ticket) => <Outage ticket={ticket} />,
      align: 'end',
      width: '112px',
    },
    {
      name: 'with',
      title: columns.assignee,
      value: (ticket) => ticket.assignee?.name,
      width: 'minmax(96px, 1fr)',
    },
    {
      name: 'checks',
      title: columns.alerts,
      value: (ticket) => ticket.openAlertCount,
      cell: (ticket) => <span className="v-number">{texts.alertsOf(ticket.openAlertCount, ticket.alertCount)}</span>,
      align: 'end',
      width: '82px',
      optional: true,
    },
    { name: 'opened', title: columns.opened, value: (ticket) => dateOf(ticket.openedAt), optional: true },
    { name: 'resolved', title: columns.resolved, value: (ticket) => dateOf(ticket.resolvedAt), optional: true },
  ];
}

function NumberAndTitle({ ticket }: { ticket: Ticket }) {
  const texts = useDeskTexts();
  return (
    <>
      <span className="v-quiet v-number">{texts.number(ticket.number)}</span> {ticket.title}
    </>
  );
}

/** Measured when it is over, growing while it lasts. */
function Outage({ ticket }: { ticket: Ticket }) {
  const { words } = useUi();
  if (ticket.outageSeconds !== null) return <Duration ms={ticket.outageSeconds * 1000} />;
  if (ticket.state === 'resolved') return <span className="v-quiet">{words.list.noValue}</span>;
  return <Duration since={ticket.failingSince} />;
}
