import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { TicketWhole } from '#contract/desk.ts';
import { api } from '#web/shell/api.ts';
import { sentenceOf } from '#web/shell/refusal-sentence.ts';
import { useAddress } from '#web/shell/use-address.ts';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { useNow } from '#web/ui/clock.ts';
import { Duration } from '#web/ui/duration.tsx';
import { Section } from '#web/ui/section.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { useDeskTexts } from '../desk-texts.ts';
import { evidenceCharts, evidenceSpan } from './evidence-chart.ts';
import { CheckResults } from './check-results.tsx';
import '../desk.css';

type FailedCheck = TicketWhole['alerts'][number];

const mostChecks = 8;

/** What failed and what it said, the check at hand with its last results and its measurements around the moment. */
export function TicketEvidence({ ticket }: { ticket: TicketWhole }) {
  const { evidence: texts } = useDeskTexts();
  const [params, say] = useAddress();
  const wanted = params.get('check');
  const alerts = ticket.alerts.toSorted(
    (a, b) =>
      Number(a.clearedAt !== null) - Number(b.clearedAt !== null) ||
      Date.parse(a.failingSince) - Date.parse(b.failingSince),
  );
  const shown = alerts.find((alert) => alert.checkId === wanted) ?? alerts[0];
  const select = (checkId: string): void => say('check', checkId);
  return (
    <Section title={texts.title}>
      {shown === undefined ? (
        <p className="v-quiet v-desk-none">{texts.none}</p>
      ) : (
        <>
          <ul className="v-desk-checks" aria-label={texts.checks}>
            {alerts.slice(0, mostChecks).map((alert) => (
              <li key={alert.alertId}>
                <button
                  type="button"
                  className="v-desk-check"
                  aria-pressed={alert === shown}
                  onClick={() => select(alert.checkId)}
                >
                  <CheckLine alert={alert} />
                </button>
              </li>
            ))}
          </ul>
          {alerts.length > mostChecks && <p className="v-quiet">{texts.more(alerts.length - mostChecks)}</p>}
          <Around key={shown.checkId} alert={shown} ticket={ticket} />
        </>
      )}
    </Section>
  );
}

function CheckLine({ alert }: { alert: FailedCheck }) {
  const { evidence: texts } = useDeskTexts();
  const cleared = alert.clearedAt !== null;
  const check = useQuery(api.watch.checks.get.queryOptions({ input: { id: alert.checkId } }));
  // The live state says more than the alert: degraded or unreachable instead of plainly down.
  const state = check.data?.state ?? (cleared ? 'up' : 'down');
  return (
    <>
      <StateBadge state={state} />
      <span className="v-desk-check-text">
        <strong>{alert.checkName}</strong> <span className="v-desk-check-summary">{alert.summary}</span>
      </span>
      <span className="v-quiet v-desk-check-since">
        {cleared ? (
          texts.cleared
        ) : (
          <>
            {texts.since} <Duration since={alert.failingSince} />
          </>
        )}
      </span>
    </>
  );
}

function Around({ alert, ticket }: { alert: FailedCheck; ticket: TicketWhole }) {
  const { evidence: texts } = useDeskTexts();
  const now = useNow();
  const span = evidenceSpan(alert.failingSince, ticket.goodSince, now);
  const measured = useQuery({
    ...api.watch.chart.queryOptions({ input: { checkId: alert.checkId, ...span, points: 240 } }),
    placeholderData: keepPreviousData,
  });
  if (measured.isError) {
    const { code, text } = sentenceOf(measured.error);
    return <p className="v-quiet v-desk-none">{code === 'not_found' ? texts.gone : text}</p>;
  }
  const [first, ...others] = measured.data === undefined ? [] : evidenceCharts(measured.data);
  return (
    <div className="v-desk-around">
      <CheckResults checkId={alert.checkId} />
      {first !== undefined && <TimeSeriesChart title={texts.chart} data={first} height={150} />}
      {others.length > 0 && (
        <details className="v-desk-charts">
          <summary>{texts.otherCharts(others.length)}</summary>
          {others.map((data) => (
            <TimeSeriesChart key={data.unit} title={texts.chart} data={data} height={130} />
          ))}
        </details>
      )}
    </div>
  );
}
