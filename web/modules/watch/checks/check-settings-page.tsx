import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useParams, type LoaderFunctionArgs } from 'react-router';
import { importance } from '#contract/profile.ts';
import { settings as settingsWord } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { asJsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { useUi } from '#web/ui/words.ts';
import { checkFieldTexts, lateSettings, memberTexts, secretsSetIn, underSettings, wholeSchema } from './check-form.ts';
import { checkQuery, checksQuery, kindsQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

export const loader = ({ params }: LoaderFunctionArgs) =>
  Promise.all([ready(checkQuery(params['id'] ?? '')), ready(kindsQuery())]);

/** The settings of a check, asked for by its kind's own schema. */
export function CheckSettingsPage() {
  const texts = useWatchTexts();
  const { words } = useUi();
  const navigate = useNavigate();
  const { id = '' } = useParams();
  const { data: check } = useSuspenseQuery(checkQuery(id));
  const { data: kinds } = useSuspenseQuery(kindsQuery());
  const others = useQuery({ ...checksQuery(), enabled: check.kind === 'composite' });
  const kind = kinds.items.find((each) => each.name === check.kind);
  const schema = useMemo(() => wholeSchema(asJsonSchema(kind?.settingsSchema)), [kind]);
  const refusal = useRefusal('watch.write');
  const change = useMutation({
    mutationFn: (value: Record<string, unknown>) =>
      client.watch.checks.change({
        id,
        name: String(value['name']),
        intervalSeconds: Number(value['intervalSeconds']),
        importance: importance.parse(value['importance']),
        settings: settingsWord.parse(value['settings'] ?? {}),
      }),
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
      await navigate(paths.check(id), { replace: true });
    },
  });
  return (
    <FormPage title={texts.settings.title(check.name)} {...(kind === undefined ? {} : { lead: kind.summary })}>
      <SchemaForm
        schema={schema}
        value={check}
        secretsSet={secretsSetIn(check.settings)}
        texts={{
          ...checkFieldTexts(texts.settings, kind?.title ?? check.kind),
          ...memberTexts(check.kind, others.data?.items ?? [], texts.members, id),
        }}
        advanced={lateSettings(asJsonSchema(kind?.settingsSchema), kind?.defaults ?? {}, check.settings)}
        errors={underSettings(formErrorsOf(change.error))}
        refusal={refusal}
        busy={change.isPending}
        submitLabel={words.actions.save}
        onSubmit={(value) => change.mutate(value)}
        onCancel={() => void navigate(-1)}
        draftName={`check ${id}`}
      />
    </FormPage>
  );
}
