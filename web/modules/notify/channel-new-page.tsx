import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { z } from 'zod';
import { priority } from '#contract/desk.ts';
import { language } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { paths } from '#web/paths.ts';
import { mailServerQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

type Kind = 'mail' | 'webhook';
const kinds: readonly Kind[] = ['mail', 'webhook'];

/** The same fields for both kinds; only the destination's form differs. */
function schemaOf(kind: Kind): JsonSchema {
  return {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1, maxLength: 100 },
      destination: { type: 'string', maxLength: 2000, format: kind === 'mail' ? 'email' : 'uri' },
      language: { type: 'string', enum: language.options },
      from: { type: 'string', enum: priority.options, default: 'low' },
      reminderMinutes: { type: 'integer', minimum: 0, maximum: 1440, default: 30 },
    },
    required: ['name', 'destination', 'language', 'from', 'reminderMinutes'],
  };
}

const typedWords = z.object({
  name: z.string(),
  destination: z.string(),
  language,
  from: priority,
  reminderMinutes: z.number(),
});

/** Adds a channel. */
export function ChannelNewPage() {
  const texts = useNotifyTexts();
  const navigate = useNavigate();
  const own = useLanguage();
  const refusal = useRefusal('notify.write');
  const [kind, setKind] = useState<Kind>('mail');
  const mailServer = useQuery(mailServerQuery).data;
  const add = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => client.notify.channels.create({ kind, ...typedWords.parse(typed) }),
    onSuccess: async (channel) => {
      await queryClient.invalidateQueries({ queryKey: api.notify.channels.key() });
      await navigate(paths.channel(channel.id));
    },
  });
  const { form } = texts;
  return (
    <FormPage title={form.newTitle}>
      <title>{form.newTitle}</title>
      <fieldset className="v-kinds">
        <legend>{form.kind}</legend>
        {kinds.map((each) => (
          <label key={each} data-on={each === kind || undefined}>
            <input type="radio" name="kind" checked={each === kind} onChange={() => setKind(each)} />
            <strong>{texts.kinds[each]}</strong>
            <span>{texts.kindHelp[each]}</span>
          </label>
        ))}
      </fieldset>
      {kind === 'mail' && mailServer === null && (
        <p className="v-notify-warning">
          {form.noMailServer}{' '}
          <Link className="v-link" to={paths.mailServer()}>
            {form.setMailServer}
          </Link>
        </p>
      )}
      <SchemaForm
        key={kind}
        schema={schemaOf(kind)}
        value={{ language: own }}
        texts={{
          name: { label: form.name, help: form.nameHelp },
          destination: kind === 'mail' ? { label: form.address } : { label: form.url, help: form.urlHelp },
          language: { label: form.language, choices: texts.languages },
          from: { label: form.from, help: form.fromHelp, choices: texts.priorities },
          reminderMinutes: { label: form.reminder, help: form.reminderHelp, unit: form.minutes },
        }}
        errors={formErrorsOf(add.error)}
        busy={add.isPending}
        refusal={refusal}
        submitLabel={form.create}
        onSubmit={(typed) => add.mutate(typed)}
        onCancel={() => void navigate(paths.notify())}
        draftName={`channel.${kind}`}
      />
    </FormPage>
  );
}
