import { useSuspenseQuery } from '@tanstack/react-query';
import { Duration } from '#web/ui/duration.tsx';
import { Section } from '#web/ui/section.tsx';
import { StateBadge } from '#web/ui/state-badge.tsx';
import { Story } from '#web/ui/story.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { historyQuery, resultsQuery } from '../watch-queries.ts';
import { useWatchTexts } from '../watch-texts.ts';
import '../watch.css';

/** The last results, newest first; the output opens underneath. */
export function CheckResults({ checkId }: { checkId: string }) {
  const { checkPage } = useWatchTexts();
  const { data } = useSuspenseQuery(resultsQuery(checkId));
  return (
    <Section title={checkPage.results}>
      {data.items.length === 0 ? (
        <p className="v-quiet">{checkPage.noResults}</p>
      ) : (
        <table className="v-watch-results" aria-label={checkPage.results}>
          <tbody>
            {data.items.map((result) => (
              <tr key={result.at}>
                <td>
                  <StateBadge state={result.verdict} />
                </td>
                <td>{result.confirming && checkPage.confirming}</td>
                <td>
                  <ResultText summary={result.summary} output={result.output} />
                </td>
                <td>
                  <Duration ms={result.durationMs} />
                </td>
                <td>
                  <Time at={result.at} show="clock" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function ResultText({ summary, output }: { summary: string; output: string }) {
  if (output.trim() === '') return summary;
  return (
    <details>
      <summary>{summary}</summary>
      <pre>{output}</pre>
    </details>
  );
}

/** Each change of state, newest first. */
export function CheckHistory({ checkId }: { checkId: string }) {
  const { checkPage, because } = useWatchTexts();
  const { words } = useUi();
  const { data } = useSuspenseQuery(historyQuery(checkId));
  return (
    <Section title={checkPage.history}>
      {data.items.length === 0 ? (
        <p className="v-quiet">{checkPage.noHistory}</p>
      ) : (
        <Story
          label={checkPage.history}
          events={data.items.map((change) => ({
            id: change.at,
            at: change.at,
            state: change.to,
            text: (
              <>
                {checkPage.changed(words.states[change.from], words.states[change.to])}
                {change.because !== null && ` ${because(change.because.name)}`}
              </>
            ),
            ...(change.summary === '' ? {} : { proof: change.summary }),
          }))}
        />
      )}
    </Section>
  );
}
