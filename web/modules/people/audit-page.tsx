import { NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '#web/shell/api.ts';
import { ChainProof } from '#web/shell/chain-proof.tsx';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { SettlingSearch } from '#web/ui/settling-search.tsx';
import { AuditTable } from './audit-table.tsx';
import { usePeopleTexts } from './people-texts.ts';
import { auditQuery, personsQuery } from './people-queries.ts';
import { useSections } from './use-sections.ts';
import './people.css';

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
          <ChainProof query={api.people.audit.verify.queryOptions({ input: {} })} texts={texts} />
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
  const [, say] = useAddress();
  return (
    <search className="v-people-filter">
      <SettlingSearch
        label={texts.search}
        className="v-people-search"
        value={search}
        onSettle={(text) => say('q', text)}
      />
      <NativeSelect
        size="xs"
        aria-label={texts.columns.who}
        value={person}
        onChange={(event) => say('person', event.currentTarget.value)}
        data={[{ value: '', label: texts.all }, ...persons.map((each) => ({ value: each.id, label: each.name }))]}
      />
    </search>
  );
}
