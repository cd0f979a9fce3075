import { NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { Proposal } from '#contract/watch.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { KbdHint } from '#web/ui/kbd-hint.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { ProposalList } from './proposal-list.tsx';
import { useLook, type Look } from './use-look.ts';
import { sitesQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '../watch.css';

/** Which proposals are ticked: as the server proposes, unless the person said otherwise. */
function useTicks(proposals: readonly Proposal[]) {
  const [said, setSaid] = useState<ReadonlyMap<string, boolean>>(new Map());
  const isTicked = (proposal: Proposal): boolean => said.get(proposal.key) ?? proposal.wanted;
  return {
    isTicked,
    ticked: proposals.filter(isTicked),
    tick: (keys: readonly string[], on: boolean) =>
      setSaid(new Map([...said, ...keys.map((key) => [key, on] as const)])),
  };
}

/** Starts the ticked proposals and goes to the list. */
function useStart() {
  const texts = useWatchTexts();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: ({ proposals, siteId }: { proposals: Proposal[]; siteId: string | null }) =>
      client.watch.start({ proposals, siteId }),
    meta: { quiet: true },
    onSuccess: async ({ checks, hostsAdded }) => {
      notifications.show({ message: texts.addPage.started(checks.length, hostsAdded) });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: api.watch.key() }),
        queryClient.invalidateQueries({ queryKey: api.estate.key() }),
      ]);
      await navigate(paths.watch());
    },
  });
}

/** Add by address: type, watch the proposals come in, start them with one keystroke. */
export function AddPage() {
  const texts = useWatchTexts();
  const [params, setParams] = useSearchParams();
  const asked = params.get('what') ?? '';
  const [what, setWhat] = useState(asked);
  const { look, start: startLook, stop } = useLook();
  const refusal = useRefusal('watch.write');
  const field = useRef<HTMLInputElement>(null);
  const begin = useEffectEvent((text: string) => {
    if (text !== '' && refusal === undefined) startLook(text);
  });
  // A page opened with an address in it begins at once; otherwise the field waits for one.
  useEffect(() => {
    if (asked === '') field.current?.focus();
    else begin(asked);
  }, [asked]);
  const submit = (): void => {
    const text = what.trim();
    if (text === '' || refusal !== undefined) return;
    if (text === asked) startLook(text);
    else setParams({ what: text }, { replace: true });
  };
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.addPage.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.addPage.title}</h1>
      </header>
      <div className="v-add">
        <p className="v-form-lead">{texts.addPage.lead}</p>
        <form
          className="v-add-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextInput
            ref={field}
            label={texts.addPage.what}
            placeholder={texts.addPage.placeholder}
            value={what}
            maxLength={500}
            spellCheck={false}
            autoComplete="off"
            error={look.refusal}
            onChange={(event) => setWhat(event.currentTarget.value)}
          />
          {look.state === 'looking' ? (
            <ActionButton onClick={stop}>{texts.addPage.stop}</ActionButton>
          ) : (
            <ActionButton submit main={look.proposals.length === 0} refusal={refusal}>
              {texts.addPage.look}
            </ActionButton>
          )}
        </form>
        <LookProgress look={look} />
        {look.proposals.length > 0 && <Found look={look} />}
        {look.state === 'ended' && look.proposals.length === 0 && <NothingFound watched={look.watched > 0} />}
      </div>
    </section>
  );
}

function NothingFound({ watched }: { watched: boolean }) {
  const { addPage } = useWatchTexts();
  if (watched) return <EmptyState title={addPage.allWatched}>{addPage.allWatchedText}</EmptyState>;
  return <EmptyState title={addPage.nothing}>{addPage.nothingText}</EmptyState>;
}

function LookProgress({ look }: { look: Look }) {
  const { addPage } = useWatchTexts();
  const words =
    look.state === 'looking'
      ? [look.of > 0 ? addPage.looking(look.done, look.of) : '', look.at === '' ? '' : addPage.at(look.at)].join(' ')
      : look.state === 'ended' && look.proposals.length > 0
        ? addPage.found(look.proposals.length, look.addresses, look.watched)
        : '';
  return <output className="v-add-progress">{words}</output>;
}

function Found({ look }: { look: Look }) {
  const texts = useWatchTexts();
  const refusal = useRefusal('watch.write');
  const sites = useQuery(sitesQuery()).data?.items ?? [];
  const [siteId, setSiteId] = useState('');
  const { isTicked, ticked, tick } = useTicks(look.proposals);
  const start = useStart();
  const newHosts = ticked.some((proposal) => proposal.hostId === null);
  const go = (): void => {
    if (ticked.length > 0 && refusal === undefined && !start.isPending) {
      start.mutate({ proposals: ticked, siteId: siteId === '' ? null : siteId });
    }
  };
  useKeys(texts.addPage.keys.title, [
    { keys: 'mod+Enter', label: texts.addPage.keys.start, inFields: true, run: go },
    { keys: 's', label: texts.addPage.keys.start, run: go },
  ]);
  return (
    <>
      <ProposalList proposals={look.proposals} isTicked={isTicked} onTick={tick} />
      <div className="v-add-end">
        <ActionButton
          main
          onClick={go}
          busy={start.isPending}
          refusal={refusal ?? (ticked.length === 0 ? texts.addPage.startNone : undefined)}
        >
          {texts.addPage.start(ticked.length)}
        </ActionButton>
        <KbdHint keys="mod+Enter" />
        {sites.length > 0 && newHosts && (
          <NativeSelect
            size="xs"
            aria-label={texts.addPage.site}
            value={siteId}
            data={[
              { value: '', label: texts.addPage.noSite },
              ...sites.map((site) => ({ value: site.id, label: site.name })),
            ]}
            onChange={(event) => setSiteId(event.currentTarget.value)}
          />
        )}
        {start.error !== null && (
          <span className="v-problem-text" role="alert">
            {sentenceOf(start.error).text}
          </span>
        )}
      </div>
    </>
  );
}
