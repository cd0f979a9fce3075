import { Checkbox, Group, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Silence } from '#contract/alert.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { SilenceUntilFields, useSilenceUntil } from './silence-until.tsx';
import { checksQuery, hostsQuery, kindsQuery, sitesQuery } from './watch-queries.ts';
import { useWatchTexts } from './watch-texts.ts';

const servicesQuery = () => api.estate.services.list.queryOptions({ input: { limit: 500 } });

export const loader = () =>
  Promise.all([
    ready(checksQuery()),
    ready(hostsQuery()),
    ready(kindsQuery()),
    ready(sitesQuery()),
    ready(servicesQuery()),
  ]);

const scopes = ['target', 'check', 'kind', 'pattern'] as const;
type Scope = (typeof scopes)[number];

function isThingKind(word: string): word is NonNullable<Silence['target']>['kind'] {
  return word === 'site' || word === 'host' || word === 'service';
}

/** What may be chosen for each scope, as values of a list. */
function useChoices(): Readonly<Record<Exclude<Scope, 'pattern'>, { value: string; label: string }[]>> {
  const checks = useSuspenseQuery(checksQuery()).data.items;
  const hosts = useSuspenseQuery(hostsQuery()).data;
  const kinds = useSuspenseQuery(kindsQuery()).data.items;
  const sites = useSuspenseQuery(sitesQuery()).data.items;
  const services = useSuspenseQuery(servicesQuery()).data.items;
  const things = (kind: string, all: readonly { id: string; name: string }[]) =>
    all.map(({ id, name }) => ({ value: `${kind} ${id}`, label: name }));
  return {
    target: [...things('site', sites), ...things('service', services), ...things('host', hosts)],
    check: checks.map(({ id, name, target }) => ({ value: id, label: `${target.name} – ${name}` })),
    kind: kinds.map(({ name, title }) => ({ value: name, label: title })),
  };
}

/** A silence on a thing, a check, a kind or a name. */
export function SilenceNewPage() {
  const texts = useCalmTexts().silences;
  const { silence: words } = useWatchTexts();
  const ui = useUi().words;
  const navigate = useNavigate();
  const refusal = useRefusal('watch.act');
  const choices = useChoices();
  const until = useSilenceUntil();
  const [scope, setScope] = useState<Scope>('target');
  const [chosen, setChosen] = useState('');
  const [below, setBelow] = useState(true);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const what = () => {
    const [kind = '', id = ''] = chosen.split(' ');
    if (scope === 'target') return isThingKind(kind) ? { target: { kind, id }, below } : undefined;
    if (chosen.trim() === '') return undefined;
    if (scope === 'check') return { checkId: chosen };
    return scope === 'kind' ? { checkKind: chosen } : { pattern: chosen };
  };
  const create = useMutation({
    mutationFn: async () => {
      const end = until.read();
      const covered = what();
      if (end !== undefined && covered !== undefined)
        await client.watch.silences.create({ ...covered, ...end, reason });
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.watch.key() });
      await navigate(paths.silences());
    },
  });
  const submit = (): void => {
    setTried(true);
    if (reason.trim() !== '' && what() !== undefined && until.read() !== undefined) create.mutate();
  };
  return (
    <FormPage title={texts.newPage.title} lead={texts.newPage.lead}>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <NativeSelect
          label={texts.newPage.scope}
          value={scope}
          data={scopes.map((value) => ({ value, label: texts.newPage.scopes[value] }))}
          onChange={(event) => {
            setScope(scopes.find((each) => each === event.currentTarget.value) ?? 'target');
            setChosen('');
          }}
        />
        {scope === 'pattern' ? (
          <TextInput
            label={texts.newPage.pattern}
            description={texts.newPage.patternHelp}
            value={chosen}
            maxLength={200}
            error={tried && what() === undefined ? texts.newPage.choose : undefined}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        ) : (
          <NativeSelect
            label={texts.newPage[scope]}
            value={chosen}
            data={[{ value: '', label: texts.newPage.choose }, ...choices[scope]]}
            error={tried && what() === undefined ? texts.newPage.choose : undefined}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )}
        {scope === 'target' && (
          <Checkbox
            label={texts.newPage.below}
            checked={below}
            onChange={(event) => setBelow(event.currentTarget.checked)}
          />
        )}
        <SilenceUntilFields until={until} />
        <TextInput
          label={words.reason}
          description={words.reasonHelp}
          value={reason}
          maxLength={500}
          error={tried && reason.trim() === '' ? words.reasonNeeded : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {create.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(create.error).text}
          </p>
        )}
        <Group justify="flex-end" gap={8}>
          <ActionButton onClick={() => void navigate(-1)}>{ui.actions.cancel}</ActionButton>
          <ActionButton main submit busy={create.isPending} refusal={refusal}>
            {words.submit}
          </ActionButton>
        </Group>
      </form>
    </FormPage>
  );
}
