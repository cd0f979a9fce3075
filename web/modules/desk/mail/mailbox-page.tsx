import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { Mailbox } from '#contract/desk-mail-words.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { Section } from '#web/ui/section.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { MailPage } from './mail-page.tsx';
import { mailboxesQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import {
  mailboxFieldTexts,
  mailboxSchema,
  mailboxSecrets,
  rareMailboxFields,
  shownMailbox,
  typedMailbox,
} from './mailbox-form.ts';
import { WayState } from './mailbox-list-page.tsx';
import { categoriesQuery } from '../settings/settings-queries.ts';

const renew = () => queryClient.invalidateQueries({ queryKey: api.desk.mailboxes.key() });

/** A mailbox: how it is, and what it is set up with. */
export function MailboxPage() {
  const { id } = useParams();
  const { mailbox: texts } = useMailTexts();
  const known = useSuspenseQuery(mailboxesQuery).data.items.find((each) => each.id === id) ?? null;
  if (id !== undefined && known === null) return <NotFoundPage />;
  return (
    <MailPage title={known === null ? texts.newTitle : texts.title(known.name)}>
      {known !== null && <MailboxState mailbox={known} />}
      <MailboxForm key={known?.id ?? 'new'} known={known} />
    </MailPage>
  );
}

/** Teams and categories by their names. */
function useQueueNames() {
  const language = useLanguage();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  return {
    teams: Object.fromEntries(teams.map(({ id, name }) => [id, name])),
    categories: Object.fromEntries(categories.map(({ id, name }) => [id, name[language]])),
  };
}

function MailboxForm({ known }: { known: Mailbox | null }) {
  const texts = useMailTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('desk.settings');
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: (typed: Record<string, unknown>) =>
      client.desk.mailboxes.put({ ...typedMailbox(typed), id: known?.id ?? uuid() }),
    onSuccess: async (kept) => {
      await renew();
      notifications.show({ message: texts.mailbox.saved });
      if (known === null) await navigate(paths.mailbox(kept.id), { replace: true });
    },
  });
  return (
    <div className="v-form-page v-mailbox-form">
      <SchemaForm
        // A saved secret goes back behind its mask.
        key={save.submittedAt}
        schema={mailboxSchema}
        value={known === null ? {} : shownMailbox(known)}
        secretsSet={known === null ? [] : mailboxSecrets(known)}
        texts={mailboxFieldTexts(texts, { yesNo: { yes: words.list.yes, no: words.list.no }, ...useQueueNames() })}
        advanced={rareMailboxFields}
        errors={formErrorsOf(save.error)}
        busy={save.isPending}
        refusal={refusal}
        submitLabel={texts.mailbox.save}
        onSubmit={(typed) => save.mutate(typed)}
      />
    </div>
  );
}

function MailboxState({ mailbox }: { mailbox: Mailbox }) {
  const { id } = mailbox;
  const { mailbox: texts, mailboxes: words } = useMailTexts();
  const navigate = useNavigate();
  const refusal = useRefusal('desk.settings');
  const [asks, setAsks] = useState(false);
  const test = useMutation({ mutationFn: () => client.desk.mailboxes.test({ id }), onSuccess: renew });
  const incoming = test.data?.incoming ?? mailbox.incomingState;
  const outgoing = test.data?.outgoing ?? mailbox.outgoingState;
  return (
    <Section
      title={texts.state}
      aside={
        <div className="v-mail-acts">
          <ActionButton refusal={refusal} busy={test.isPending} onClick={() => test.mutate()}>
            {test.isPending ? texts.testing : texts.test}
          </ActionButton>
          <ActionButton refusal={refusal} onClick={() => setAsks(true)}>
            {texts.remove}
          </ActionButton>
        </div>
      }
    >
      <dl className="v-mail-facts" aria-live="polite">
        <dt>{words.incoming}</dt>
        <dd>
          <WayState way={incoming} />
        </dd>
        <dt>{words.outgoing}</dt>
        <dd>
          <WayState way={outgoing} />
        </dd>
      </dl>
      {mailbox.oauth?.provider === 'microsoft' && <Consent id={id} />}
      <ConfirmDialog
        opened={asks}
        title={texts.title(mailbox.name)}
        verb={texts.remove}
        onClose={() => setAsks(false)}
        onConfirm={async () => {
          await client.desk.mailboxes.remove({ id });
          await renew();
          await navigate(paths.mailboxes());
        }}
      >
        {texts.removeQuestion}
      </ConfirmDialog>
    </Section>
  );
}

function Consent({ id }: { id: string }) {
  const { mailbox: texts } = useMailTexts();
  const refusal = useRefusal('desk.settings');
  const ask = useMutation({ mutationFn: () => client.desk.mailboxes.consent({ id }) });
  const hear = useMutation({ mutationFn: () => client.desk.mailboxes.consented({ id }), onSuccess: renew });
  const begun = ask.data;
  return (
    <div className="v-mail-consent">
      <ActionButton refusal={refusal} busy={ask.isPending} onClick={() => ask.mutate()}>
        {texts.consent}
      </ActionButton>
      {begun !== undefined && begun.code === null && (
        <p>
          {texts.consentAnswers.unreachable} <code>{begun.said}</code>
        </p>
      )}
      {begun !== undefined && begun.code !== null && (
        <p>
          {texts.consentCode(begun.code)}{' '}
          <a className="v-link" href={begun.address} target="_blank" rel="noreferrer noopener">
            {begun.address}
          </a>{' '}
          <ActionButton refusal={refusal} busy={hear.isPending} onClick={() => hear.mutate()}>
            {texts.consentHear}
          </ActionButton>
        </p>
      )}
      {hear.data !== undefined && <p aria-live="polite">{texts.consentAnswers[hear.data.answer]}</p>}
    </div>
  );
}
