import { Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { Run } from '#contract/upkeep.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { Duration } from '#web/ui/duration.tsx';
import { useKeptText } from '#web/ui/form/use-kept-text.ts';
import { LiveOutput } from '#web/ui/live-output.tsx';
import { PhaseBadge } from '#web/ui/phase-badge.tsx';
import { StepBody, StepTerms } from './step-list.tsx';
import { useStepOutput } from './use-step-output.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import { runQuery } from './upkeep-queries.ts';
import './upkeep.css';

type RunStep = Run['steps'][number];

/** The steps of a run, each with its state, its output as it comes, and what a person has to do. */
export function RunSteps({ run }: { run: Run }) {
  return (
    <ol className="v-steps">
      {run.steps.map((step, at) => (
        <li key={step.id} className="v-step" data-state-of-step={step.state}>
          <RunStepHead step={step} place={at + 1} />
          <RunStepBody run={run} step={step} />
        </li>
      ))}
    </ol>
  );
}

function RunStepHead({ step, place }: { step: RunStep; place: number }) {
  const texts = useUpkeepTexts();
  const { definition } = step;
  const took =
    step.startedAt === null ? null : step.endedAt === null ? (
      <Duration since={step.startedAt} />
    ) : (
      <Duration ms={Date.parse(step.endedAt) - Date.parse(step.startedAt)} />
    );
  return (
    <div className="v-step-head">
      <span className="v-step-number v-number">{place}</span>
      <strong>{definition.title}</strong>
      <span className="v-quiet">
        {texts.kinds[definition.kind]}
        {step.state === 'pending' && <StepTerms step={definition} />}
      </span>
      <span className="v-step-end">
        {took !== null && <span className="v-quiet">{took}</span>}
        {step.exitCode !== null && <span className="v-quiet v-number">{texts.run.exitCode(step.exitCode)}</span>}
        <PhaseBadge phase={step.state} />
      </span>
    </div>
  );
}

function RunStepBody({ run, step }: { run: Run; step: RunStep }) {
  const { run: texts } = useUpkeepTexts();
  const { definition } = step;
  const waitsForSign = definition.kind === 'manual' && (step.state === 'waiting' || step.state === 'running');
  const showsPlan = definition.kind === 'manual' || run.state === 'waiting_approval';
  return (
    <>
      {showsPlan || definition.kind !== 'command' ? (
        <StepBody step={definition} />
      ) : (
        <details className="v-step-what">
          <summary>{texts.command}</summary>
          <StepBody step={definition} />
        </details>
      )}
      {step.note !== '' && <p className="v-step-note">{step.note}</p>}
      {step.reattached > 0 && <p className="v-step-note">{texts.reattached(step.reattached)}</p>}
      {step.signedBy !== null && <p className="v-step-note">{texts.signedBy(step.signedBy.name)}</p>}
      {definition.kind === 'command' && step.startedAt !== null && <StepOutput run={run} step={step} />}
      {waitsForSign && <SignOff run={run} step={step} />}
    </>
  );
}

function StepOutput({ run, step }: { run: Run; step: RunStep }) {
  const { run: texts } = useUpkeepTexts();
  const live = step.endedAt === null;
  const output = useStepOutput(run.id, step.id, live, step.outputBytes);
  if (!live && output.known && output.text === '') return null;
  return (
    <>
      <LiveOutput output={output.text} live={live} label={texts.output(step.definition.title)} />
      {output.truncated && <p className="v-step-note">{texts.cut}</p>}
    </>
  );
}

/** A person says that a step done by hand is done, or that it could not be. */
function SignOff({ run, step }: { run: Run; step: RunStep }) {
  const { run: texts } = useUpkeepTexts();
  const refusal = useRefusal('upkeep.run');
  const note = useKeptText(`sign.${step.id}`);
  const sign = useMutation(
    api.upkeep.runs.signOff.mutationOptions({
      onSuccess: (signed) => {
        note.drop();
        queryClient.setQueryData(runQuery(run.id).queryKey, signed);
      },
    }),
  );
  const send = (done: boolean): void => sign.mutate({ id: run.id, stepId: step.id, done, note: note.text });
  return (
    <div className="v-step-sign">
      <Textarea
        label={texts.signNote}
        description={texts.signNoteHelp}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={2000}
        value={note.text}
        onChange={(event) => note.change(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(true);
        }}
      />
      <div className="v-step-sign-end">
        <ActionButton
          main
          keys="mod+Enter"
          icon={<IconCheck size={15} />}
          refusal={refusal}
          busy={sign.isPending}
          onClick={() => send(true)}
        >
          {texts.signDone}
        </ActionButton>
        <ActionButton icon={<IconX size={15} />} refusal={refusal} onClick={() => send(false)}>
          {texts.signNotDone}
        </ActionButton>
      </div>
    </div>
  );
}
