import { Checkbox, NativeSelect, Select, TextInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Silence } from '#contract/alert.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient, ready } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { SilenceUntilFields, useSilenceUntil } from './silence-until.tsx';
import { checksQuery, hostsQuery, kindsQuery, sitesQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';

const servicesQuery = () => api.estate.services.list.queryOptions({ input: { limit: 500 } });

const tagsQuery = () => api.estate.tags.list.queryOptions({ input: {} });

export const loader = () =>
  Promise.all([
    ready(checksQuery()),
    ready(hostsQuery()),
    ready(kindsQuery()),
    ready(sitesQuery()),
    ready(servicesQuery()),
    ready(tagsQuery()),
  ]);

const scopes = ['target', 'tag', 'check', 'kind', 'pattern'] as const;
type Scope = (typeof scopes)[number];

function isThingKind(word: string): word is NonNullable<Silence['target']>['kind'] {
  return word === 'site' || word === 'host' || word === 'service';
}

function things(kind: string, all: readonly { id: string; name: string }[]) {
  return all.map(({ id, name }) => ({ value: `${kind} ${id}`, label: name }));
}

/** What may be chosen for each scope, as values of a list. */
function useChoices(): Readonly<Record<Exclude<Scope, 'pattern'>, { value: string; label: string }[]>> {
  const checks = useSuspenseQuery(checksQuery()).data.items;
  const hosts = useSuspenseQuery(hostsQuery()).data;
  const kinds = useSuspenseQuery(kindsQuery()).data.items;
  const sites = useSuspenseQuery(sitesQuery()).data.items;
  const services = useSuspenseQuery(servicesQuery()).data.items;
  const tags = useSuspenseQuery(tagsQuery()).data.items;
  return {
    tag: tags.map(({ tag }) => ({ value: tag, label: tag })),
    target: [...things('site', sites), ...things('service', services), ...things('host', hosts)],
    check: checks.map(({ id, name, target }) => ({ value: id, label: `${target.name} – ${name}` })),
    kind: kinds.map(({ name, title }) => ({ value: name, label: title })),
  };
}

function scopeOf({ target, tag, checkId, checkKind }: Silence): Scope {
  if (target !== null) return 'target';
  if (tag !== null) return 'tag';
  if (checkId !== null) return 'check';
  return checkKind === null ? 'pattern' : 'kind';
}

function chosenOf({ target, tag, checkId, checkKind, pattern }: Silence): string {
  return target === null ? (tag ?? checkId ?? checkKind ?? pattern ?? '') : `${target.kind} ${target.id}`;
}

/** What is chosen: a thing, a check, a kind or a name. */
function useScope(known?: Silence) {
  const [scope, setScope] = useState<Scope>(() => (known === undefined ? 'target' : scopeOf(known)));
  const [chosen, setChosen] = useState(() => (known === undefined ? '' : chosenOf(known)));
  const [below, setBelow] = useState(known?.below ?? true);
  const read = () => {
    const [kind = '', id = ''] = chosen.split(' ');
    if (scope === 'target') return isThingKind(kind) ? { target: { kind, id }, below } : undefined;
    if (chosen.trim() === '') return undefined;
    if (scope === 'tag') return { tag: chosen, below };
    if (scope === 'check') return { checkId: chosen };
    return scope === 'kind' ? { checkKind: chosen } : { pattern: chosen };
  };
  const choose = (next: string): void => {
    setScope(scopes.find((each) => each === next) ?? 'target');
    setChosen('');
  };
  return { scope, choose, chosen, setChosen, below, setBelow, read };
}

function ScopeFields({ scope, tried }: { scope: ReturnType<typeof useScope>; tried: boolean }) {
  const texts = useCalmTexts().silences.newPage;
  const choices = useChoices();
  const error = tried && scope.read() === undefined ? texts.choose : undefined;
  return (
    <>
      <NativeSelect
        label={texts.scope}
        value={scope.scope}
        data={scopes.map((value) => ({ value, label: texts.scopes[value] }))}
        onChange={(event) => scope.choose(event.currentTarget.value)}
      />
      {scope.scope === 'pattern' ? (
        <TextInput
          label={texts.pattern}
          description={texts.patternHelp}
          value={scope.chosen}
          maxLength={200}
          error={error}
          onChange={(event) => scope.setChosen(event.currentTarget.value)}
        />
      ) : (
        <Select
          label={texts[scope.scope]}
          placeholder={texts.choose}
          searchable
          limit={200}
          value={scope.chosen === '' ? null : scope.chosen}
          data={choices[scope.scope]}
          error={error}
          onChange={(chosen) => scope.setChosen(chosen ?? '')}
        />
      )}
      {(scope.scope === 'target' || scope.scope === 'tag') && (
        <Checkbox
          label={texts.below}
          checked={scope.below}
          onChange={(event) => scope.setBelow(event.currentTarget.checked)}
        />
      )}
    </>
  );
}

/** A silence on a thing, a check, a kind or a name. */
export function SilenceNewPage() {
  return <SilenceForm />;
}

const openQuery = () => api.watch.silences.list.queryOptions({ input: {} });
const endedQuery = () => api.watch.silences.list.queryOptions({ input: { ended: 'true' } });

export const editLoader = () => Promise.all([loader(), ready(openQuery()), ready(endedQuery())]);

/** One silence: what it holds back now, and all of it to be changed while it is in force. */
export function SilencePage() {
  const { id } = useParams();
  const open = useSuspenseQuery(openQuery()).data.items;
  const ended = useSuspenseQuery(endedQuery()).data.items;
  const known = [...open, ...ended].find((each) => each.id === id);
  return known === undefined ? <NotFoundPage /> : <SilenceForm key={known.changedAt} known={known} />;
}

function SilenceForm({ known }: { known?: Silence }) {
  const texts = useCalmTexts().silences.newPage;
  const { silence: words } = useWatchTexts();
  const ui = useUi().words;
  const navigate = useNavigate();
  const forbidden = useRefusal('watch.act');
  const scope = useScope(known);
  const until = useSilenceUntil(known);
  const [reason, setReason] = useState(known?.reason ?? '');
  const [tried, setTried] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const end = until.read();
      const covered = scope.read();
      if (end === undefined || covered === undefined) return;
      const asked = { ...covered, ...end, reason };
      await (known === undefined
        ? client.watch.silences.create(asked)
        : client.watch.silences.change({ id: known.id, ...asked }));
    },
    meta: { quiet: true },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.watch.key() });
      await navigate(paths.silences());
    },
  });
  const submit = (event: { preventDefault: () => void }): void => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '' && scope.read() !== undefined && until.read() !== undefined) save.mutate();
  };
  const over = known !== undefined && known.endedAt !== null;
  return (
    <FormPage title={known === undefined ? texts.title : texts.editTitle} lead={texts.lead}>
      {known !== undefined && <SilenceNow silence={known} />}
      <form className="v-form" noValidate onSubmit={submit}>
        <ScopeFields scope={scope} tried={tried} />
        <SilenceUntilFields until={until} keep={known !== undefined} />
        <TextInput
          label={words.reason}
          description={words.reasonHelp}
          value={reason}
          maxLength={500}
          error={tried && reason.trim() === '' ? words.reasonNeeded : undefined}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {save.error !== null && (
          <p className="v-problem-text" role="alert">
            {sentenceOf(save.error).text}
          </p>
        )}
        <div className="v-form-end">
          <ActionButton main submit busy={save.isPending} refusal={forbidden ?? (over ? texts.over : undefined)}>
            {known === undefined ? words.submit : ui.actions.save}
          </ActionButton>
          <ActionButton onClick={() => void navigate(-1)}>{ui.actions.cancel}</ActionButton>
        </div>
      </form>
    </FormPage>
  );
}

/** Who set it, and what it holds back now. */
function SilenceNow({ silence: { by, createdAt, changedBy, changedAt, endedAt, held, holds } }: { silence: Silence }) {
  const texts = useCalmTexts().silences.newPage;
  return (
    <section aria-label={texts.now}>
      <p className="v-quiet">
        {texts.setBy(by.name)} <Time at={createdAt} />
        {changedBy !== null && changedAt !== null && (
          <>
            {' – '}
            {texts.changedBy(changedBy)} <Time at={changedAt} />
          </>
        )}
      </p>
      {endedAt === null && (
        <>
          <p>{texts.holds(held)}</p>
          <ul className="v-silence-holds">
            {holds.map(({ checkId, name, target, state, since }) => (
              <li key={checkId}>
                <StateBadge state={state} />{' '}
                <Link className="v-link" to={paths.check(checkId)}>{`${target} – ${name}`}</Link>{' '}
                <span className="v-quiet">
                  <Time at={since} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
