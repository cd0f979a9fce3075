import { Checkbox, NativeSelect, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import { priority, ticketKind } from '#contract/desk.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { RemoveTemplate, useTemplatesBack } from './remove-template.tsx';
import { categoriesQuery, templatesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';
import { emptyTemplate, templateDraft, templateOf, templateStates, type TemplateDraft } from './template-draft.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

/** A template of tickets, in both languages. */
export function TemplatePage() {
  const { id = 'new' } = useParams();
  const { templates: texts } = useWorkTexts();
  const language = useLanguage();
  const known = useSuspenseQuery(templatesQuery).data.find((each) => each.id === id);
  const [newId] = useState(() => uuid());
  return (
    <FormPage
      title={known?.name[language] ?? texts.new}
      lead={texts.lead}
      actions={
        known?.mine && (
          <RemoveTemplate id={id} to={paths.ticketTemplates()} verb={texts.remove} text={texts.removeText} />
        )
      }
    >
      <TemplateForm
        key={id}
        id={known?.id ?? newId}
        mine={known?.mine ?? true}
        start={known === undefined ? emptyTemplate : templateDraft(known)}
      />
    </FormPage>
  );
}

interface FieldsProps {
  readonly draft: TemplateDraft;
  readonly errors: Readonly<Record<string, string>>;
  readonly set: (change: Partial<TemplateDraft>) => void;
}

function TemplateForm({ id, mine, start }: { id: string; mine: boolean; start: TemplateDraft }) {
  const { templates: texts } = useWorkTexts();
  const { answers } = useSettingsTexts();
  const own = useLanguage();
  const other = own === 'en' ? 'fr' : 'en';
  const mayWrite = useRefusal('desk.write');
  const [draft, setDraft] = useState(start);
  const set = (change: Partial<TemplateDraft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.desk.templates.put(templateOf(id, draft)),
    onSuccess: useTemplatesBack(paths.ticketTemplates()),
  });
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={answers.nameIn[own]}
      name={draft.name[own]}
      onName={(typed) => set({ name: { ...draft.name, [own]: typed } })}
      errors={{ ...errors, ...(errors[`name.${own}`] === undefined ? {} : { name: errors[`name.${own}`] ?? '' }) }}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={mayWrite ?? (mine ? undefined : texts.notYours)}
      cancelTo={paths.ticketTemplates()}
      onSubmit={() => save.mutate()}
    >
      <TextInput
        label={answers.nameIn[other]}
        value={draft.name[other]}
        error={errors[`name.${other}`]}
        maxLength={100}
        onChange={(event) => set({ name: { ...draft.name, [other]: event.currentTarget.value } })}
      />
      <Words draft={draft} errors={errors} set={set} />
      <Weights draft={draft} errors={errors} set={set} />
      <Checkbox
        label={texts.take}
        checked={draft.take}
        onChange={(event) => set({ take: event.currentTarget.checked })}
      />
      <Checkbox
        label={texts.shared}
        checked={draft.shared}
        onChange={(event) => set({ shared: event.currentTarget.checked })}
      />
    </NamedForm>
  );
}

function Words({ draft, errors, set }: FieldsProps) {
  const { templates: texts } = useWorkTexts();
  const own = useLanguage();
  const languages = own === 'en' ? (['en', 'fr'] as const) : (['fr', 'en'] as const);
  return (
    <>
      {languages.map((language) => (
        <TextInput
          key={language}
          label={texts.titleIn[language]}
          value={draft.title[language]}
          error={errors[`change.title.${language}`]}
          maxLength={300}
          onChange={(event) => set({ title: { ...draft.title, [language]: event.currentTarget.value } })}
        />
      ))}
      {languages.map((language) => (
        <Textarea
          key={language}
          label={texts.bodyIn[language]}
          value={draft.body[language]}
          error={errors[`body.${language}`]}
          maxLength={20_000}
          autosize
          minRows={4}
          maxRows={16}
          onChange={(event) => set({ body: { ...draft.body, [language]: event.currentTarget.value } })}
        />
      ))}
      <Textarea
        label={texts.checklist}
        description={texts.checklistHelp}
        value={draft.checklist}
        error={errors['change.checklist']}
        autosize
        minRows={3}
        maxRows={16}
        onChange={(event) => set({ checklist: event.currentTarget.value })}
      />
    </>
  );
}

function Weights({ draft, errors, set }: FieldsProps) {
  const { templates: texts } = useWorkTexts();
  const { kinds } = useTicketTexts();
  const { priorities } = useDeskTexts();
  const { words } = useUi();
  const language = useLanguage();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const categories = useQuery(categoriesQuery).data?.items ?? [];
  const asIs = { value: '', label: texts.asIs };
  return (
    <>
      <NativeSelect
        label={texts.kind}
        value={draft.kind}
        data={[asIs, ...ticketKind.options.map((value) => ({ value: value as string, label: kinds[value] }))]}
        onChange={(event) => set({ kind: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.category}
        value={draft.categoryId}
        data={[asIs, ...categories.map(({ id, name }) => ({ value: id, label: name[language] }))]}
        onChange={(event) => set({ categoryId: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.team}
        value={draft.teamId}
        data={[asIs, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={(event) => set({ teamId: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.priority}
        value={draft.priority}
        data={[asIs, ...priority.options.map((value) => ({ value: value as string, label: priorities[value] }))]}
        onChange={(event) => set({ priority: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.to}
        value={draft.to}
        data={[asIs, ...templateStates.map((value) => ({ value: value as string, label: words.phases[value] }))]}
        onChange={(event) => set({ to: event.currentTarget.value })}
      />
      <TagsInput
        label={texts.tags}
        value={[...draft.tags]}
        maxTags={30}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        error={errors['change.addTags']}
        onChange={(tags) => set({ tags: tags.map((tag) => tag.toLowerCase()) })}
      />
    </>
  );
}
