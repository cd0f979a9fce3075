import { Link } from 'react-router';
import type { AvailabilityReport } from '#contract/availability-report.ts';
import { locales } from '#web/shell/language.tsx';
import { formatExact } from '#web/ui/format.ts';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { AvailabilityLines } from './availability-lines.tsx';
import { ReportPart } from './report-part.tsx';
import { reportWordsIn } from './reports-texts.ts';
import './report.css';

/** The report of a period, as the person it is for reads it. */
export function PeriodReport({ report }: { report: AvailabilityReport }) {
  const words = reportWordsIn[report.language];
  const { timeZone } = useUi();
  return (
    <article className="v-report v-report-broad" lang={report.language}>
      <title>{report.title}</title>
      <header>
        <p className="v-report-kind">{words.availability.kind}</p>
        <h1>{report.title}</h1>
        <p className="v-report-made">
          {words.made} {formatExact(new Date(report.madeAt), locales[report.language], timeZone)} ·{' '}
          {words.availability.times} {report.timeZone}
        </p>
      </header>
      <ReportPart title={words.summary}>
        {report.summary.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </ReportPart>
      {report.parts.map(({ kind, heading, part }) => (
        <AvailabilityLines key={kind} heading={heading} part={part} words={words} />
      ))}
      <Incidents report={report} />
    </article>
  );
}

function Incidents({ report }: { report: AvailabilityReport }) {
  const words = reportWordsIn[report.language];
  const { availability } = words;
  const { items, total } = report.incidents;
  return (
    <ReportPart title={availability.incidents}>
      {items.length === 0 ? (
        <p>{availability.noIncidents}</p>
      ) : (
        <div className="v-report-wide">
          <table>
            <thead>
              <tr>
                <th scope="col">{availability.number}</th>
                <th scope="col">{availability.incident}</th>
                <th scope="col">{availability.opened}</th>
                <th scope="col">{availability.outage}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((each) => (
                <tr key={each.ticketId}>
                  <td>{each.number}</td>
                  <td>
                    <Link to={paths.ticket(each.ticketId)}>{each.title}</Link>
                  </td>
                  <td>{each.opened}</td>
                  <td>{each.outage}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total > items.length && <p>{words.more(total - items.length)}</p>}
    </ReportPart>
  );
}
