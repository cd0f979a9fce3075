import { useQuery } from '@tanstack/react-query';
import { IconHeadset } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api, client as contract } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from './desk-texts.ts';
import { useLevelTexts } from './levels/level-texts.ts';
import { mailRoutes } from './mail/mail-routes.tsx';
import { useMailTexts } from './mail/mail-texts.ts';
import { useSatisfactionTexts } from './levels/satisfaction-texts.ts';
import { useMineTexts } from './portal/mine-texts.ts';
import { OpenBadge } from './open-badge.tsx';
import { ticketQuery } from './tickets/ticket-queries.ts';
import { settingsRoutes } from './settings/settings-routes.tsx';
import { sheetQuery } from './tickets/sheet-queries.ts';
import { useTicketTexts } from './tickets/ticket-texts.ts';

function DeskCrumb() {
  return useShellTexts().modules.desk;
}

function NewCrumb() {
  return useDeskTexts().open.action;
}

function QualityCrumb() {
  return useSatisfactionTexts().title;
}
function QuickCrumb() {
  return useTicketTexts().quick.title;
}

function MineCrumb() {
  return useMineTexts().title;
}

function LevelsCrumb() {
  return useLevelTexts().title;
}

function TicketCrumb({ params }: { params: Params }) {
  const texts = useDeskTexts();
  const ticket = useQuery(ticketQuery(params['id'] ?? ''));
  const { kinds } = useTicketTexts();
  return ticket.data === undefined ? texts.kind : `${kinds[ticket.data.kind]} ${texts.number(ticket.data.number)}`;
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
    const topics = events.map(({ topic }) => topic).filter((topic) => topic.startsWith('desk.'));
    if (topics.length === 0) return;
    // Somebody opens or leaves a ticket: that makes no list and no ticket old.
    const queryKey = topics.every((topic) => topic === 'desk.presence') ? api.desk.presence.key() : api.desk.key();
    void client.invalidateQueries({ queryKey });
  },
  useCommands: () => {
    const texts = useDeskTexts();
    const { quick } = useTicketTexts();
    const levels = useLevelTexts();
    const { sections } = useMailTexts();
    return [
      {
        id: 'desk.quick',
        label: quick.action,
        to: paths.quickEntry(),
        words: ['phone', 'téléphone', 'appel'],
        keys: 'q',
      },
      { id: 'desk.levels', label: levels.action, to: paths.levels(), words: ['sla', 'ens', 'calendar', 'calendrier'] },
      { id: 'desk.open', label: texts.open.action, to: paths.ticketNew(), words: ['incident', 'ticket', 'billet'] },
      { id: 'desk.mails', label: sections.mails, to: paths.mails(), words: ['mail', 'courriel', 'bounce'] },
      { id: 'desk.mailboxes', label: sections.mailboxes, to: paths.mailboxes(), words: ['imap', 'smtp', 'boîte'] },
    ];
  },
  find: async (query) => {
    const found = await contract.desk.search({ words: query, limit: 6 });
    return found.items.map((ticket) => ({
      id: `desk.${ticket.id}`,
      label: `#${ticket.number} ${ticket.title}`,
      to: paths.ticket(ticket.id),
    }));
  },
  routes: [
    {
      path: 'mine',
      handle: { Crumb: MineCrumb, to: () => paths.mine() },
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./portal/mine-page.tsx')).MinePage }) },
        { path: 'new', lazy: async () => ({ Component: (await import('./portal/mine-new-page.tsx')).MineNewPage }) },
        {
          path: ':id',
          lazy: async () => ({ Component: (await import('./portal/mine-ticket-page.tsx')).MineTicketPage }),
        },
      ],
    },
    {
      path: 'desk',
      handle: { Crumb: DeskCrumb, to: () => paths.desk() },
      children: [
        {
          index: true,
          lazy: async () => ({ Component: (await import('./list/ticket-list-page.tsx')).TicketListPage }),
        },
        {
          path: 'quick',
          handle: { Crumb: QuickCrumb },
          lazy: async () => ({ Component: (await import('./opening/quick-entry-page.tsx')).QuickEntryPage }),
        },
        {
          path: 'new',
          handle: { Crumb: NewCrumb },
          lazy: async () => ({ Component: (await import('./opening/ticket-new-page.tsx')).TicketNewPage }),
        },
        ...mailRoutes,
        ...settingsRoutes,
        {
          path: 'quality',
          handle: { Crumb: QualityCrumb },
          lazy: async () => ({ Component: (await import('./levels/quality-page.tsx')).QualityPage }),
        },
        {
          path: 'levels',
          handle: { Crumb: LevelsCrumb, to: () => paths.levels() },
          children: [
            { index: true, lazy: async () => ({ Component: (await import('./levels/levels-page.tsx')).LevelsPage }) },
            {
              path: 'calendars/:id',
              lazy: async () => ({ Component: (await import('./levels/calendar-page.tsx')).CalendarPage }),
            },
            {
              path: 'policies/:id',
              lazy: async () => ({ Component: (await import('./levels/policy-page.tsx')).PolicyPage }),
            },
          ],
        },
        {
          path: 'tickets/:id',
          handle: { Crumb: TicketCrumb },
          loader: async ({ params }) => {
            const id = params['id'] ?? '';
            await Promise.all([ready(ticketQuery(id)), ready(sheetQuery(id))]);
            return null;
          },
          lazy: async () => ({ Component: (await import('./tickets/ticket-page.tsx')).TicketPage }),
        },
      ],
    },
  ],
};
