import { NativeSelect } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { settings as settingsWord } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { asJsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { checkFieldTexts, underSettings, wholeSchema } from './check-form.ts';
import { hostsQuery, kindsQuery } from './watch-queries.ts';
import { useWatchTexts } from './watch-texts.ts';

export const loader = () => Promise.all([ready(hostsQuery()), ready(kindsQuery())]);

/** The machine Vigie runs on is watched by itself, so its kind is not offered. */
const ownKind = 'local-host';

/** What the address says; a host alone is chosen already. */
function useChoice() {
  const [params, setParams] = useSearchParams();
  const kinds = useSuspenseQuery(kindsQuery()).data.items.filter(({ name }) => name !== ownKind);
  const hosts = useSuspenseQuery(hostsQuery()).data;
  const choose = (name: 'kind' | 'host', value: string): void =>
    setParams(
      (before) => {
        before.set(name, value);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  return {
    kinds,
    hosts: hosts.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })),
    kind: kinds.find(({ name }) => name === params.get('kind')) ?? kinds[0],
    host: hosts.find(({ id }) => id === params.get('host')) ?? (hosts.length === 1 ? hosts[0] : undefined),
    choose,
  };
}

/** Starts one check by its form: for what does not show itself from outside, such as a unit or a command. */
export function CheckNewPage() {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const { kinds, hosts, kind, host, choose } = useChoice();
  const schema = useMemo(() => wholeSchema(asJsonSchema(kind?.settingsSchema)), [kind]);
  const refusal = useRefusal('watch.write');
  const start = useMutation({
    mutationFn: (value: Record<string, unknown>) =>
      client.watch.checks.create({
        kind: kind?.name ?? '',
        target: { kind: 'host', id: host?.id ?? '' },
        name: String(value['name']),
        intervalSeconds: Number(value['intervalSeconds']),
        settings: settingsWord.parse(value['settings'] ?? {}),
      }),
    meta: { quiet: true },
    onSuccess: async (check) => {
      await queryClient.invalidateQueries({ queryKey: api.watch.checks.key() });
      await navigate(paths.check(check.id), { replace: true });
    },
  });
  if (kind === undefined) return null;
  return (
    <FormPage title={texts.checkNew.title} lead={texts.checkNew.lead}>
      <div className="v-form">
        <NativeSelect
          label={texts.checkNew.host}
          value={host?.id ?? ''}
          onChange={(event) => choose('host', event.currentTarget.value)}
          data={[
            ...(host === undefined ? [{ value: '', label: texts.checkNew.chooseHost }] : []),
            ...hosts.map(({ id, name, address }) => ({ value: id, label: `${name} (${address})` })),
          ]}
        />
        <NativeSelect
          label={texts.checkNew.kind}
          description={kind.summary}
          value={kind.name}
          onChange={(event) => choose('kind', event.currentTarget.value)}
          data={kinds.map(({ name, title }) => ({ value: name, label: title }))}
        />
        <SchemaForm
          key={kind.name}
          schema={schema}
          value={{ name: kind.title, intervalSeconds: kind.intervalSeconds, settings: kind.defaults }}
          texts={checkFieldTexts(texts.settings, kind.title)}
          errors={underSettings(formErrorsOf(start.error))}
          refusal={refusal ?? (host === undefined ? texts.checkNew.chooseHost : undefined)}
          busy={start.isPending}
          submitLabel={texts.checkNew.start}
          onSubmit={(value) => start.mutate(value)}
          onCancel={() => void navigate(-1)}
          draftName={`check new ${kind.name}`}
        />
      </div>
    </FormPage>
  );
}
