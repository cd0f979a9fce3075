import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconAdjustments, IconBellOff, IconBellRinging, IconSend, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { priority } from '#contract/desk.ts';
import type { Channel } from '#contract/notify.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useMe } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { paths } from '#web/paths.ts';
import { LastNotice } from './channel-list-page.tsx';
import { DeliveryStory } from './delivery-story.tsx';
import { channelDeliveriesQuery, channelsQuery, kindsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useChannelRefusal } from './use-channel-refusal.ts';
import './notify.css';

type Change = Omit<Parameters<typeof client.notify.channels.change>[0], 'id'>;

async function change(id: string, changed: Change): Promise<void> {
  await spoken(client.notify.channels.change({ id, ...changed }));
  await queryClient.invalidateQueries({ queryKey: channelsQuery.queryKey });
}

/** One channel: what goes there, and what came of it. */
export function ChannelPage() {
  const { id = '' } = useParams();
  const { channels: texts } = useNotifyTexts();
  const kinds = useQuery(kindsQuery()).data?.items;
  const channel = useSuspenseQuery(channelsQuery).data.items.find((each) => each.id === id);
  const deliveries = useQuery(channelDeliveriesQuery(id)).data?.items;
  if (channel === undefined) return <NotFoundPage />;
  return (
    <>
      <title>{channel.name}</title>
      <ThingPage
        kind={kinds?.find(({ name }) => name === channel.kind)?.title ?? channel.kind}
        name={channel.name}
        lead={<LastNotice channel={channel} />}
        actions={<ChannelActions channel={channel} />}
        facts={<ChannelFacts channel={channel} />}
      >
        <Section title={texts.deliveries}>
          {deliveries !== undefined &&
            (deliveries.length === 0 ? (
              <p className="v-quiet">{texts.noDeliveries}</p>
            ) : (
              <DeliveryStory label={texts.deliveries} deliveries={deliveries} />
            ))}
        </Section>
      </ThingPage>
    </>
  );
}

function ChannelActions({ channel }: { channel: Channel }) {
  const { channels: texts } = useNotifyTexts();
  const navigate = useNavigate();
  const refusal = useChannelRefusal(channel, useMe().person.id);
  const [removing, setRemoving] = useState(false);
  const { id } = channel;
  const test = useMutation({
    ...api.notify.channels.test.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.notify.key() }),
    }),
    meta: { quiet: true },
  });
  const send = (): void => test.mutate({ id });
  const remove = async (): Promise<void> => {
    await spoken(client.notify.channels.remove({ id }));
    await navigate(paths.notify());
    await queryClient.invalidateQueries({ queryKey: channelsQuery.queryKey });
  };
  useKeys(texts.keys, [{ keys: 't', label: texts.test, run: () => refusal === undefined && send() }]);
  return (
    <>
      <ActionButton main keys="t" icon={<IconSend size={15} />} refusal={refusal} busy={test.isPending} onClick={send}>
        {texts.test}
      </ActionButton>
      <ActionButton icon={<IconAdjustments size={15} />} to={paths.channelSettings(id)}>
        {texts.settings}
      </ActionButton>
      <ActionButton
        icon={channel.active ? <IconBellOff size={15} /> : <IconBellRinging size={15} />}
        refusal={refusal}
        onClick={() => void change(id, { active: !channel.active })}
      >
        {channel.active ? texts.turnOff : texts.turnOn}
      </ActionButton>
      <ActionButton icon={<IconTrash size={15} />} refusal={refusal} onClick={() => setRemoving(true)}>
        {texts.remove}
      </ActionButton>
      <ConfirmDialog
        opened={removing}
        title={texts.removeTitle(channel.name)}
        verb={texts.remove}
        onConfirm={remove}
        onClose={() => setRemoving(false)}
      >
        {texts.removeText}
      </ConfirmDialog>
      {test.isError && (
        <p className="v-test-answer v-problem-text" role="alert">
          {texts.testFailed} {sentenceOf(test.error).text}
        </p>
      )}
      {test.data !== undefined && (
        <output className="v-test-answer">
          {texts.testDone} {test.data.answer}
        </output>
      )}
    </>
  );
}

/** The usual intervals in minutes, and the one in force. */
function reminderChoices(now: number): readonly number[] {
  return [...new Set([0, 5, 10, 15, 30, 60, 120, now])].toSorted((a, b) => a - b);
}

function ChannelFacts({ channel }: { channel: Channel }) {
  const texts = useNotifyTexts();
  const refusal = useChannelRefusal(channel, useMe().person.id);
  const { id } = channel;
  const { columns } = texts.channels;
  return (
    <FactsPanel
      facts={[
        { name: 'destination', label: columns.destination, shown: channel.destination },
        {
          name: 'everything',
          label: columns.everything,
          shown: channel.everything ? texts.channels.everything : texts.channels.byRoute,
        },
        {
          name: 'from',
          label: columns.from,
          shown: texts.priorities[channel.from],
          refusal,
          edit: {
            kind: 'choice',
            value: channel.from,
            choices: priority.options.map((value) => ({ value, label: texts.priorities[value] })),
            save: (value) => change(id, { from: priority.parse(value) }),
          },
        },
        {
          name: 'reminder',
          label: columns.reminder,
          shown:
            channel.reminderMinutes === 0 ? texts.channels.noReminder : texts.channels.every(channel.reminderMinutes),
          refusal,
          edit: {
            kind: 'choice',
            value: String(channel.reminderMinutes),
            choices: reminderChoices(channel.reminderMinutes).map((minutes) => ({
              value: String(minutes),
              label: minutes === 0 ? texts.channels.noReminder : texts.channels.every(minutes),
            })),
            save: (value) => change(id, { reminderMinutes: Number(value) }),
          },
        },
        {
          name: 'storm',
          label: columns.storm,
          shown: texts.channels.storm({ notices: channel.stormNotices, minutes: channel.stormMinutes }),
        },
        {
          name: 'language',
          label: columns.language,
          shown: texts.languages[channel.language],
          refusal,
          edit: {
            kind: 'choice',
            value: channel.language,
            choices: (['en', 'fr'] as const).map((value) => ({ value, label: texts.languages[value] })),
            save: (value) => change(id, { language: value === 'fr' ? 'fr' : 'en' }),
          },
        },
        {
          name: 'name',
          label: columns.name,
          shown: channel.name,
          refusal,
          edit: { kind: 'line', value: channel.name, save: (name) => change(id, { name }) },
        },
      ]}
    />
  );
}
