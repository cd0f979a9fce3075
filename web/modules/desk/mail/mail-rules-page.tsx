import { Checkbox, MultiSelect, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuid } from 'uuid';
import { mailKind, type MailRule } from '#contract/desk-mail-words.ts';
import { priority } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useDeskTexts } from '../desk-texts.ts';
import { MailPage } from './mail-page.tsx';
import { mailboxesQuery, mailRulesQuery } from './mail-queries.ts';
import { useMailTexts } from './mail-texts.ts';
import { ReplayView } from './replay-view.tsx';

export const loader = () => ready(mailRulesQuery);

function emptyRule(name: string): MailRule {
  return {
    id: uuid(),
    name,
    active: true,
    when: { mailboxIds: [], from: [], to: [], subject: [], words: [], kinds: [] },
    effects: { becomes: 'ticket', tags: [], silent: false },
  };
}

/** What is done with mails that begin a conversation; changed rules are played on past mail before they count. */
export function MailRulesPage() {
  const { rules: texts } = useMailTexts();
  const refusal = useRefusal('desk.settings');
  const kept = useSuspenseQuery(mailRulesQuery).data.items;
  const [rules, setRules] = useState<readonly MailRule[]>(kept);
  const items = rules.map((rule) => rule);
  const play = useMutation({ mutationFn: () => client.desk.mailRules.replay({ items }) });
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.desk.mailRules.set({ items }),
    onSuccess: (answer) => {
      queryClient.setQueryData(mailRulesQuery.queryKey, answer);
      setRules(answer.items);
      notifications.show({ message: texts.saved });
    },
  });
  const change = (rule: MailRule): void => setRules(rules.map((each) => (each.id === rule.id ? rule : each)));
  const fault = Object.values(formErrorsOf(save.error))[0];
  return (
    <MailPage
      title={texts.title}
      actions={
        <>
          <ActionButton busy={play.isPending} onClick={() => play.mutate()}>
            {texts.play}
          </ActionButton>
          <ActionButton main refusal={refusal} busy={save.isPending} onClick={() => save.mutate()}>
            {texts.save}
          </ActionButton>
        </>
      }
    >
      <p className="v-form-lead">{texts.lead}</p>
      {fault !== undefined && (
        <p className="v-mail-warning" role="alert">
          {fault}
        </p>
      )}
      {play.data !== undefined && <ReplayView replay={play.data} />}
      {rules.length === 0 && <p className="v-quiet">{texts.none}</p>}
      <ol className="v-mail-rules">
        {rules.map((rule) => (
          <RuleFields
            key={rule.id}
            rule={rule}
            onChange={change}
            onRemove={() => setRules(rules.filter(({ id }) => id !== rule.id))}
          />
        ))}
      </ol>
      <ActionButton refusal={refusal} onClick={() => setRules([...rules, emptyRule(texts.newName)])}>
        {texts.add}
      </ActionButton>
    </MailPage>
  );
}

interface RuleProps {
  rule: MailRule;
  onChange: (rule: MailRule) => void;
}

function RuleFields({ rule, onChange, onRemove }: RuleProps & { onRemove: () => void }) {
  const { rules: texts } = useMailTexts();
  const refusal = useRefusal('desk.settings');
  return (
    <li>
      <div className="v-mail-rule-head">
        <TextInput
          size="xs"
          label={texts.name}
          value={rule.name}
          maxLength={120}
          onChange={(event) => onChange({ ...rule, name: event.currentTarget.value })}
        />
        <Checkbox
          size="xs"
          label={texts.active}
          checked={rule.active}
          onChange={(event) => onChange({ ...rule, active: event.currentTarget.checked })}
        />
        <ActionButton refusal={refusal} label={`${texts.remove} – ${rule.name}`} onClick={onRemove}>
          {texts.remove}
        </ActionButton>
      </div>
      <Conditions rule={rule} onChange={onChange} />
      <Effects rule={rule} onChange={onChange} />
    </li>
  );
}

function wordsIn(typed: string): string[] {
  return typed
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** Several words as one types them; what is typed stays as it is until one leaves the field. */
function WordsInput({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const { rules: texts } = useMailTexts();
  const [typed, setTyped] = useState(value.join(', '));
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder={texts.commas}
      value={typed}
      maxLength={2_000}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(wordsIn(event.currentTarget.value));
      }}
    />
  );
}

function Conditions({ rule, onChange }: RuleProps) {
  const mail = useMailTexts();
  const { rules: texts, kinds } = mail;
  const mailboxes = useQuery(mailboxesQuery).data?.items ?? [];
  const { when } = rule;
  const set = (change: Partial<MailRule['when']>): void => onChange({ ...rule, when: { ...when, ...change } });
  return (
    <fieldset className="v-mail-rule-fields">
      <legend>{texts.when}</legend>
      {mailboxes.length > 0 && (
        <MultiSelect
          size="xs"
          label={mail.list.columns.mailbox}
          searchable
          hidePickedOptions
          value={[...when.mailboxIds]}
          data={mailboxes.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(mailboxIds) => set({ mailboxIds })}
        />
      )}
      <WordsInput label={texts.from} value={when.from} onChange={(from) => set({ from })} />
      <WordsInput label={texts.to} value={when.to} onChange={(to) => set({ to })} />
      <WordsInput label={texts.subject} value={when.subject} onChange={(subject) => set({ subject })} />
      <WordsInput label={texts.words} value={when.words} onChange={(words) => set({ words })} />
      <NativeSelect
        size="xs"
        label={texts.kinds}
        value={when.kinds[0] ?? ''}
        data={[
          { value: '', label: texts.anyKind },
          ...mailKind.options.map((value) => ({ value, label: kinds[value] })),
        ]}
        onChange={(event) => {
          const kind = mailKind.safeParse(event.currentTarget.value).data;
          set({ kinds: kind === undefined ? [] : [kind] });
        }}
      />
    </fieldset>
  );
}

function Effects({ rule, onChange }: RuleProps) {
  const { rules: texts, mailbox } = useMailTexts();
  const language = useLanguage();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(api.desk.categories.list.queryOptions({ input: {} })).data?.items ?? [];
  const { effects } = rule;
  const set = (change: Partial<MailRule['effects']>): void => onChange({ ...rule, effects: { ...effects, ...change } });
  const isTicket = effects.becomes === 'ticket';
  const unsaid = { value: '', label: texts.unchanged };
  return (
    <fieldset className="v-mail-rule-fields">
      <legend>{texts.becomes}</legend>
      <NativeSelect
        size="xs"
        label={texts.becomes}
        value={effects.becomes}
        data={[
          { value: 'ticket', label: texts.results.ticket },
          { value: 'keep', label: texts.results.keep },
        ]}
        onChange={(event) => set({ becomes: event.currentTarget.value === 'keep' ? 'keep' : 'ticket' })}
      />
      {isTicket && (
        <>
          <NativeSelect
            size="xs"
            label={texts.kind}
            value={effects.kind ?? ''}
            data={[
              unsaid,
              { value: 'incident', label: mailbox.ticketKinds.incident },
              { value: 'request', label: mailbox.ticketKinds.request },
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              set({ kind: value === 'incident' || value === 'request' ? value : undefined });
            }}
          />
          <NativeSelect
            size="xs"
            label={texts.team}
            value={effects.teamId ?? ''}
            data={[unsaid, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(event) => set({ teamId: event.currentTarget.value || undefined })}
          />
          <NativeSelect
            size="xs"
            label={texts.category}
            value={effects.categoryId ?? ''}
            data={[unsaid, ...categories.map(({ id, name }) => ({ value: id, label: name[language] }))]}
            onChange={(event) => set({ categoryId: event.currentTarget.value || undefined })}
          />
          <MoreEffects effects={effects} set={set} />
        </>
      )}
    </fieldset>
  );
}

function MoreEffects({
  effects,
  set,
}: {
  effects: MailRule['effects'];
  set: (change: Partial<MailRule['effects']>) => void;
}) {
  const { rules: texts } = useMailTexts();
  const { priorities } = useDeskTexts();
  const unsaid = { value: '', label: texts.unchanged };
  return (
    <>
      <NativeSelect
        size="xs"
        label={texts.priority}
        value={effects.priority ?? ''}
        data={[unsaid, ...priority.options.map((value) => ({ value, label: priorities[value] }))]}
        onChange={(event) => set({ priority: priority.safeParse(event.currentTarget.value).data })}
      />
      <WordsInput label={texts.tags} value={effects.tags} onChange={(tags) => set({ tags })} />
      <Checkbox
        size="xs"
        label={texts.silent}
        checked={effects.silent}
        onChange={(event) => set({ silent: event.currentTarget.checked })}
      />
    </>
  );
}
