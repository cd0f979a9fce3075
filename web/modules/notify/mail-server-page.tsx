import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import type { JsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { mailServerQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { useSections } from './use-sections.ts';
import '#web/ui/page.css';
import './notify.css';

const securities = z.enum(['none', 'starttls', 'tls']);

const schema: JsonSchema = {
  type: 'object',
  properties: {
    host: { type: 'string', minLength: 1, maxLength: 253 },
    port: { type: 'integer', minimum: 1, maximum: 65_535, default: 587 },
    security: { type: 'string', enum: securities.options, default: 'starttls' },
    user: { type: 'string', maxLength: 254 },
    password: { type: 'string', maxLength: 500, secret: true },
    from: { type: 'string', maxLength: 254, format: 'email' },
    caPem: { type: 'string', maxLength: 20_000, multiline: true },
  },
  required: ['host', 'port', 'security', 'from'],
};

const typedWords = z.object({
  host: z.string(),
  port: z.number(),
  security: securities,
  user: z.string().default(''),
  password: z.string().optional(),
  from: z.string(),
  caPem: z.string().default(''),
});

/** The server by which notices are sent; its password stays unless it is replaced. */
export function MailServerPage() {
  const { mail: texts, title, sections: words } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const server = useSuspenseQuery(mailServerQuery).data;
  const sections = useSections();
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) => {
      const { password, ...open } = typedWords.parse(typed);
      return client.notify.mailServer.set({ ...open, ...(password === undefined ? {} : { password }) });
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(mailServerQuery.queryKey, saved);
      notifications.show({ message: texts.saved });
    },
  });
  return (
    <section className="v-page" data-scroll="">
      <title>{`${words.mailServer} – ${title}`}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
      </header>
      <SectionTabs label={title} tabs={sections} />
      <div className="v-form-page v-mail-server">
        <p className="v-form-lead">{texts.lead}</p>
        <SchemaForm
          // A saved password goes back behind its mask.
          key={save.submittedAt}
          schema={schema}
          value={server ?? {}}
          secretsSet={server?.hasPassword === true ? ['password'] : []}
          texts={{
            host: { label: texts.host, placeholder: 'mail.example.org' },
            port: { label: texts.port },
            security: { label: texts.security, choices: texts.securities },
            user: { label: texts.user, help: texts.userHelp },
            password: { label: texts.password, help: texts.passwordHelp },
            from: { label: texts.from, placeholder: 'vigie@example.org' },
            caPem: { label: texts.ca, help: texts.caHelp },
          }}
          advanced={['caPem']}
          errors={formErrorsOf(save.error)}
          busy={save.isPending}
          refusal={refusal}
          submitLabel={texts.save}
          onSubmit={(typed) => save.mutate(typed)}
          draftName="mail-server"
        />
      </div>
    </section>
  );
}
