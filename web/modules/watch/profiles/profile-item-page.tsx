import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useParams, useSearchParams, type LoaderFunctionArgs } from 'react-router';
import { importance } from '#contract/profile.ts';
import { settings as settingsWord } from '#contract/watch.ts';
import { client } from '#web/shell/api.ts';
import { ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { asJsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { useUi } from '#web/ui/words.ts';
import { checkFieldTexts, lateSettings, secretsSetIn, underSettings, wholeSchema } from '../checks/check-form.ts';
import { itemsToSend, renewProfiles } from '../checks/change-items.ts';
import { KindChoice } from '../checks/kind-choice.tsx';
import { useProfileTexts } from './profile-texts.ts';
import { kindsQuery, profileQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([ready(profileQuery(params['id'] ?? '')), ready(kindsQuery())]);

const ownKind = 'local-host';

/** The item the address names, or a new one of the kind it names. */
function useItem() {
  const { id = '', item: itemId } = useParams();
  const [params, setParams] = useSearchParams();
  const { data: profile } = useSuspenseQuery(profileQuery(id));
  const kinds = useSuspenseQuery(kindsQuery()).data.items.filter(({ name }) => name !== ownKind);
  const item = profile.items.find((each) => each.id === itemId);
  const wanted = item?.kind ?? params.get('kind');
  const kind = kinds.find(({ name }) => name === wanted) ?? kinds[0];
  const chooseKind = (name: string): void => setParams({ kind: name }, { replace: true });
  return { profile, kinds, kind, item, chooseKind };
}

/** One check of a profile, asked for by its kind's own schema. Saved, the checks made from it follow. */
export function ProfileItemPage() {
  const texts = useProfileTexts();
  const watchTexts = useWatchTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const refusal = useRefusal('watch.write');
  const { profile, kinds, kind, item, chooseKind } = useItem();
  const schema = useMemo(() => wholeSchema(asJsonSchema(kind?.settingsSchema)), [kind]);
  const save = useMutation({
    mutationFn: (value: Record<string, unknown>) => {
      const now = {
        kind: kind?.name ?? '',
        name: String(value['name']),
        intervalSeconds: Number(value['intervalSeconds']),
        importance: importance.parse(value['importance']),
        settings: settingsWord.parse(value['settings'] ?? {}),
        rules: item?.rules ?? [],
        sensitivity: item?.sensitivity ?? {},
        ...(item === undefined ? {} : { id: item.id }),
      };
      const kept = itemsToSend(profile.items);
      const items = item === undefined ? [...kept, now] : kept.map((each) => (each.id === item.id ? now : each));
      return client.watch.profiles.change({ id: profile.id, items });
    },
    meta: { quiet: true },
    onSuccess: async ({ followed }) => {
      notifications.show({ message: texts.followed(followed.changed, followed.added, followed.removed) });
      await renewProfiles();
      await navigate(paths.profile(profile.id), { replace: true });
    },
  });
  if (kind === undefined) return null;
  const usual = { name: kind.title, intervalSeconds: kind.intervalSeconds, importance: 'normal' };
  const value = item ?? { ...usual, settings: kind.defaults };
  return (
    <FormPage
      title={item === undefined ? texts.itemPage.add : texts.itemPage.edit(item.name)}
      lead={profile.uses > 0 ? texts.itemPage.hold : kind.summary}
    >
      <div className="v-form">
        {item === undefined && (
          <KindChoice label={texts.itemPage.kind} kinds={kinds} kind={kind} onChoose={chooseKind} />
        )}
        <SchemaForm
          key={kind.name}
          schema={schema}
          value={value}
          secretsSet={secretsSetIn(value.settings)}
          texts={checkFieldTexts(watchTexts.settings, kind.title)}
          errors={underSettings(formErrorsOf(save.error))}
          advanced={lateSettings(asJsonSchema(kind.settingsSchema), kind.defaults, value.settings)}
          refusal={refusal}
          busy={save.isPending}
          submitLabel={profile.uses > 0 ? texts.itemPage.save : words.actions.save}
          onSubmit={(given) => save.mutate(given)}
          onCancel={() => void navigate(-1)}
          draftName={`profile item ${item?.id ?? `new ${profile.id} ${kind.name}`}`}
        />
      </div>
    </FormPage>
  );
}
