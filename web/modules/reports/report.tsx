import type { ResolutionReport } from '#contract/reports.ts';
import { locales } from '#web/shell/language.tsx';
import { TimeSeriesChart } from '#web/ui/chart/time-series-chart.tsx';
import { formatExact } from '#web/ui/format.ts';
import { PlainText } from '#web/ui/plain-text.tsx';
import { useUi } from '#web/ui/words.ts';
import { AvailabilityLines } from './availability-lines.tsx';
import { ReportPart as Part } from './report-part.tsx';
import { reportWordsIn, type ReportWords } from './reports-texts.ts';
import './report.css';

interface PartProps {
  report: ResolutionReport;
  words: ReportWords;
}

/** A resolution report, as the person it is for reads it. */
export function Report({ report }: { report: ResolutionReport }) {
  const words = reportWordsIn[report.language];
  const { timeZone } = useUi();
  return (
    <article className="v-report" lang={report.language}>
      <title>{`${words.incident(report.number)} – ${report.title}`}</title>
      <header>
        <p className="v-report-kind">
          {words.kind} · {words.incident(report.number)}
        </p>
        <h1>{report.title}</h1>
        <p className="v-report-made">
          {words.made} {formatExact(new Date(report.madeAt), locales[report.language], timeZone)}
        </p>
      </header>
      <Part title={words.summary}>
        {report.summary.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </Part>
      <Part title={words.facts}>
        <dl className="v-report-facts">
          {report.facts.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd>{fact.value}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part title={words.cause}>
        <PlainText text={report.cause} />
      </Part>
      <Part title={words.remedy}>
        <PlainText text={report.remedy} />
      </Part>
      <Proof report={report} words={words} />
      <Levels report={report} words={words} />
      <ReportChart report={report} words={words} />
      <Runs report={report} words={words} />
      <Affected report={report} words={words} />
      {report.availability !== null && (
        <AvailabilityLines heading={words.availability.availability} part={report.availability} words={words} />
      )}
      <Timeline report={report} words={words} />
    </article>
  );
}

function Proof({ report, words }: PartProps) {
  if (report.proof.length === 0) return null;
  return (
    <Part title={words.proof}>
      <div className="v-report-wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{words.check}</th>
              <th scope="col">{words.before}</th>
              <th scope="col">{words.after}</th>
            </tr>
          </thead>
          <tbody>
            {report.proof.map((line) => (
              <tr key={line.check}>
                <th scope="row">{line.check}</th>
                <td>{line.before}</td>
                <td>{line.after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

function Levels({ report, words }: PartProps) {
  if (report.levels.length === 0) return null;
  const { columns, heading, noPause } = words.levels;
  return (
    <Part title={heading}>
      <div className="v-report-wide">
        <table>
          <thead>
            <tr>
              {[columns.promise, columns.outcome, columns.counted, columns.pauses].map((label) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.levels.map(({ promise, outcome, counted, pauses, basis }, place) => (
              <tr key={place}>
                <th scope="row">{promise}</th>
                <td>{outcome}</td>
                <td>{counted}</td>
                <td>
                  {(pauses.length === 0 ? [noPause] : pauses).map((pause) => (
                    <div key={pause}>{pause}</div>
                  ))}
                  <div className="v-quiet">{basis}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

function ReportChart({ report, words }: PartProps) {
  const { chart } = report;
  if (chart === null) return null;
  return (
    <Part title={words.chart}>
      <TimeSeriesChart
        title={chart.label}
        height={170}
        data={{
          times: chart.times,
          unit: chart.unit,
          series: [{ name: 'value', label: chart.label, values: chart.values }],
          marks: [
            { at: chart.from, kind: 'down', label: words.before },
            ...(chart.until === null ? [] : [{ at: chart.until, kind: 'up' as const, label: words.after }]),
          ],
        }}
      />
    </Part>
  );
}

function Runs({ report, words }: PartProps) {
  if (report.runs.length === 0) return null;
  return (
    <Part title={words.runs}>
      {report.runs.map((run) => (
        <div key={run.runId} className="v-report-run">
          <h3>
            {run.title} {words.onHost(run.host)} · {run.state}
          </h3>
          <p>
            {words.proposedBy} {run.proposedBy}
            {run.approvedBy !== '' && ` · ${words.approvedBy} ${run.approvedBy}`}
          </p>
          <div className="v-report-wide">
            <table>
              <thead>
                <tr>
                  <th scope="col">{words.step}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">{words.took}</th>
                  <th scope="col">{words.code}</th>
                </tr>
              </thead>
              <tbody>
                {run.steps.map((step, at) => (
                  // Steps of a report have no identity but their place, and it never changes.
                  <tr key={at}>
                    <th scope="row">{step.title}</th>
                    <td>{step.state}</td>
                    <td>{step.duration}</td>
                    <td>{step.exitCode}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </div>
      ))}
    </Part>
  );
}

function Affected({ report, words }: PartProps) {
  const { things, people, peopleCount } = report.affected;
  if (things.length === 0 && peopleCount === 0) return null;
  const rest = peopleCount - people.length;
  return (
    <Part title={words.affected}>
      {things.length > 0 && <p>{things.map((thing) => thing.name).join(', ')}</p>}
      {peopleCount > 0 && (
        <p>
          <strong>{words.people(peopleCount)}</strong> {people.join(', ')}
          {rest > 0 && people.length > 0 && ` ${words.more(rest)}`}
        </p>
      )}
    </Part>
  );
}

function Timeline({ report, words }: PartProps) {
  return (
    <Part title={words.timeline}>
      <ol className="v-report-timeline">
        {report.timeline.map((event, at) => (
          // Two events may share a moment; their place tells them apart, and it never changes.
          <li key={at}>
            <time dateTime={event.at}>{event.clock}</time>
            <span>
              <strong>{event.who}</strong> {event.text}
            </span>
          </li>
        ))}
      </ol>
    </Part>
  );
}
