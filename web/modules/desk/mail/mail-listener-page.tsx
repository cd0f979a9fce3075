import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { mailListener } from '#contract/desk-mail-words.ts';
import { secretMark } from '#contract/words.ts';
import { client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { MailPage } from './mail-page.tsx';
import { listenerQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import { WayState } from './mailbox-list-page.tsx';

export const loader = () => ready(listenerQuery);

const schema: JsonSchema = {
  type: 'object',
  properties: {
    active: { type: 'boolean', default: true },
    protocol: { type: 'string', enum: ['lmtp', 'smtp'], default: 'lmtp' },
    host: { type: 'string', maxLength: 45, default: '127.0.0.1' },
    port: { type: 'integer', minimum: 1, maximum: 65_535, default: 2_524 },
    name: { type: 'string', minLength: 1, maxLength: 253, default: 'vigie' },
    certificate: { type: 'string', maxLength: 100_000, multiline: true },
    key: { type: 'string', maxLength: 100_000, secret: true },
  },
  required: ['protocol', 'host', 'port', 'name'],
};

/** The desk's own mail server. */
export function MailListenerPage() {
  const { listener: texts } = useMailTexts();
  const { fields } = texts;
  const refusal = useRefusal('desk.settings');
  const listener = useSuspenseQuery(listenerQuery).data;
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.desk.mailListener.set(mailListener.parse({ ...typed, active: typed['active'] === true })),
    onSuccess: (kept) => {
      queryClient.setQueryData(listenerQuery.queryKey, kept);
      notifications.show({ message: texts.saved });
    },
  });
  const listens = listener !== null && listener.active && listener.state.at !== null;
  return (
    <MailPage title={texts.title}>
      <div className="v-form-page v-mailbox-form">
        <p className="v-form-lead">{texts.lead}</p>
        {listens && (
          <p aria-live="polite">
            {listener.state.trouble === '' ? texts.on(listener.state.said) : <WayState way={listener.state} />}
          </p>
        )}
        <SchemaForm
          key={save.submittedAt}
          schema={schema}
          value={listener ?? { active: true }}
          secretsSet={listener?.key === secretMark ? ['key'] : []}
          texts={{
            active: { label: fields.active },
            protocol: { label: fields.protocol, choices: { lmtp: 'LMTP', smtp: 'SMTP' } },
            host: { label: fields.host },
            port: { label: fields.port },
            name: { label: fields.name },
            certificate: { label: fields.certificate, help: fields.certificateHelp },
            key: { label: fields.key },
          }}
          advanced={['certificate', 'key']}
          errors={formErrorsOf(save.error)}
          busy={save.isPending}
          refusal={refusal}
          submitLabel={texts.save}
          onSubmit={(typed) => save.mutate(typed)}
        />
      </div>
    </MailPage>
  );
}
