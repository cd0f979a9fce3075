import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { useKeys } from '#web/ui/keys.ts';
import type { NowItem } from './now-items.ts';
import { useNowTexts } from './now-texts.ts';
import { useNowRow, type NowRow } from './use-now-row.ts';

/** Everything that wants a hand, each with what, since when, who, and its next step as a button. */
export function NowList({ items }: { items: readonly NowItem[] }) {
  const { keys } = useNowTexts();
  const navigate = useNavigate();
  const rowOf = useNowRow();
  const [cursor, setCursor] = useState(-1);
  const rows = items.map((item) => ({ item, row: rowOf(item) }));
  const here = rows[cursor]?.row;
  useKeys(keys.title, [
    { keys: 'j', label: keys.next, run: () => setCursor(Math.min(cursor + 1, rows.length - 1)) },
    { keys: 'k', label: keys.previous, run: () => setCursor(Math.max(cursor - 1, 0)) },
    { keys: 'Enter', label: keys.open, run: () => here !== undefined && void navigate(here.to) },
    { keys: 'a', label: keys.step, run: () => here?.step.refusal === undefined && here?.step.run() },
  ]);
  return (
    <ol className="v-now-list">
      {rows.map(({ item, row }, at) => (
        <NowLine key={`${item.kind} ${item.id}`} item={item} row={row} active={at === cursor} />
      ))}
    </ol>
  );
}

function NowLine({ item, row, active }: { item: NowItem; row: NowRow; active: boolean }) {
  const { kinds } = useNowTexts();
  return (
    <li
      className="v-now-line"
      data-kind={item.kind}
      data-loud={row.loud || undefined}
      data-cursor={active || undefined}
    >
      <span className="v-now-kind" data-state={row.state}>
        {item.kind === 'incident' ? kinds[item.ticket.kind] : kinds[item.kind]}
      </span>
      <span className="v-now-what">
        <Link className="v-now-title" to={row.to}>
          {row.title}
        </Link>
        <span className="v-quiet v-now-sub">{row.sub}</span>
      </span>
      <span className="v-now-since v-quiet">{item.since !== undefined && <Duration since={item.since} />}</span>
      <ActionButton
        main={row.loud}
        busy={row.step.busy ?? false}
        refusal={row.step.refusal}
        onClick={row.step.run}
        label={`${row.step.word} – ${row.title}`}
      >
        {row.step.word}
      </ActionButton>
    </li>
  );
}
