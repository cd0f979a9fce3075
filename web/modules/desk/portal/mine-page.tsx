import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { useMineTexts } from './mine-texts.ts';
import './mine.css';

/** Tickets of mine that are open, or over, page by page. */
function useMine(open: boolean, search: string) {
  return useInfiniteQuery({
    queryKey: [...api.desk.mine.list.key(), 'pages', open, search],
    queryFn: ({ pageParam, signal }) =>
      client.desk.mine.list(
        { open: open ? 'true' : 'false', search, limit: 50, ...(pageParam === null ? {} : { after: pageParam }) },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** What I asked for, and the outages that are known already. */
export function MinePage() {
  const texts = useMineTexts();
  const { words } = useUi();
  const [search, setSearch] = useState('');
  const [asked] = useDebouncedValue(search, 150);
  const open = useMine(true, asked);
  const over = useMine(false, asked);
  const nothing = open.data?.pages[0]?.total === 0 && over.data?.pages[0]?.total === 0;
  return (
    <section className="v-page v-mine" data-scroll="">
      <title>{texts.title}</title>
      <header className="v-page-head">
        <h1 className="v-title">{texts.title}</h1>
        <div className="v-page-actions">
          <ActionButton main to={paths.mineNew()} icon={<IconPlus size={15} />}>
            {texts.ask}
          </ActionButton>
        </div>
      </header>
      <Outages />
      {nothing && search === '' ? (
        <EmptyState title={texts.none}>{texts.noneHelp}</EmptyState>
      ) : (
        <>
          <TextInput
            type="search"
            data-search=""
            aria-label={texts.search}
            placeholder={texts.search}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          {nothing && <p className="v-quiet">{words.list.nothingMatches}</p>}
          <Tickets title={texts.open} found={open} />
          <Tickets title={texts.over} found={over} />
        </>
      )}
    </section>
  );
}

function Outages() {
  const texts = useMineTexts();
  const items = useQuery(api.desk.mine.outages.queryOptions({ input: {} })).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="v-mine-outages" aria-label={texts.outages}>
      {items.map(({ service, since }) => (
        <li key={service}>
          <strong>{texts.outage(service)}</strong>{' '}
          <span className="v-quiet">
            {texts.since} <Time at={since} show="clock" />
          </span>
        </li>
      ))}
    </ul>
  );
}

function Tickets({ title, found }: { title: string; found: ReturnType<typeof useMine> }) {
  const texts = useMineTexts();
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const total = found.data?.pages[0]?.total ?? 0;
  if (items.length === 0) return null;
  return (
    <Section
      title={title}
      aside={items.length < total && <span className="v-quiet">{texts.of(items.length, total)}</span>}
    >
      <ul className="v-mine-list">
        {items.map((ticket) => (
          <li key={ticket.id}>
            <Link to={paths.mineTicket(ticket.id)}>{ticket.title}</Link>
            <span className="v-quiet">
              {' '}
              #{ticket.number} · {texts.states[ticket.state]} · <Time at={ticket.updatedAt} />
            </span>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <ActionButton busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {texts.more}
        </ActionButton>
      )}
    </Section>
  );
}
