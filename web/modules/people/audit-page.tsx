import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconLink, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { api } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { KbdHint } from '#web/ui/kbd-hint.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { AuditTable } from './audit-table.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { auditQuery, personsQuery } from './people-queries.ts';
import { useSections } from './use-sections.ts';
import './people.css';

const settleMs = 250;
const uuidPattern = /^[0-9a-f-]{36}$/;

/** Every change that anybody asked for, and the proof that none was altered. */
export function AuditPage() {
  const { audit: texts, sections } = usePeopleTexts();
  const [params] = useSearchParams();
  const search = (params.get('q') ?? '').slice(0, 100);
  const person = params.get('person') ?? '';
  const lines = useInfiniteQuery(auditQuery({ search, personId: uuidPattern.test(person) ? person : '' }));
  const shown = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const total = lines.data?.pages[0]?.total;
  const tabs = useSections();
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">
          {texts.title}
          {total !== undefined && <span className="v-count v-number">{total}</span>}
        </h1>
        <div className="v-page-actions">
          <ChainProof />
        </div>
      </header>
      <SectionTabs label={sections.label} tabs={tabs} />
      <div className="v-people-body">
        <p className="v-people-lead">{texts.lead}</p>
        <AuditFilter search={search} person={person} />
        {lines.isError && <Failure message={sentenceOf(lines.error).text} onRetry={() => void lines.refetch()} />}
        {lines.data !== undefined && shown.length === 0 && <EmptyState title={texts.nothing} />}
        {shown.length > 0 && <AuditTable lines={shown} />}
        {lines.hasNextPage && (
          <ActionButton busy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {texts.older}
          </ActionButton>
        )}
      </div>
    </section>
  );
}

function AuditFilter({ search, person }: { search: string; person: string }) {
  const { audit: texts } = usePeopleTexts();
  const persons = useQuery(personsQuery).data ?? [];
  const [, setParams] = useSearchParams();
  const [typed, setTyped] = useState({ text: search, over: search });
  const set = (name: string, value: string): void =>
    setParams(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true, preventScrollReset: true },
    );
  const settle = useDebouncedCallback((text: string) => set('q', text), settleMs);
  const shown = typed.over === search || typed.text === search ? typed.text : search;
  return (
    <search className="v-people-filter">
      <TextInput
        size="xs"
        className="v-people-search"
        data-search=""
        aria-label={texts.search}
        placeholder={texts.search}
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        rightSection={shown === '' ? <KbdHint keys="/" /> : undefined}
        value={shown}
        maxLength={100}
        onChange={(event) => {
          setTyped({ text: event.currentTarget.value, over: search });
          settle(event.currentTarget.value);
        }}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.columns.who}
        value={person}
        onChange={(event) => set('person', event.currentTarget.value)}
        data={[{ value: '', label: texts.all }, ...persons.map((each) => ({ value: each.id, label: each.name }))]}
      />
    </search>
  );
}

/** Proves on demand that no line was changed or taken out. */
function ChainProof() {
  const { audit: texts } = usePeopleTexts();
  const chain = useQuery({
    ...api.people.audit.verify.queryOptions({ input: {} }),
    enabled: false,
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <>
      <output className="v-people-chain" data-wrong={chain.data?.holds === false || chain.isError || undefined}>
        {chain.isError && sentenceOf(chain.error).text}
        {chain.data !== undefined &&
          (chain.data.holds ? texts.holds(chain.data.length) : texts.broken(chain.data.brokenAt ?? 0))}
      </output>
      <ActionButton icon={<IconLink size={15} />} busy={chain.isFetching} onClick={() => void chain.refetch()}>
        {texts.verify}
      </ActionButton>
    </>
  );
}
