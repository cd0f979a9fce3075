import { Checkbox } from '@mantine/core';
import { IconMessageDots } from '@tabler/icons-react';
import { memo, useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { TicketRow } from '#contract/desk-words.ts';
import { useKeys } from '#web/ui/keys.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { useLevelTexts } from '../levels/level-texts.ts';
import { PriorityMark } from '../tickets/priority-mark.tsx';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { warmTicket, warmTicketNow } from './warm-ticket.ts';
import './ticket-list.css';
import '../levels/levels.css';

/** The row from which one went to a ticket: there one comes back. */
const left: { id: string | undefined } = { id: undefined };

interface RowsProps {
  rows: readonly TicketRow[];
  chosen: ReadonlySet<string>;
  onToggle: (id: string) => void;
}

/** Tickets as rows: j and k move, x chooses, Enter opens. */
export function TicketRows({ rows, chosen, onToggle }: RowsProps) {
  const texts = useTicketTexts();
  const { list } = texts;
  const navigate = useNavigate();
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ id }) => id === left.id),
    ),
  );
  const table = useRef<HTMLTableElement>(null);
  const go = (step: number): void => {
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    setAt(next);
    table.current?.rows[next + 1]?.scrollIntoView({ block: 'nearest' });
    const id = rows[next]?.id;
    if (id !== undefined) warmTicket(id);
  };
  const [first] = useState(at);
  useEffect(() => {
    if (first > 0) table.current?.rows[first + 1]?.scrollIntoView({ block: 'nearest' });
  }, [first]);
  const row = rows[at];
  useKeys(list.label, [
    { keys: 'j', label: list.columns.ticket, run: () => go(1) },
    { keys: 'k', label: list.columns.ticket, run: () => go(-1) },
    { keys: 'x', label: list.select(''), run: () => row !== undefined && onToggle(row.id) },
    {
      keys: 'Enter',
      label: list.label,
      run: () => {
        if (row === undefined) return;
        left.id = row.id;
        void navigate(paths.ticket(row.id));
      },
    },
  ]);
  return (
    <table className="v-tickets" aria-label={list.label} ref={table}>
      <thead>
        <tr>
          <td aria-hidden="true" />
          <th scope="col">{list.columns.ticket}</th>
          <th scope="col">{list.columns.state}</th>
          <th scope="col">{list.columns.priority}</th>
          <th scope="col">{list.columns.requester}</th>
          <th scope="col">{list.columns.assignee}</th>
          <th scope="col">{list.columns.category}</th>
          <th scope="col">{list.columns.promise}</th>
          <th scope="col">{list.columns.updated}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((ticket, place) => (
          <Row key={ticket.id} ticket={ticket} here={place === at} chosen={chosen.has(ticket.id)} onToggle={onToggle} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  ticket: TicketRow;
  here: boolean;
  chosen: boolean;
  onToggle: (id: string) => void;
}

const Row = memo(function Row({ ticket, here, chosen, onToggle }: RowProps) {
  const texts = useTicketTexts();
  const levels = useLevelTexts();
  const { words } = useUi();
  const name = `#${ticket.number} ${ticket.title}`;
  const quiet = (text: string | null) => text ?? <span className="v-quiet">{words.list.noValue}</span>;
  return (
    <tr
      onPointerEnter={() => warmTicket(ticket.id)}
      onPointerDown={() => warmTicketNow(ticket.id)}
      {...(here ? { 'data-at': '' } : {})}
      {...(chosen ? { 'data-chosen': '' } : {})}
    >
      <td>
        <Checkbox
          size="xs"
          aria-label={texts.list.select(name)}
          checked={chosen}
          onChange={() => onToggle(ticket.id)}
        />
      </td>
      <td className="v-tickets-name">
        <Link to={paths.ticket(ticket.id)} onClick={() => (left.id = ticket.id)}>
          <span className="v-quiet v-number">#{ticket.number}</span> {ticket.title}
        </Link>
        {ticket.lastWord === 'requester' && (
          <span className="v-tickets-due" title={texts.list.answerDue}>
            <IconMessageDots size={14} aria-label={texts.list.answerDue} />
          </span>
        )}
        {(ticket.promise === 'near' || ticket.promise === 'broken') && (
          <span className="v-tickets-promise v-tickets-narrow" data-promise={ticket.promise}>
            {levels.row[ticket.promise]}
          </span>
        )}
        <span className="v-tickets-tags">
          {texts.kinds[ticket.kind]}
          {ticket.tags.map((tag) => ` #${tag}`).join('')}
        </span>
      </td>
      <td>
        <PhaseBadge phase={ticket.state} />
      </td>
      <td>
        <PriorityMark priority={ticket.priority} />
      </td>
      <td>{quiet(ticket.requester)}</td>
      <td>{quiet(ticket.assignee ?? ticket.team)}</td>
      <td>{quiet(ticket.category)}</td>
      <td>
        <PromiseCell ticket={ticket} />
      </td>
      <td>
        <Time at={ticket.updatedAt} />
      </td>
    </tr>
  );
});

/** By when the nearest promise is to be kept. */
function PromiseCell({ ticket: { promise, promiseDueAt } }: { ticket: TicketRow }) {
  const levels = useLevelTexts();
  const { words } = useUi();
  return (
    <span className="v-tickets-promise" data-promise={promise}>
      {promiseDueAt === null ? (
        <span className="v-quiet">{promise === 'paused' ? levels.row.paused : words.list.noValue}</span>
      ) : (
        <>
          <Time at={promiseDueAt} /> {promise !== 'kept' && levels.row[promise]}
        </>
      )}
    </span>
  );
}
