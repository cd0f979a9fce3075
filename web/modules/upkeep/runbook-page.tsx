import { useMutation, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconPencil, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Runbook } from '#contract/upkeep.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { FactsPanel } from '#web/ui/facts-panel.tsx';
import { useKeys } from '#web/ui/keys.ts';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { Section } from '#web/ui/section.tsx';
import { ThingPage } from '#web/ui/thing-page.tsx';
import { Time } from '#web/ui/time.tsx';
import { useUi } from '#web/ui/words.ts';
import { paths } from '#web/paths.ts';
import { StepList } from './step-list.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runbookQuery, runsQuery } from './upkeep-queries.ts';
import './upkeep.css';

const mostRuns = 15;

/** One runbook: what it does, and how it went. */
export function RunbookPage() {
  const { id = '' } = useParams();
  const texts = useUpkeepTexts();
  const runbook = useSuspenseQuery(runbookQuery(id)).data;
  return (
    <>
      <title>{runbook.name}</title>
      <ThingPage
        kind={texts.runbooks.one}
        name={runbook.name}
        {...(runbook.summary === '' ? {} : { lead: runbook.summary })}
        actions={<RunbookActions runbook={runbook} />}
        facts={<RunbookFacts runbook={runbook} />}
      >
        <Section title={texts.runbook.steps}>
          <StepList steps={runbook.steps} />
        </Section>
        <LastRuns runbookId={id} />
      </ThingPage>
    </>
  );
}

function RunbookActions({ runbook }: { runbook: Runbook }) {
  const texts = useUpkeepTexts();
  const navigate = useNavigate();
  const mayRun = useRefusal('upkeep.run');
  const mayWrite = useRefusal('upkeep.write');
  const [removing, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: () => spoken(client.upkeep.runbooks.remove({ id: runbook.id })),
    meta: { quiet: true },
    onSuccess: async () => {
      await navigate(paths.upkeep());
      await queryClient.invalidateQueries({ queryKey: api.upkeep.runbooks.list.key() });
    },
  });
  useKeys(texts.runbook.keys, [
    {
      keys: 'p',
      label: texts.runbook.run,
      run: () => void (mayRun === undefined && navigate(paths.runNew({ runbook: runbook.id }))),
    },
    {
      keys: 'e',
      label: texts.runbook.edit,
      run: () => void (mayWrite === undefined && navigate(paths.runbookEdit(runbook.id))),
    },
  ]);
  return (
    <>
      <ActionButton
        main
        icon={<IconPlayerPlay size={15} />}
        keys="p"
        refusal={mayRun}
        to={paths.runNew({ runbook: runbook.id })}
      >
        {texts.runbook.run}
      </ActionButton>
      <ActionButton icon={<IconPencil size={15} />} keys="e" refusal={mayWrite} to={paths.runbookEdit(runbook.id)}>
        {texts.runbook.edit}
      </ActionButton>
      <ActionButton icon={<IconTrash size={15} />} refusal={mayWrite} onClick={() => setRemoving(true)}>
        {texts.runbook.remove}
      </ActionButton>
      <ConfirmDialog
        opened={removing}
        title={texts.runbook.removeTitle(runbook.name)}
        verb={texts.runbook.remove}
        onConfirm={() => remove.mutateAsync()}
        onClose={() => setRemoving(false)}
      >
        {texts.runbook.removeText}
      </ConfirmDialog>
    </>
  );
}

function RunbookFacts({ runbook }: { runbook: Runbook }) {
  const texts = useUpkeepTexts();
  const { words } = useUi();
  const { facts } = texts.runbook;
  const none = <span className="v-quiet">{words.list.noValue}</span>;
  return (
    <FactsPanel
      facts={[
        {
          name: 'approval',
          label: facts.approval,
          shown: runbook.safe ? texts.runbooks.safe : texts.runbooks.needsApproval,
        },
        {
          name: 'worked',
          label: facts.worked,
          shown: texts.runbooks.record(runbook.successCount, runbook.runCount),
        },
        {
          name: 'symptoms',
          label: facts.symptoms,
          shown: runbook.symptoms.length === 0 ? none : runbook.symptoms.join(', '),
        },
        {
          name: 'parameters',
          label: facts.parameters,
          shown:
            runbook.parameters.length === 0 ? none : runbook.parameters.map((parameter) => parameter.label).join(', '),
        },
        { name: 'version', label: facts.version, shown: <span className="v-number">{runbook.version}</span> },
        {
          name: 'changed',
          label: facts.changed,
          shown: (
            <>
              <Time at={runbook.changedAt} /> {runbook.changedBy.name}
            </>
          ),
        },
      ]}
    />
  );
}

function LastRuns({ runbookId }: { runbookId: string }) {
  const texts = useUpkeepTexts();
  const runs = useQuery(runsQuery).data?.items.filter((run) => run.runbook.id === runbookId);
  if (runs === undefined) return null;
  return (
    <Section title={texts.runbook.runs}>
      {runs.length === 0 ? (
        <p className="v-quiet v-upkeep-none">{texts.runbook.noRuns}</p>
      ) : (
        <ul className="v-upkeep-rows">
          {runs.slice(0, mostRuns).map((run) => (
            <li key={run.id}>
              <PhaseBadge phase={run.state} />
              <Link className="v-link" to={paths.run(run.id)}>
                {texts.run.onHost(run.host.name)}
              </Link>
              <span className="v-quiet">
                {run.proposedBy.name} <Time at={run.proposedAt} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
