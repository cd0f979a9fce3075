import { notifications } from '@mantine/notifications';
import { useSuspenseQuery } from '@tanstack/react-query';
import { IconHandGrab, IconPlus, IconUserShare } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Ticket } from '#contract/desk.ts';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { ListPage, type BulkAction, type ListView } from '#web/ui/list/list-page.tsx';
import { paths } from '#web/paths.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { useDeskTexts } from './desk-texts.ts';
import { useTicketColumns } from './ticket-columns.tsx';
import { ticketsQuery } from './ticket-queries.ts';

/** All incidents, those that want a hand first. */
export function TicketListPage() {
  const texts = useDeskTexts();
  const tickets = useSuspenseQuery(ticketsQuery).data;
  const columns = useTicketColumns();
  const [giving, setGiving] = useState<readonly Ticket[]>();
  const bulk = useTicketBulk(setGiving);
  const refusal = useRefusal('desk.write');
  const navigate = useNavigate();
  useKeys(texts.title, [
    { keys: 'n', label: texts.open.action, run: () => void (refusal === undefined && navigate(paths.ticketNew())) },
  ]);
  const open = (
    <ActionButton main to={paths.ticketNew()} icon={<IconPlus size={15} />} keys="n" refusal={refusal}>
      {texts.open.action}
    </ActionButton>
  );
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="incidents"
        title={texts.title}
        columns={columns}
        rows={tickets}
        idOf={(ticket) => ticket.id}
        nameOf={(ticket) => `${texts.number(ticket.number)} ${ticket.title}`}
        hrefOf={(ticket) => paths.ticket(ticket.id)}
        views={useTicketViews()}
        usualSort="state"
        bulk={bulk}
        actions={open}
        empty={
          <EmptyState title={texts.empty.title} action={open}>
            {texts.empty.text}
          </EmptyState>
        }
      />
      {giving !== undefined && (
        <AssignDialog
          tickets={giving}
          onClose={() => setGiving(undefined)}
          onDone={(count) => notifications.show({ message: texts.bulk.done(count) })}
        />
      )}
    </>
  );
}

function useTicketViews(): readonly ListView[] {
  const { views } = useDeskTexts();
  const { person } = useMe();
  const openFilter = 'state:open,in_progress,solved';
  return [
    { title: views.all, filter: '' },
    { title: views.open, filter: openFilter },
    { title: views.mine, filter: `${openFilter} with:"${person.name.replaceAll('"', '')}"` },
    { title: views.resolved, filter: 'state:resolved' },
  ];
}

const notResolved = (tickets: readonly Ticket[]): readonly Ticket[] =>
  tickets.filter((ticket) => ticket.state !== 'resolved');

/** What can be done to several incidents at once; each one is asked for by itself, so that one refusal stops no other. */
function useTicketBulk(onGive: (tickets: readonly Ticket[]) => void): readonly BulkAction<Ticket>[] {
  const texts = useDeskTexts();
  const { person } = useMe();
  const forbidden = useRefusal('desk.write');
  const each = async (tickets: readonly Ticket[], act: (ticket: Ticket) => Promise<unknown>): Promise<void> => {
    const done = await Promise.allSettled(tickets.map((ticket) => spoken(act(ticket))));
    await queryClient.invalidateQueries({ queryKey: ticketsQuery.queryKey });
    const refused = done.find((one) => one.status === 'rejected');
    const count = done.filter((one) => one.status === 'fulfilled').length;
    if (count > 0) notifications.show({ message: texts.bulk.done(count) });
    if (refused?.reason instanceof Error) {
      notifications.show({ message: refused.reason.message, color: 'pink', role: 'alert' });
    }
  };
  const refusal = (tickets: readonly Ticket[]): string | undefined =>
    forbidden ?? (notResolved(tickets).length === 0 ? texts.bulk.nothingOpen : undefined);
  return [
    {
      name: 'acknowledge',
      title: texts.bulk.acknowledge,
      icon: <IconHandGrab size={15} />,
      run: (tickets) =>
        void each(
          tickets.filter((ticket) => ticket.state === 'open'),
          ({ id }) => client.desk.tickets.acknowledge({ id }),
        ),
      refusal,
    },
    {
      name: 'take',
      title: texts.bulk.assignMe,
      run: (tickets) =>
        void each(notResolved(tickets), ({ id }) => client.desk.tickets.assign({ id, personId: person.id })),
      refusal,
    },
    {
      name: 'assign',
      title: texts.bulk.assign,
      icon: <IconUserShare size={15} />,
      run: (tickets) => onGive(notResolved(tickets)),
      refusal,
    },
  ];
}
