import { TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { useProfileTexts } from './profile-texts.ts';
import { kindsQuery, startersQuery } from '../watch-queries.ts';
import '../watch.css';

export const loader = () => Promise.all([ready(startersQuery()), ready(kindsQuery())]);

/** Makes a profile of one of those to begin with, or an empty one. */
export function ProfileNewPage() {
  const { newPage, title: _list, ...texts } = useProfileTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('watch.write');
  const starters = useSuspenseQuery(startersQuery()).data.items;
  const [key, setKey] = useState(starters[0]?.key ?? '');
  const [typed, setTyped] = useState<string>();
  const starter = starters.find((each) => each.key === key);
  const name = typed ?? starter?.name ?? '';
  const make = useMutation({
    mutationFn: () =>
      client.watch.profiles.create({
        name,
        summary: starter?.summary ?? '',
        equipment: starter?.equipment ?? [],
        items: starter?.items ?? [],
      }),
    meta: { quiet: true },
    onSuccess: async ({ id }) => {
      await queryClient.invalidateQueries({ queryKey: api.watch.profiles.key() });
      await navigate(paths.profile(id), { replace: true });
    },
  });
  return (
    <FormPage title={newPage.title} lead={newPage.lead}>
      <form
        className="v-form"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <StarterChoice chosen={key} onChoose={setKey} />
        <TextInput
          label={newPage.name}
          value={name}
          maxLength={100}
          error={make.error === null ? undefined : sentenceOf(make.error).text}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className="v-form-end">
          <ActionButton
            main
            submit
            busy={make.isPending}
            refusal={refusal ?? (name.trim() === '' ? texts.columns.name : undefined)}
          >
            {newPage.make}
          </ActionButton>
          <ActionButton onClick={() => void navigate(-1)}>{words.actions.cancel}</ActionButton>
        </div>
      </form>
    </FormPage>
  );
}

/** The profiles to begin with, each with its checks, and an empty one. */
function StarterChoice({ chosen, onChoose }: { readonly chosen: string; readonly onChoose: (key: string) => void }) {
  const { newPage } = useProfileTexts();
  const starters = useSuspenseQuery(startersQuery()).data.items;
  const choices = [
    ...starters.map(({ key: value, name: label, summary, items }) => ({
      value,
      label,
      summary,
      checks: items.map((item) => item.name).join(' · '),
    })),
    { value: '', label: newPage.blank, summary: newPage.blankSummary, checks: '' },
  ];
  return (
    <fieldset className="v-starters">
      <legend className="v-unseen">{newPage.title}</legend>
      {choices.map(({ value, label, summary, checks }) => (
        <label key={value} data-on={value === chosen || undefined}>
          <input type="radio" name="starter" checked={value === chosen} onChange={() => onChoose(value)} />
          <span>
            <strong>{label}</strong>
            <span>{summary}</span>
            {checks !== '' && <span className="v-quiet">{checks}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
