import { NativeSelect } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { rowSort, type RowSort, type TicketRow } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { SectionTabs } from '#web/ui/section-tabs.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { BulkBar } from './bulk-bar.tsx';
import { useDeskTexts } from '../desk-texts.ts';
import { KeepView } from './keep-view.tsx';
import { MyMentions } from './my-mentions.tsx';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { TicketRows } from './ticket-rows.tsx';
import { TicketFilter } from './ticket-filter.tsx';
import { useDeskSections } from '../use-desk-sections.ts';
import { viewsQuery } from '../settings/settings-queries.ts';
import { warmTicketPage } from './warm-ticket.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';
import './ticket-list.css';

const pageSize = 50;
/** What the list shows to whoever asked for nothing else. */
const everyOpen = 'state:open';

/** The words of the list and its order stand in the address. */
function useListAddress() {
  const [params, setParams] = useSearchParams();
  const words = params.get('q') ?? everyOpen;
  const sort = rowSort.catch('-number').parse(params.get('sort') ?? '-number');
  const viewId = params.get('view');
  const change = (next: { words?: string; sort?: RowSort; viewId?: string | null }): void =>
    setParams(
      (before) => {
        if (next.words !== undefined) before.set('q', next.words);
        if (next.sort !== undefined) before.set('sort', next.sort);
        if (next.viewId === null) before.delete('view');
        else if (next.viewId !== undefined) before.set('view', next.viewId);
        return before;
      },
      { replace: true },
    );
  return { words, sort, viewId, change };
}

/** What matches, page by page. */
function useFound(address: { words: string; sort: RowSort }) {
  const asked = address.words;
  const pages = useInfiniteQuery({
    queryKey: [...api.desk.tickets.find.key(), 'list', asked, address.sort],
    queryFn: ({ pageParam, signal }) =>
      client.desk.tickets.find(
        { words: asked, sort: address.sort, limit: pageSize, ...(pageParam === null ? {} : { after: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const rows = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const first = pages.data?.pages[0];
  return { asked, pages, rows, first };
}

/** Tickets of every kind: found by typed words, page by page, changed many at once. */
export function TicketListPage() {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const refusal = useRefusal('desk.write');
  const navigate = useNavigate();
  const address = useListAddress();
  const { asked, pages, rows, first } = useFound(address);
  const chosen = useChosen(rows);
  useEffect(warmTicketPage, []);
  useKeys(texts.list.label, [
    { keys: 'n', label: older.open.action, run: () => void (refusal === undefined && navigate(paths.ticketNew())) },
  ]);
  return (
    <section className="v-page" data-scroll="">
      <title>{texts.title}</title>
      <Head shown={rows.length} first={first} />
      <SectionTabs label={texts.title} tabs={useDeskSections()} />
      <MyMentions />
      <Views address={address} onChoose={({ words, sort }, viewId) => address.change({ words, sort, viewId })} />
      <div className="v-tickets-bar">
        <TicketFilter
          words={address.words}
          error={(first?.unknown.length ?? 0) > 0 ? texts.list.unknown(first?.unknown.join(' ') ?? '') : undefined}
          onWords={(words) => address.change({ words })}
        />
        <NativeSelect
          aria-label={texts.list.sort}
          value={address.sort}
          data={rowSort.options.map((value) => ({ value, label: texts.list.sorts[value] }))}
          onChange={(event) => address.change({ sort: rowSort.parse(event.currentTarget.value) })}
        />
        <KeepView address={address} />
      </div>
      {chosen.ids.length > 0 && (
        <BulkBar
          ids={chosen.ids}
          words={asked}
          total={first?.total ?? 0}
          more={first?.more ?? false}
          onDone={chosen.clear}
        />
      )}
      {rows.length === 0 && !pages.isPending ? (
        <EmptyState title={asked === everyOpen ? texts.list.noneOpen : texts.list.none}>
          {asked === everyOpen ? texts.list.noneOpenHelp : texts.list.noneHelp}
        </EmptyState>
      ) : (
        <TicketRows rows={rows} chosen={chosen.set} onToggle={chosen.toggle} />
      )}
      {pages.hasNextPage && (
        <p className="v-tickets-more">
          <ActionButton busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {texts.list.next}
          </ActionButton>
        </p>
      )}
    </section>
  );
}

function Head({ shown, first }: { shown: number; first: { total: number; more: boolean } | undefined }) {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const refusal = useRefusal('desk.write');
  return (
    <header className="v-page-head">
      <h1 className="v-title">
        {texts.title}
        {first !== undefined && <span className="v-count">{texts.list.count(shown, first.total, first.more)}</span>}
      </h1>
      <div className="v-page-actions">
        <ActionButton main to={paths.quickEntry()} icon={<IconBolt size={15} />} keys="q" refusal={refusal}>
          {texts.quick.action}
        </ActionButton>
        <ActionButton to={paths.ticketNew()} icon={<IconPlus size={15} />} keys="n" refusal={refusal}>
          {older.open.action}
        </ActionButton>
      </div>
    </header>
  );
}

/** What is chosen of what is shown. */
function useChosen(rows: readonly TicketRow[]) {
  const [set, setSet] = useState<ReadonlySet<string>>(new Set());
  const ids = rows.filter(({ id }) => set.has(id)).map(({ id }) => id);
  // The same for as long as the page is shown, so that a row is drawn anew only when it changes itself.
  const toggle = useCallback(
    (id: string): void =>
      setSet((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      }),
    [],
  );
  return { set, ids, toggle, clear: () => setSet(new Set()) };
}

interface ViewsProps {
  address: { words: string; viewId: string | null };
  onChoose: (view: { words: string; sort: RowSort }, viewId: string | null) => void;
}

function Views({ address, onChoose }: ViewsProps) {
  const { list } = useTicketTexts();
  const { views } = useWorkTexts();
  const { words } = useUi();
  const kept = useQuery(viewsQuery).data ?? [];
  const usual = [
    { name: list.views.open, words: 'state:open' },
    { name: list.views.mine, words: 'state:open assignee:me snoozed:no' },
    { name: list.views.unassigned, words: 'state:open assignee:nobody snoozed:no' },
    { name: list.views.answer, words: 'state:open last:requester' },
    { name: list.views.near, words: 'state:open promise:near' },
    { name: list.views.broken, words: 'state:open promise:broken' },
    { name: list.views.incidents, words: 'kind:incident' },
    { name: list.views.all, words: '' },
  ].map((view) => ({ ...view, id: view.words, sort: '-number' as RowSort }));
  return (
    <nav className="v-tickets-views" aria-label={words.list.views}>
      {usual.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-pressed={address.viewId === null && view.words === address.words}
          onClick={() => onChoose(view, null)}
        >
          {view.name}
        </button>
      ))}
      {kept.map((view) => (
        <button
          key={view.id}
          type="button"
          aria-pressed={address.viewId === view.id}
          {...(view.mine ? {} : { title: views.by(view.owner) })}
          onClick={() => onChoose(view, view.id)}
        >
          {view.name}
        </button>
      ))}
    </nav>
  );
}
