import { Link } from 'react-router';
import type { Run } from '#contract/upkeep.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Section } from '#web/ui/section.tsx';
import { Time } from '#web/ui/time.tsx';
import { paths } from '#web/paths.ts';
import { useDeskTexts } from '../desk-texts.ts';
import '../desk.css';

/** The runs on an incident, newest first, with their live state. */
export function TicketRuns({ runs }: { runs: readonly Run[] }) {
  const texts = useDeskTexts();
  return (
    <Section title={texts.runs.title}>
      {runs.length === 0 ? (
        <p className="v-quiet v-desk-none">{texts.runs.none}</p>
      ) : (
        <ul className="v-desk-rows">
          {runs.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function RunRow({ run }: { run: Run }) {
  const { runs: texts } = useDeskTexts();
  return (
    <li className="v-desk-row v-desk-run">
      <PhaseBadge phase={run.state} />
      <div className="v-desk-row-main">
        <Link className="v-desk-row-link" to={paths.run(run.id)}>
          {run.runbook.name}
        </Link>{' '}
        <span className="v-quiet">
          {texts.on(run.host.name)}
          {' · '}
          {texts.proposedBy(run.proposedBy.name)} <Time at={run.proposedAt} />
          {run.emergency !== null && (
            <>
              {' · '}
              <strong>{run.emergency.reviewedBy === null ? texts.toReview : texts.emergency}</strong>
            </>
          )}
        </span>
        {run.note !== '' && <div className="v-desk-row-note">{run.note}</div>}
        {run.refusedReason !== null && <div className="v-desk-row-note">{run.refusedReason}</div>}
      </div>
    </li>
  );
}
