import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { TicketSheet } from '#contract/desk-words.ts';
import { api } from '#web/shell/api.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useWorkTexts } from './work-texts.ts';

const most = 5;

/** What else the requester asked for, the open ones first: one ticket seldom comes alone. */
export function RequesterTickets({ sheet }: { sheet: TicketSheet }) {
  const { requester: texts } = useWorkTexts();
  const { requester } = sheet;
  // By the address, which nobody shares; by the name where there is none.
  const words = `requester:"${(requester?.mail ?? requester?.name ?? '').replaceAll('"', '')}"`;
  const found = useQuery({
    ...api.desk.tickets.find.queryOptions({ input: { words, sort: '-updated', limit: most + 1 } }),
    enabled: requester !== null,
  }).data;
  if (requester === null || found === undefined) return null;
  const others = found.items.filter(({ id }) => id !== sheet.id).slice(0, most);
  const count = `${found.total - 1}${found.more ? '+' : ''}`;
  return (
    <div className="v-facts">
      <h2 className="v-section-title">{texts.others}</h2>
      {others.length === 0 ? (
        <p className="v-quiet">{texts.noOthers}</p>
      ) : (
        <ul className="v-desk-others">
          {others.map(({ id, number, title, state, updatedAt }) => (
            <li key={id}>
              <Link to={paths.ticket(id)}>
                <span className="v-quiet v-number">#{number}</span> {title}
              </Link>
              <span className="v-desk-others-state">
                <PhaseBadge phase={state} /> <Time at={updatedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {found.total - 1 > most && (
        <Link className="v-link" to={paths.desk(words)}>
          {texts.all(count)}
        </Link>
      )}
    </div>
  );
}
