import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { channelFieldTexts, channelSchema, rareFields, typedChannel } from './channel-form.ts';
import { kindsQuery, mailServerQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

/** Adds a channel; with `?own=1` one of one's own. */
export function ChannelNewPage() {
  const texts = useNotifyTexts();
  const navigate = useNavigate();
  const language = useLanguage();
  const [params] = useSearchParams();
  const own = params.has('own');
  const refusal = useRefusal(own ? 'notify.own' : 'notify.write');
  const mayAll = useRefusal('notify.write') === undefined;
  const kinds = useSuspenseQuery(kindsQuery()).data.items.filter(({ forEverybody }) => mayAll || forEverybody);
  const [chosen, setChosen] = useState('mail');
  const mailServer = useQuery(mailServerQuery).data;
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.notify.channels.create({ kind: kind?.name ?? 'mail', own, ...typedChannel.parse(typed) }),
    onSuccess: async (channel) => {
      await queryClient.invalidateQueries({ queryKey: api.notify.channels.key() });
      await navigate(paths.channel(channel.id));
    },
  });
  const kind = kinds.find(({ name }) => name === chosen) ?? kinds[0];
  const { form } = texts;
  if (kind === undefined) return null;
  return (
    <FormPage title={own ? form.ownTitle : form.newTitle}>
      <fieldset className="v-kinds">
        <legend>{form.kind}</legend>
        {kinds.map((each) => (
          <label key={each.name} data-on={each.name === kind.name || undefined}>
            <input
              type="radio"
              name="kind"
              checked={each.name === kind.name}
              onChange={() => {
                setChosen(each.name);
                add.reset();
              }}
            />
            <strong>{each.title}</strong>
          </label>
        ))}
      </fieldset>
      <p className="v-form-lead">{kind.summary}</p>
      {kind.name === 'mail' && mailServer === null && (
        <p className="v-notify-warning">
          {form.noMailServer}{' '}
          <Link className="v-link" to={paths.mailServer()}>
            {form.setMailServer}
          </Link>
        </p>
      )}
      <SchemaForm
        key={kind.name}
        schema={channelSchema(kind)}
        value={{ language, everything: !own }}
        texts={channelFieldTexts(texts)}
        advanced={rareFields}
        errors={formErrorsOf(add.error)}
        busy={add.isPending}
        refusal={refusal}
        submitLabel={form.create}
        onSubmit={(typed) => add.mutate(typed)}
        onCancel={() => void navigate(own ? paths.notifyMine() : paths.notify())}
        draftName={`channel.${kind.name}`}
      />
    </FormPage>
  );
}
