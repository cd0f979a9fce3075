import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { Category } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { queryClient } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { paths } from '#web/paths.ts';
import { categoriesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';

const empty = { parentId: null, name: { en: '', fr: '' }, words: '', teamId: null, active: true } as const;

/** A category, in both languages. */
export function CategoryPage() {
  const { id = 'new' } = useParams();
  const { categories: texts } = useSettingsTexts();
  const language = useLanguage();
  const all = useSuspenseQuery(categoriesQuery).data.items;
  const known = all.find((each) => each.id === id);
  const [newId] = useState(() => uuid());
  return (
    <FormPage title={known?.name[language] ?? texts.new}>
      <CategoryForm key={id} start={known ?? { ...empty, id: newId }} others={all.filter((each) => each !== known)} />
    </FormPage>
  );
}

function useCategorySave() {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ name, ...draft }: Category) =>
      client.desk.categories.put({ ...draft, name: { en: name.en || name.fr, fr: name.fr || name.en } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.desk.categories.key() });
      await navigate(paths.categories(), { replace: true });
    },
  });
}

function CategoryForm({ start, others }: { start: Category; others: readonly Category[] }) {
  const { categories: texts } = useSettingsTexts();
  const own = useLanguage();
  const other = own === 'en' ? 'fr' : 'en';
  const refusal = useRefusal('desk.write');
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const [draft, setDraft] = useState<Category>(start);
  const { name } = draft;
  const set = (change: Partial<Category>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useCategorySave();
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.nameIn[own]}
      name={name[own]}
      onName={(typed) => set({ name: { ...name, [own]: typed } })}
      errors={{ ...errors, name: errors[`name.${own}`] ?? '' }}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal}
      cancelTo={paths.categories()}
      onSubmit={() => save.mutate(draft)}
    >
      <TextInput
        label={texts.nameIn[other]}
        value={name[other]}
        error={errors[`name.${other}`]}
        maxLength={80}
        onChange={(event) => set({ name: { ...name, [other]: event.currentTarget.value } })}
      />
      <NativeSelect
        label={texts.parent}
        value={draft.parentId ?? ''}
        error={errors['parentId']}
        data={[
          { value: '', label: texts.noParent },
          ...others.map((each) => ({ value: each.id, label: each.name[own] })),
        ]}
        onChange={(event) => set({ parentId: event.currentTarget.value || null })}
      />
      <TextInput
        label={texts.words}
        description={texts.wordsHelp}
        value={draft.words}
        error={errors['words']}
        maxLength={300}
        onChange={(event) => set({ words: event.currentTarget.value })}
      />
      <NativeSelect
        label={texts.team}
        value={draft.teamId ?? ''}
        data={[{ value: '', label: texts.noTeam }, ...teams.map(({ id, name: team }) => ({ value: id, label: team }))]}
        onChange={(event) => set({ teamId: event.currentTarget.value || null })}
      />
      <Checkbox
        label={texts.active}
        checked={draft.active}
        onChange={(event) => set({ active: event.currentTarget.checked })}
      />
    </NamedForm>
  );
}
