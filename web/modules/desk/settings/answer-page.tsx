import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import { client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { paths } from '#web/paths.ts';
import { RemoveTemplate, useTemplatesBack } from './remove-template.tsx';
import { templatesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';

/** What an answer may name; the ticket fills it in. */
const names = [
  'requester.name',
  'requester.firstname',
  'ticket.number',
  'ticket.title',
  'ticket.thing',
  'operator.name',
  'operator.firstname',
  'today',
]
  .map((name) => `{{${name}}}`)
  .join(' ');

interface Both {
  readonly en: string;
  readonly fr: string;
}
interface Draft {
  readonly name: Both;
  readonly body: Both;
  readonly shared: boolean;
}

/** A language that was left empty takes the other's text: an answer must not be empty for half of its readers. */
function filled({ en, fr }: Both): Both {
  return { en: en.trim() === '' ? fr : en, fr: fr.trim() === '' ? en : fr };
}

/** A canned answer, in both languages. */
export function AnswerPage() {
  const { id = 'new' } = useParams();
  const { answers: texts } = useSettingsTexts();
  const language = useLanguage();
  const known = useSuspenseQuery(templatesQuery).data.find((each) => each.id === id);
  const [newId] = useState(() => uuid());
  return (
    <FormPage
      title={known?.name[language] ?? texts.new}
      lead={texts.lead}
      actions={
        known?.mine && <RemoveTemplate id={id} to={paths.answers()} verb={texts.remove} text={texts.removeText} />
      }
    >
      <AnswerForm
        key={id}
        id={known?.id ?? newId}
        mine={known?.mine ?? true}
        start={known ?? { name: { en: '', fr: '' }, body: { en: '', fr: '' }, shared: true }}
      />
    </FormPage>
  );
}

function AnswerForm({ id, mine, start }: { id: string; mine: boolean; start: Draft }) {
  const { answers: texts } = useSettingsTexts();
  const own = useLanguage();
  const other = own === 'en' ? 'fr' : 'en';
  const mayWrite = useRefusal('desk.write');
  const [{ name, body, shared }, setDraft] = useState<Draft>(start);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const back = useTemplatesBack(paths.answers());
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.desk.templates.put({ id, kind: 'answer', name: filled(name), body: filled(body), shared }),
    onSuccess: back,
  });
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.nameIn[own]}
      name={name[own]}
      onName={(typed) => set({ name: { ...name, [own]: typed } })}
      errors={{ ...errors, name: errors[`name.${own}`] ?? '' }}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={mayWrite ?? (mine ? undefined : texts.notYours)}
      cancelTo={paths.answers()}
      onSubmit={() => save.mutate()}
    >
      <TextInput
        label={texts.nameIn[other]}
        value={name[other]}
        error={errors[`name.${other}`]}
        maxLength={100}
        onChange={(event) => set({ name: { ...name, [other]: event.currentTarget.value } })}
      />
      {([own, other] as const).map((language, place) => (
        <Textarea
          key={language}
          label={texts.bodyIn[language]}
          description={place === 0 ? texts.words(names) : undefined}
          value={body[language]}
          error={errors[`body.${language}`]}
          maxLength={20_000}
          autosize
          minRows={6}
          maxRows={20}
          onChange={(event) => set({ body: { ...body, [language]: event.currentTarget.value } })}
        />
      ))}
      <Checkbox
        label={texts.shared}
        checked={shared}
        onChange={(event) => set({ shared: event.currentTarget.checked })}
      />
    </NamedForm>
  );
}
