import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { paths } from '#web/paths.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

const mentionsQuery = api.desk.mentions.list.queryOptions({ input: {} });

/** Where I am mentioned and have not looked yet; nothing while there is nothing. */
export function MyMentions() {
  const { mention: texts } = useWorkTexts();
  const items = useQuery(mentionsQuery).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="v-desk-mentions" aria-label={texts.mine(items.length)}>
      <strong>{texts.mine(items.length)}</strong>
      <ul>
        {items.slice(0, 5).map(({ messageId, ticketId, number, title, by }) => (
          <li key={messageId}>
            <Link className="v-link" to={paths.ticket(ticketId)}>
              {texts.by(by, number, title)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Whoever opens a ticket has seen where it mentions them. */
export function useSeenMentions(ticketId: string): void {
  const allowed = useRefusal('desk.write') === undefined;
  const isMentioned = useQuery(mentionsQuery).data?.items.some((one) => one.ticketId === ticketId) === true;
  useEffect(() => {
    if (!isMentioned || !allowed) return;
    void client.desk.mentions
      .see({ ticketId })
      .then(() => queryClient.invalidateQueries({ queryKey: mentionsQuery.queryKey }))
      .catch(() => undefined);
  }, [isMentioned, allowed, ticketId]);
}
