import { useQuery } from '@tanstack/react-query';
import { IconHeadset } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api, client as contract } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from './desk-texts.ts';
import { OpenBadge } from './open-badge.tsx';
import { ticketQuery, ticketsQuery } from './ticket-queries.ts';

function DeskCrumb() {
  return useShellTexts().modules.desk;
}

function NewCrumb() {
  return useDeskTexts().open.action;
}

function TicketCrumb({ params }: { params: Params }) {
  const texts = useDeskTexts();
  const ticket = useQuery(ticketQuery(params['id'] ?? ''));
  return ticket.data === undefined ? texts.kind : `${texts.kind} ${texts.number(ticket.data.number)}`;
}

/** Desk: incidents, from the signal to the agreed resolution. */
export const deskFace: ModuleFace = {
  name: 'desk',
  letter: 'd',
  icon: IconHeadset,
  to: paths.desk(),
  permission: 'desk.read',
  Badge: OpenBadge,
  onLive: (events, client) => {
    if (events.some((event) => event.topic === 'desk.ticket')) {
      void client.invalidateQueries({ queryKey: api.desk.key() });
    }
  },
  useCommands: () => {
    const texts = useDeskTexts();
    return [
      { id: 'desk.open', label: texts.open.action, to: paths.ticketNew(), words: ['incident', 'ticket', 'billet'] },
    ];
  },
  find: async (query) => {
    const found = await contract.desk.tickets.list({ search: query, limit: 6 });
    return found.items.map((ticket) => ({
      id: `desk.${ticket.id}`,
      label: `#${ticket.number} ${ticket.title}`,
      to: paths.ticket(ticket.id),
    }));
  },
  routes: [
    {
      path: 'desk',
      handle: { Crumb: DeskCrumb, to: () => paths.desk() },
      children: [
        {
          index: true,
          loader: () => ready(ticketsQuery),
          lazy: async () => ({ Component: (await import('./ticket-list-page.tsx')).TicketListPage }),
        },
        {
          path: 'new',
          handle: { Crumb: NewCrumb },
          lazy: async () => ({ Component: (await import('./ticket-new-page.tsx')).TicketNewPage }),
        },
        {
          path: 'tickets/:id',
          handle: { Crumb: TicketCrumb },
          loader: ({ params }) => ready(ticketQuery(params['id'] ?? '')),
          lazy: async () => ({ Component: (await import('./ticket-page.tsx')).TicketPage }),
        },
      ],
    },
  ],
};
