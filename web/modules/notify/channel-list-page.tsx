import { useSuspenseQuery } from '@tanstack/react-query';
import type { Channel } from '#contract/notify.ts';
import { useNewAction } from '#web/shell/use-new-action.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import type { Column } from '#web/ui/list/column.ts';
import { ListPage } from '#web/ui/list/list-page.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { channelsQuery, kindsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useSections } from './use-sections.ts';
import './notify.css';

function useChannelColumns(): readonly Column<Channel>[] {
  const texts = useNotifyTexts();
  const kinds = useSuspenseQuery(kindsQuery()).data.items;
  const { columns } = texts.channels;
  return [
    { name: 'name', title: columns.name, value: (channel) => channel.name, width: 'minmax(140px, 2fr)' },
    {
      name: 'kind',
      title: columns.kind,
      value: (channel) => channel.kind,
      choices: kinds.map(({ name, title }) => ({ value: name, label: title })),
      width: '112px',
    },
    { name: 'to', title: columns.destination, value: (channel) => channel.destination, width: 'minmax(160px, 2fr)' },
    {
      name: 'from',
      title: columns.from,
      value: (channel) => channel.from,
      choices: (['low', 'normal', 'high', 'critical'] as const).map((value) => ({
        value,
        label: texts.priorities[value],
      })),
      width: '108px',
    },
    {
      name: 'reminder',
      title: columns.reminder,
      value: (channel) => channel.reminderMinutes,
      cell: (channel) =>
        channel.reminderMinutes === 0 ? texts.channels.noReminder : texts.channels.every(channel.reminderMinutes),
      width: '124px',
    },
    {
      name: 'last',
      title: columns.last,
      value: (channel) => (channel.lastDelivery === null ? null : new Date(channel.lastDelivery.at)),
      cell: (channel) => <LastNotice channel={channel} />,
      width: '190px',
      onPhone: true,
    },
    {
      name: 'everything',
      title: columns.everything,
      value: (channel) => (channel.everything ? texts.channels.everything : texts.channels.byRoute),
      width: '176px',
    },
    { name: 'active', title: columns.active, value: (channel) => channel.active, width: '76px' },
    {
      name: 'language',
      title: columns.language,
      value: (channel) => texts.languages[channel.language],
      optional: true,
    },
  ];
}

/** What came of the newest notice, and when. */
export function LastNotice({ channel }: { channel: Channel }) {
  const { channels: texts } = useNotifyTexts();
  if (!channel.active) return <span className="v-quiet">{texts.off}</span>;
  if (channel.lastDelivery === null) return <span className="v-quiet">{texts.never}</span>;
  return (
    <span className="v-last-notice">
      <PhaseBadge phase={channel.lastDelivery.state} />
      <span className="v-quiet">
        <Time at={channel.lastDelivery.at} />
      </span>
    </span>
  );
}

/** Where notices go. */
export function ChannelListPage() {
  const { channels: texts } = useNotifyTexts();
  const channels = useSuspenseQuery(channelsQuery).data.items;
  const columns = useChannelColumns();
  const sections = useSections();
  const add = useNewAction({ list: texts.title, label: texts.new, to: paths.channelNew(), permission: 'notify.write' });
  return (
    <>
      <title>{texts.title}</title>
      <ListPage
        name="channels"
        title={texts.title}
        neighbours={sections}
        columns={columns}
        rows={channels}
        idOf={(channel) => channel.id}
        nameOf={(channel) => channel.name}
        hrefOf={(channel) => paths.channel(channel.id)}
        usualSort="name"
        actions={add}
        empty={
          <EmptyState title={texts.empty.title} action={add}>
            {texts.empty.text}
          </EmptyState>
        }
      />
    </>
  );
}
