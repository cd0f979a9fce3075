import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useMe } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { channelFieldTexts, channelSchema, rareFields, secretsSetIn, typedChannel } from './channel-form.ts';
import { channelsQuery, kindsQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useChannelRefusal } from './use-channel-refusal.ts';

/** Changes a channel whole; secrets stay unless they are replaced. */
export function ChannelSettingsPage() {
  const { id = '' } = useParams();
  const texts = useNotifyTexts();
  const navigate = useNavigate();
  const me = useMe();
  const channel = useSuspenseQuery(channelsQuery).data.items.find((each) => each.id === id);
  const kind = useSuspenseQuery(kindsQuery()).data.items.find(({ name }) => name === channel?.kind);
  const refusal = useChannelRefusal(channel, me.person.id);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => client.notify.channels.change({ id, ...typedChannel.parse(typed) }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.notify.channels.key() });
      await navigate(paths.channel(id), { replace: true });
    },
  });
  if (channel === undefined || kind === undefined) return <NotFoundPage />;
  return (
    <FormPage title={texts.channels.changeTitle(channel.name)} lead={kind.summary}>
      <SchemaForm
        schema={channelSchema(kind)}
        value={channel}
        secretsSet={secretsSetIn(channel)}
        texts={channelFieldTexts(texts)}
        advanced={rareFields}
        errors={formErrorsOf(save.error)}
        busy={save.isPending}
        refusal={refusal}
        submitLabel={texts.channels.save}
        onSubmit={(typed) => save.mutate(typed)}
        onCancel={() => void navigate(paths.channel(id))}
      />
    </FormPage>
  );
}
