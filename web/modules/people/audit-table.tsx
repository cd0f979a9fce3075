import type { AuditLine } from '#contract/people.ts';
import { Time } from '#web/ui/time.tsx';
import { usePeopleTexts } from './people-texts.ts';
import './people.css';

/** Lines of the audit trail, the details of each on demand. */
export function AuditTable({ lines }: { lines: readonly AuditLine[] }) {
  const { audit: texts } = usePeopleTexts();
  const { columns } = texts;
  return (
    <div className="v-audit">
      <table aria-label={texts.table}>
        <thead>
          <tr>
            <th scope="col">{columns.sequence}</th>
            <th scope="col">{columns.at}</th>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.request}</th>
            <th scope="col">{columns.outcome}</th>
            <th scope="col">{columns.detail}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.sequence}>
              <td className="v-quiet v-number" title={line.hash}>
                {line.sequence}
              </td>
              <td>
                <Time at={line.at} show="clock" />
              </td>
              <td>{line.who.name}</td>
              <td>
                <code>{line.request}</code>
              </td>
              <td data-wrong={line.outcome !== 'done' || undefined}>
                {line.outcome === 'done' ? texts.done : <code>{line.outcome}</code>}
              </td>
              <td>
                <Detail line={line} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Detail({ line }: { line: AuditLine }) {
  const text = JSON.stringify(line.detail, null, 2);
  const first = line.subject ?? Object.keys(line.detail).join(', ');
  if (first === '') return null;
  return (
    <details>
      <summary>
        <code>{first}</code>
      </summary>
      <pre>{text}</pre>
    </details>
  );
}
