import { useQuery } from '@tanstack/react-query';
import type { Ticket } from '#contract/desk.ts';
import type { Delivery } from '#contract/notify.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { useDeskTexts } from '../desk-texts.ts';
import { ticketNoticesQuery } from '../tickets/ticket-queries.ts';
import '../desk.css';

/** Who was told of an incident, by which way, and of each notice that was held why. */
export function TicketNotices({ ticket }: { ticket: Ticket }) {
  const { notices: texts } = useDeskTexts();
  const notices = useQuery(ticketNoticesQuery(ticket.id)).data?.items;
  if (notices === undefined) return null;
  return (
    <Section title={texts.title}>
      {ticket.alertCount > 1 && <p className="v-quiet">{texts.grouped(ticket.alertCount)}</p>}
      {notices.length === 0 ? (
        <p className="v-quiet v-desk-none">{texts.none}</p>
      ) : (
        <ul className="v-desk-rows">
          {notices.map((notice) => (
            <NoticeRow key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function NoticeRow({ notice }: { notice: Delivery }) {
  const { notices: texts } = useDeskTexts();
  const { channel, about, state, at, answer, because, toldIn } = notice;
  return (
    <li className="v-desk-row v-desk-run">
      <PhaseBadge phase={state} />
      <div className="v-desk-row-main">
        {channel?.name ?? texts.nobody}{' '}
        <span className="v-quiet">
          {texts.about[about]} · <Time at={at} show="clock" />
          {because.length > 0 && ` · ${because.join(' · ')}`}
          {toldIn !== null && ` · ${texts.together}`}
        </span>
        {answer !== '' && <div className="v-desk-row-note">{answer}</div>}
      </div>
    </li>
  );
}
