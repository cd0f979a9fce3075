import { useQuery } from '@tanstack/react-query';
import { IconBell } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { channelsQuery, kindsQuery, mailServerQuery } from './notify-queries.ts';
import { routingRoutes } from './routing-routes.tsx';
import { useNotifyTexts } from './notify-texts.ts';

function NotifyCrumb() {
  return useShellTexts().modules.notify;
}

function NewCrumb() {
  return useNotifyTexts().channels.new;
}

function MailServerCrumb() {
  return useNotifyTexts().sections.mailServer;
}

function DeliveriesCrumb() {
  return useNotifyTexts().sections.deliveries;
}

function ChannelCrumb({ params }: { params: Params }) {
  const texts = useNotifyTexts();
  const channels = useQuery(channelsQuery).data?.items;
  return channels?.find((channel) => channel.id === params['id'])?.name ?? texts.channels.one;
}

/** Notices: who is told what, by which channel, and what came of it. */
export const notifyFace: ModuleFace = {
  name: 'notify',
  letter: 'm',
  icon: IconBell,
  to: paths.notify(),
  permission: 'notify.read',
  onLive: (events, client) => {
    if (events.some((event) => event.topic.startsWith('notify.') || event.topic === 'people.rota')) {
      void client.invalidateQueries({ queryKey: api.notify.key() });
    }
  },
  useCommands: () => {
    const texts = useNotifyTexts();
    return [
      { id: 'notify.channel', label: texts.channels.new, to: paths.channelNew() },
      { id: 'notify.mail', label: texts.mail.title, to: paths.mailServer(), words: ['smtp'] },
      { id: 'notify.mine', label: texts.mine.title, to: paths.notifyMine(), words: ['quiet', 'silence'] },
      { id: 'notify.routes', label: texts.routes.title, to: paths.routes() },
      { id: 'notify.policies', label: texts.policies.title, to: paths.policies() },
      { id: 'notify.deliveries', label: texts.deliveries.title, to: paths.deliveries() },
    ];
  },
  routes: [
    {
      path: 'notify',
      handle: { Crumb: NotifyCrumb, to: () => paths.notify() },
      children: [
        {
          index: true,
          loader: () => Promise.all([ready(channelsQuery), ready(kindsQuery())]),
          lazy: async () => ({ Component: (await import('./channel-list-page.tsx')).ChannelListPage }),
        },
        {
          path: 'channels/new',
          handle: { Crumb: NewCrumb },
          loader: () => ready(kindsQuery()),
          lazy: async () => ({ Component: (await import('./channel-new-page.tsx')).ChannelNewPage }),
        },
        {
          path: 'channels/:id',
          handle: { Crumb: ChannelCrumb },
          loader: () => ready(channelsQuery),
          lazy: async () => ({ Component: (await import('./channel-page.tsx')).ChannelPage }),
        },
        {
          path: 'channels/:id/settings',
          handle: { Crumb: ChannelCrumb },
          loader: () => Promise.all([ready(channelsQuery), ready(kindsQuery())]),
          lazy: async () => ({ Component: (await import('./channel-settings-page.tsx')).ChannelSettingsPage }),
        },
        ...routingRoutes,
        {
          path: 'mail-server',
          handle: { Crumb: MailServerCrumb },
          loader: () => ready(mailServerQuery),
          lazy: async () => ({ Component: (await import('./mail-server-page.tsx')).MailServerPage }),
        },
        {
          path: 'deliveries',
          handle: { Crumb: DeliveriesCrumb },
          lazy: async () => ({ Component: (await import('./delivery-list-page.tsx')).DeliveryListPage }),
        },
      ],
    },
  ],
};
