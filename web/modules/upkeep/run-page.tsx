import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import type { Run } from '#contract/upkeep.ts';
import { Chip } from '#web/ui/chip.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { FactsPanel, type Fact } from '#web/ui/facts-panel.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { RunActions } from './run-actions.tsx';
import { durationOf } from './run-order.ts';
import { RunSteps } from './run-steps.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runQuery } from './upkeep-queries.ts';
import './upkeep.css';

/** One run: what it will do while it waits, what it does while it goes, what it did afterwards. */
export function RunPage() {
  const { id = '' } = useParams();
  const texts = useUpkeepTexts();
  const run = useSuspenseQuery(runQuery(id)).data;
  return (
    <>
      <title>{`${run.runbook.name} ${texts.run.onHost(run.host.name)}`}</title>
      <ThingPage
        kind={texts.runs.one}
        name={`${run.runbook.name} ${texts.run.onHost(run.host.name)}`}
        state={<PhaseBadge phase={run.state} />}
        lead={<RunLead run={run} />}
        actions={<RunActions run={run} />}
        chips={
          <>
            <Chip to={paths.host(run.host.id)}>{run.host.name}</Chip>
            <Chip to={paths.runbook(run.runbook.id)}>{run.runbook.name}</Chip>
            {run.incidentId !== null && <Chip to={paths.ticket(run.incidentId)}>{texts.run.facts.incident}</Chip>}
          </>
        }
        facts={<RunFacts run={run} />}
      >
        <Section title={texts.run.steps}>
          {run.state === 'waiting_approval' && <p className="v-run-lead">{texts.run.planLead}</p>}
          <RunSteps run={run} />
        </Section>
      </ThingPage>
    </>
  );
}

/** Why it waits, how long it runs, or how long it took. */
function RunLead({ run }: { run: Run }) {
  const { run: texts } = useUpkeepTexts();
  const took = durationOf(run);
  return (
    <span aria-live="polite">
      {took !== null && (
        <>
          {texts.tookWord} <Duration ms={took} />
          {'. '}
        </>
      )}
      {took === null && run.startedAt !== null && (
        <>
          {texts.running} <Duration since={run.startedAt} />
          {'. '}
        </>
      )}
      {run.note}
      {run.refusedReason !== null && ` ${run.refusedReason}`}
    </span>
  );
}

const at = (moment: string | null, who?: string) =>
  moment !== null && (
    <>
      <Time at={moment} show="clock" /> {who}
    </>
  );

function RunFacts({ run }: { run: Run }) {
  const texts = useUpkeepTexts();
  const { facts } = texts.run;
  const all: readonly (Fact | false)[] = [
    { name: 'host', label: facts.host, shown: run.host.name },
    { name: 'inputs', label: facts.inputs, shown: <RunInputs run={run} /> },
    { name: 'proposed', label: facts.proposed, shown: at(run.proposedAt, run.proposedBy.name) },
    run.approvedAt !== null && {
      name: 'approved',
      label: facts.approved,
      shown: at(run.approvedAt, run.approvedBy?.name),
    },
    run.refusedReason !== null && {
      name: 'refused',
      label: facts.refused,
      shown: at(run.endedAt, run.refusedBy?.name),
    },
    run.startedAt !== null && { name: 'started', label: facts.started, shown: at(run.startedAt) },
    run.endedAt !== null && run.state !== 'refused' && { name: 'ended', label: facts.ended, shown: at(run.endedAt) },
    run.emergency !== null && {
      name: 'emergency',
      label: facts.emergency,
      shown: [run.emergency.by.name, run.emergency.reason].join(' – '),
    },
    run.emergency !== null && {
      name: 'reviewed',
      label: facts.reviewed,
      shown:
        run.emergency.reviewedBy === null
          ? facts.notReviewed
          : [run.emergency.reviewedBy.name, run.emergency.reviewNote ?? ''].filter((part) => part !== '').join(' – '),
    },
    {
      name: 'version',
      label: facts.version,
      shown: (
        <Link className="v-link v-number" to={paths.runbook(run.runbook.id)}>
          {run.runbook.version}
        </Link>
      ),
    },
  ];
  return <FactsPanel facts={all.filter((fact) => fact !== false)} />;
}

function RunInputs({ run }: { run: Run }) {
  const { run: texts } = useUpkeepTexts();
  const { words } = useUi();
  const inputs = Object.entries(run.inputs);
  if (inputs.length === 0) return <span className="v-quiet">{texts.facts.noInputs}</span>;
  const shown = (value: string | number | boolean): string =>
    typeof value === 'boolean' ? (value ? words.list.yes : words.list.no) : String(value);
  return (
    <ul className="v-run-inputs">
      {inputs.map(([name, value]) => (
        <li key={name}>
          <code>{name}</code> {shown(value)}
        </li>
      ))}
    </ul>
  );
}
