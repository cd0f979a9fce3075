import { Link } from 'react-router';
import type { Rehearsal } from '#contract/rule.ts';
import { paths } from '#web/paths.ts';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { formatDuration, formatExact } from '#web/ui/format.ts';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { FiringsChart } from './firings-chart.tsx';

/** How much later what stays would be told. */
export function useLater(): (seconds: number | null) => string {
  const texts = useCalmTexts().rules;
  const { locale } = useUi();
  return (seconds) => {
    if (seconds === null || Math.abs(seconds) < 1) return '';
    const duration = formatDuration(Math.abs(seconds) * 1000, locale);
    return seconds > 0 ? texts.later(duration) : texts.earlier(duration);
  };
}

/** What a change would have done with the past. */
export function RehearsalView({ rehearsal }: { rehearsal: Rehearsal }) {
  const texts = useCalmTexts().rules;
  const { locale, timeZone } = useUi();
  const later = useLater();
  const { was, wouldBe, tickets, firings } = rehearsal;
  const lostIds = new Set(tickets.items.filter(({ kept }) => !kept).map(({ ticketId }) => ticketId));
  return (
    <section className="v-rehearsal" aria-live="polite" aria-label={texts.result}>
      <p>
        <strong>{wouldBe.count === was.count ? texts.same(was.count) : texts.verdict(wouldBe.count, was.count)}</strong>{' '}
        {texts.tickets(tickets.kept, tickets.lost)} {later(tickets.laterSeconds)}
      </p>
      <p className="v-quiet">
        {texts.source(formatExact(new Date(rehearsal.rawFrom), locale, timeZone))}{' '}
        {rehearsal.rolledSeconds !== null && texts.rolled(rehearsal.rolledSeconds / 60)} {rehearsal.cut && texts.cut}{' '}
        {rehearsal.triedSeconds < rehearsal.measuredSeconds && texts.finer(rehearsal.measuredSeconds)}
      </p>
      {lostIds.size > 0 && (
        <ul aria-label={texts.lost}>
          {tickets.items
            .filter(({ ticketId }) => lostIds.has(ticketId))
            .map(({ ticketId, number, title }) => (
              <li key={ticketId}>
                {texts.lost}{' '}
                <Link className="v-link" to={paths.ticket(ticketId)}>
                  {`#${number} ${title}`}
                </Link>
              </li>
            ))}
        </ul>
      )}
      {rehearsal.perDay.length > 1 && was.count + wouldBe.count > 0 && <FiringsChart days={rehearsal.perDay} />}
      {firings.length === 0 ? (
        <p className="v-quiet">{texts.noFirings}</p>
      ) : (
        <table className="v-watch-results" aria-label={texts.firings}>
          <tbody>
            {firings.map((firing) => (
              <tr key={firing.from}>
                <td>
                  <StateBadge state={firing.state} />
                </td>
                <td>
                  <Time at={firing.from} show="clock" />
                </td>
                <td>{firing.summary}</td>
                <td>
                  {firing.until === null
                    ? '…'
                    : formatDuration(Date.parse(firing.until) - Date.parse(firing.from), locale)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rehearsal.more > 0 && <p className="v-quiet">{texts.more(rehearsal.more)}</p>}
    </section>
  );
}
