import { NativeSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { priority as priorityWord, ticketKind } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { FormProblem } from '#web/ui/form/form-problem.tsx';
import { WhenInput } from '#web/ui/form/when-input.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { newTicketOf, useNewTicketDraft, type NewTicketDraft } from './new-ticket-draft.ts';
import { RequesterPicker } from './requester-picker.tsx';
import { categoriesQuery, templatesQuery } from '../settings/settings-queries.ts';
import { ticketQuery } from '../tickets/ticket-queries.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useOperators } from '../use-operators.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

interface FieldsProps {
  readonly draft: NewTicketDraft;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<NewTicketDraft>) => void;
}

function useOpening(drop: () => void) {
  const navigate = useNavigate();
  // Made once, so that sending again after a failure opens one ticket.
  const [id] = useState(() => uuid());
  return useMutation({
    meta: { quiet: true },
    mutationFn: (draft: NewTicketDraft) => client.desk.tickets.create({ id, ...newTicketOf(draft) }),
    onSuccess: async (ticket) => {
      drop();
      queryClient.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
      await queryClient.invalidateQueries({ queryKey: api.desk.tickets.key() });
      await navigate(paths.ticket(ticket.id));
    },
  });
}

/** Opens a ticket by hand, of any kind, from nothing or from a template. */
export function TicketNewPage() {
  const texts = useDeskTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('desk.write');
  const { draft, set, restored, drop } = useNewTicketDraft();
  const open = useOpening(drop);
  const [tried, setTried] = useState(false);
  const missing: Record<string, string> = tried && draft.title.trim() === '' ? { title: words.form.required } : {};
  const errors = { ...formErrorsOf(open.error), ...missing };
  return (
    <FormPage title={texts.open.title} lead={texts.open.lead}>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (draft.title.trim() !== '' && !open.isPending) open.mutate(draft);
        }}
      >
        <FormProblem text={errors['']} />
        {restored && (
          <p className="v-form-draft">
            {words.form.draftRestored}{' '}
            <button type="button" className="v-link-button" onClick={drop}>
              {words.form.draftDiscard}
            </button>
          </p>
        )}
        <Beginning draft={draft} errors={errors} set={set} />
        <People draft={draft} errors={errors} set={set} />
        <div className="v-form-end">
          <ActionButton main submit busy={open.isPending} refusal={refusal}>
            {texts.open.submit}
          </ActionButton>
          <ActionButton onClick={() => void navigate(paths.desk())}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </FormPage>
  );
}

/** What a template leaves to be said; the rest of it is done when the ticket is opened. */
function useTemplateChoice(set: FieldsProps['set']) {
  const language = useLanguage();
  const all = useQuery(templatesQuery).data?.filter(({ kind }) => kind === 'ticket') ?? [];
  const choose = (id: string): void => {
    const template = all.find((one) => one.id === id);
    if (template === undefined) return set({ templateId: '' });
    const { change, body } = template;
    return set({
      templateId: id,
      ...(change.kind === undefined ? {} : { kind: change.kind }),
      ...(change.title === undefined ? {} : { title: change.title[language] }),
      ...(body[language].trim() === '' ? {} : { description: body[language] }),
      ...(change.priority === undefined ? {} : { priority: change.priority }),
      ...(change.categoryId ? { categoryId: change.categoryId } : {}),
      ...(change.teamId ? { teamId: change.teamId } : {}),
      ...(change.addTags === undefined ? {} : { tags: change.addTags }),
    });
  };
  return { all, choose };
}

function Beginning({ draft, errors, set }: FieldsProps) {
  const texts = useDeskTexts();
  const { kinds, facts } = useTicketTexts();
  const { templates } = useWorkTexts();
  const language = useLanguage();
  const { all, choose } = useTemplateChoice(set);
  return (
    <>
      {all.length > 0 && (
        <NativeSelect
          label={templates.begin}
          value={draft.templateId}
          error={errors['templateId']}
          data={[
            { value: '', label: templates.beginNone },
            ...all.map(({ id, name }) => ({ value: id, label: name[language] })),
          ]}
          onChange={(event) => choose(event.currentTarget.value)}
        />
      )}
      <NativeSelect
        label={facts.kind}
        value={draft.kind}
        data={ticketKind.options.map((value) => ({ value, label: kinds[value] }))}
        onChange={(event) => set({ kind: ticketKind.parse(event.currentTarget.value) })}
      />
      <TextInput
        label={texts.open.what}
        description={texts.open.whatHelp}
        required
        maxLength={300}
        value={draft.title}
        error={errors['title']}
        onChange={(event) => set({ title: event.currentTarget.value })}
      />
      <RequesterPicker
        label={facts.requester}
        chosen={draft.requester}
        error={errors['requesterId']}
        onChoose={(requester) => set({ requester })}
      />
      <Textarea
        label={texts.open.description}
        autosize
        minRows={4}
        maxRows={16}
        maxLength={20_000}
        value={draft.description}
        error={errors['description']}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.open.priority}
        value={draft.priority}
        data={[
          { value: '', label: facts.unweighed },
          ...priorityWord.options.map((value) => ({ value: value as string, label: texts.priorities[value] })),
        ]}
        onChange={(event) => set({ priority: event.currentTarget.value })}
      />
    </>
  );
}

/** Who gets it, what it is about, and by when. */
function People({ draft, errors, set }: FieldsProps) {
  const texts = useDeskTexts();
  const { facts } = useTicketTexts();
  const { picker } = useWorkTexts();
  const language = useLanguage();
  const operators = useOperators();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(categoriesQuery).data?.items.filter(({ active }) => active) ?? [];
  const none = { value: '', label: facts.none };
  return (
    <>
      <NativeSelect
        label={facts.category}
        value={draft.categoryId}
        data={[none, ...categories.map(({ id, name }) => ({ value: id, label: name[language] }))]}
        onChange={(event) => set({ categoryId: event.currentTarget.value })}
      />
      <NativeSelect
        label={facts.team}
        value={draft.teamId}
        data={[none, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => set({ teamId: event.currentTarget.value })}
      />
      <NativeSelect
        label={facts.assignee}
        value={draft.assigneeId}
        data={[{ value: '', label: texts.nobody }, ...operators]}
        onChange={(event) => set({ assigneeId: event.currentTarget.value })}
      />
      <Select
        label={texts.open.cause}
        description={texts.open.causeHelp}
        placeholder={texts.open.unknownCause}
        searchable
        clearable
        limit={50}
        nothingFoundMessage={picker.nothing}
        error={errors['cause']}
        value={draft.cause === '' ? null : draft.cause}
        data={useCauses()}
        onChange={(cause) => set({ cause: cause ?? '' })}
      />
      <TagsInput
        label={facts.tags}
        value={[...draft.tags]}
        maxTags={30}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        error={errors['tags']}
        onChange={(tags) => set({ tags: tags.map((tag) => tag.toLowerCase()) })}
      />
      <WhenInput label={facts.due} value={draft.dueAt} error={errors['dueAt']} onChange={(dueAt) => set({ dueAt })} />
    </>
  );
}

/** Hosts and services by name. */
function useCauses(): { value: string; label: string }[] {
  const hosts = useQuery(api.estate.hosts.list.queryOptions({ input: { limit: 500 } })).data?.items ?? [];
  const services = useQuery(api.estate.services.list.queryOptions({ input: { limit: 500 } })).data?.items ?? [];
  return [
    ...hosts.map((host) => ({ value: `host ${host.id}`, label: host.name })),
    ...services.map((service) => ({ value: `service ${service.id}`, label: service.name })),
  ];
}
