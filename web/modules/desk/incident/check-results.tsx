import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '#web/shell/api.ts';
import { plainLines } from '#web/ui/ansi.ts';
import { Duration } from '#web/ui/duration.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import '../desk.css';

const mostResults = 5;

/** The newest results of a check, and what the newest failing one printed. */
export function CheckResults({ checkId }: { checkId: string }) {
  const { evidence: texts } = useDeskTexts();
  const results = useQuery(api.watch.checks.results.queryOptions({ input: { id: checkId, limit: mostResults } })).data
    ?.items;
  if (results === undefined) return null;
  const output = results.find((result) => result.verdict !== 'up' && result.output.trim() !== '')?.output;
  return (
    <>
      <div className="v-desk-results">
        <table>
          <caption>
            {texts.results}{' '}
            <Link className="v-link" to={paths.check(checkId)}>
              {texts.openCheck}
            </Link>
          </caption>
          <thead className="v-unseen">
            <tr>
              <th scope="col">{texts.at}</th>
              <th scope="col">{texts.verdict}</th>
              <th scope="col">{texts.took}</th>
            </tr>
          </thead>
          <tbody>
            {results.map((result) => (
              <tr key={result.at}>
                <td className="v-quiet">
                  <Time at={result.at} show="clock" />
                </td>
                <td>
                  <StateBadge state={result.verdict} show="icon" /> {result.summary}{' '}
                  {result.confirming && <span className="v-quiet">({texts.confirming})</span>}
                </td>
                <td className="v-quiet">
                  <Duration ms={result.durationMs} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {output !== undefined && (
        <pre className="v-desk-output" aria-label={texts.output}>
          {plainLines(output.trimEnd()).join('\n')}
        </pre>
      )}
    </>
  );
}
