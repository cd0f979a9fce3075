import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '#web/shell/api.ts';
import { ChainProof } from '#web/shell/chain-proof.tsx';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Failure } from '#web/ui/failure.tsx';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { Story } from '#web/ui/story.tsx';
import { EntryFilterBar } from './entry-filter-bar.tsx';
import { filterOf, isWide } from './entry-filter.ts';
import { EntryForm } from './entry-form.tsx';
import { useEntryEvent } from './entry-event.tsx';
import { entriesQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';
import { useSections } from './use-sections.ts';
import './logbook.css';

/** The logbook as a story, newest first, with a place to write. */
export function EntriesPage() {
  const texts = useLogbookTexts();
  const [params] = useSearchParams();
  const filter = filterOf(params);
  const entries = useInfiniteQuery(entriesQuery(filter));
  const eventOf = useEntryEvent();
  const shown = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const total = entries.data?.pages[0]?.total;
  const sections = useSections();
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">
          {texts.title}
          {total !== undefined && <span className="v-count v-number">{total}</span>}
        </h1>
        <div className="v-page-actions">
          <ChainProof query={api.logbook.entries.verify.queryOptions({ input: {} })} texts={texts.chain} />
        </div>
      </header>
      <SectionTabs label={texts.sections.label} tabs={sections} />
      <div className="v-logbook">
        <EntryForm />
        <EntryFilterBar filter={filter} />
        {entries.isError && <Failure message={sentenceOf(entries.error).text} onRetry={() => void entries.refetch()} />}
        {entries.data !== undefined && shown.length === 0 && (
          <EmptyState title={isWide(filter) ? texts.empty.title : texts.nothingFound}>
            {isWide(filter) ? texts.empty.text : undefined}
          </EmptyState>
        )}
        {shown.length > 0 && <Story label={texts.story} events={shown.map(eventOf)} />}
        {entries.hasNextPage && (
          <ActionButton busy={entries.isFetchingNextPage} onClick={() => void entries.fetchNextPage()}>
            {texts.older}
          </ActionButton>
        )}
      </div>
    </section>
  );
}
