import type { AvailabilityPart } from '#contract/availability-report.ts';
import { ReportPart } from './report-part.tsx';
import type { ReportWords } from './reports-texts.ts';

/** Availability lines of a report: an interval, three states, and what was left out with its reasons. */
export function AvailabilityLines({
  heading,
  part,
  words,
}: {
  heading: string;
  part: AvailabilityPart;
  words: ReportWords;
}) {
  const { availability } = words;
  return (
    <ReportPart title={heading}>
      <p>{part.lines.length === 0 ? availability.nothing : part.period}</p>
      {part.lines.length > 0 && (
        <div className="v-report-wide">
          <table className="v-report-availability">
            <thead>
              <tr>
                <th scope="col">{availability.name}</th>
                <th scope="col">{availability.share}</th>
                <th scope="col">{availability.up}</th>
                <th scope="col">{availability.down}</th>
                <th scope="col">{availability.unknown}</th>
                <th scope="col">{availability.outages}</th>
                <th scope="col">{availability.longest}</th>
                <th scope="col">{availability.leftOut}</th>
              </tr>
            </thead>
            <tbody>
              {part.lines.map((line) => (
                <tr key={line.thing.id}>
                  <th scope="row">
                    {line.thing.name}
                    <small>{line.basis}</small>
                  </th>
                  <td>{line.share}</td>
                  <td>{line.up}</td>
                  <td>{line.down}</td>
                  <td>{line.unknown}</td>
                  <td>{line.outages}</td>
                  <td>{line.longest}</td>
                  <td>
                    {line.exclusions.length === 0
                      ? availability.nothingLeftOut
                      : line.exclusions.map((each) => <div key={`${each.kind} ${each.why}`}>{each.text}</div>)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="v-report-help">
        {part.help} {part.cut && availability.cut}
      </p>
    </ReportPart>
  );
}
