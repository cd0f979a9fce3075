import { TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { api } from '#web/shell/api.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useMineTexts } from './mine-texts.ts';
import './mine.css';

const asked = (open: boolean, search: string) =>
  api.desk.mine.list.queryOptions({
    input: { open: open ? 'true' : 'false', search, limit: 50 },
    placeholderData: keepPreviousData,
  });

/** What I asked for, and the outages that are known already. */
export function MinePage() {
  const texts = useMineTexts();
  const [search, setSearch] = useState('');
  const open = useQuery(asked(true, search)).data?.items;
  const over = useQuery(asked(false, search)).data?.items;
  const nothing = open?.length === 0 && over?.length === 0;
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
          <Tickets title={texts.open} items={open ?? []} />
          <Tickets title={texts.over} items={over ?? []} />
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

type Mine = Awaited<ReturnType<typeof api.desk.mine.list.call>>['items'];

function Tickets({ title, items }: { title: string; items: Mine }) {
  const texts = useMineTexts();
  if (items.length === 0) return null;
  return (
    <Section title={title}>
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
    </Section>
  );
}
