import { Select } from '@mantine/core';
import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { importance } from '#contract/profile.ts';
import { settings as settingsWord } from '#contract/watch.ts';
import type { ThingRef } from '#contract/words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { paths } from '#web/paths.ts';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { asJsonSchema } from '#web/ui/form/json-schema.ts';
import { SchemaForm } from '#web/ui/form/schema-form.tsx';
import { checkFieldTexts, lateSettings, memberTexts, underSettings, wholeSchema } from './check-form.ts';
import { KindChoice } from './kind-choice.tsx';
import { checksQuery, hostsQuery, kindsQuery, servicesQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

export const loader = () => Promise.all([ready(hostsQuery()), ready(kindsQuery())]);

/** The machine Vigie runs on is watched by itself, so its kind is not offered. */
const ownKind = 'local-host';

type Target = ThingRef & { readonly name: string };

const wordOf = ({ kind, id }: ThingRef): string => `${kind}:${id}`;

/** What can be watched: hosts, and services, which are watched where they run. */
function useTargets(): readonly Target[] {
  const hosts = useSuspenseQuery(hostsQuery()).data.map(({ id, name, address }) => ({
    kind: 'host' as const,
    id,
    name: `${name} (${address})`,
  }));
  const services = (useQuery(servicesQuery()).data ?? []).map(({ id, name }) => ({
    kind: 'service' as const,
    id,
    name,
  }));
  const byName = (a: Target, b: Target): number => a.name.localeCompare(b.name, undefined, { numeric: true });
  return [...hosts.toSorted(byName), ...services.toSorted(byName)];
}

/** What the address says; a target alone is chosen already. */
function useChoice() {
  const [params, say] = useAddress();
  const kinds = useSuspenseQuery(kindsQuery()).data.items.filter(({ name }) => name !== ownKind);
  const targets = useTargets();
  const wanted = params.get('on') ?? `host:${params.get('host') ?? ''}`;
  return {
    kinds,
    targets,
    kind: kinds.find(({ name }) => name === params.get('kind')) ?? kinds[0],
    target: targets.find((each) => wordOf(each) === wanted) ?? (targets.length === 1 ? targets[0] : undefined),
    choose: (name: 'kind' | 'on', value: string) => say(name, value),
  };
}

/** Says at once that a kind over SSH has no way in to the host. */
function AccessHint({ hostId }: { readonly hostId: string }) {
  const { checkNew } = useWatchTexts();
  const { data, isSuccess } = useQuery({
    ...api.upkeep.access.get.queryOptions({ input: { hostId } }),
    retry: false,
  });
  if (!isSuccess || data !== null) return null;
  return (
    <p className="v-problem-text">
      {checkNew.noAccess}{' '}
      <Link className="v-link" to={paths.hostAccess(hostId)}>
        {checkNew.giveAccess}
      </Link>
    </p>
  );
}

/** Starts one check by its form: for what does not show itself from outside, such as a unit or a command. */
export function CheckNewPage() {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  const { kinds, targets, kind, target, choose } = useChoice();
  const schema = useMemo(() => wholeSchema(asJsonSchema(kind?.settingsSchema)), [kind]);
  const others = useQuery({ ...checksQuery(), enabled: kind?.name === 'composite' });
  const refusal = useRefusal('watch.write');
  const start = useMutation({
    mutationFn: (value: Record<string, unknown>) =>
      client.watch.checks.create({
        kind: kind?.name ?? '',
        target: { kind: target?.kind ?? 'host', id: target?.id ?? '' },
        name: String(value['name']),
        intervalSeconds: Number(value['intervalSeconds']),
        importance: importance.parse(value['importance']),
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
        <Select
          label={texts.checkNew.host}
          placeholder={texts.checkNew.chooseHost}
          searchable
          allowDeselect={false}
          limit={200}
          value={target === undefined ? null : wordOf(target)}
          onChange={(word) => word !== null && choose('on', word)}
          data={(['host', 'service'] as const).map((group) => ({
            group: group === 'host' ? texts.checkNew.hosts : texts.checkNew.services,
            items: targets
              .filter((each) => each.kind === group)
              .map((each) => ({ value: wordOf(each), label: each.name })),
          }))}
        />
        <KindChoice label={texts.checkNew.kind} kinds={kinds} kind={kind} onChoose={(name) => choose('kind', name)} />
        {kind.needsSsh && target?.kind === 'host' && <AccessHint hostId={target.id} />}
        <SchemaForm
          key={kind.name}
          schema={schema}
          value={{
            name: kind.title,
            intervalSeconds: kind.intervalSeconds,
            importance: 'normal',
            settings: kind.defaults,
          }}
          texts={{
            ...checkFieldTexts(texts.settings, kind.title),
            ...memberTexts(kind.name, others.data?.items ?? [], texts.members),
          }}
          advanced={lateSettings(asJsonSchema(kind.settingsSchema), kind.defaults)}
          errors={underSettings(formErrorsOf(start.error))}
          refusal={refusal ?? (target === undefined ? texts.checkNew.chooseHost : undefined)}
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
