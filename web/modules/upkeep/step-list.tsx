import type { Step } from '#contract/upkeep.ts';
import { Duration } from '#web/ui/duration.tsx';
import { PlainText } from '#web/ui/plain-text.tsx';
import { useUpkeepTexts } from './upkeep-texts.ts';
import './upkeep.css';

/** The steps of a runbook as they will run, nothing hidden. */
export function StepList({ steps }: { steps: readonly Step[] }) {
  const texts = useUpkeepTexts();
  return (
    <ol className="v-steps">
      {steps.map((step, at) => (
        // Steps have no identity but their place, and this list is never changed in place.
        <li key={at} className="v-step">
          <div className="v-step-head">
            <span className="v-step-number v-number">{at + 1}</span>
            <strong>{step.title}</strong>
            <span className="v-quiet">
              {texts.kinds[step.kind]}
              <StepTerms step={step} />
            </span>
          </div>
          <StepBody step={step} />
        </li>
      ))}
    </ol>
  );
}

/** How long it may take, as whom, and what its failure means. */
export function StepTerms({ step }: { step: Step }) {
  const { runbook: texts } = useUpkeepTexts();
  return (
    <>
      {(step.kind === 'command' || step.kind === 'check') && (
        <>
          {` · ${texts.atMost} `}
          <Duration ms={step.timeoutSeconds * 1000} />
        </>
      )}
      {step.kind === 'wait' && (
        <>
          {' · '}
          <Duration ms={step.seconds * 1000} />
        </>
      )}
      {step.kind === 'command' && step.sudo && ` · ${texts.asRoot}`}
      {step.onFailure === 'continue' && ` · ${texts.goesOnOnFailure}`}
    </>
  );
}

/** What a step does, in full. */
export function StepBody({ step }: { step: Step }) {
  const { run: texts } = useUpkeepTexts();
  if (step.kind === 'command') {
    return (
      <pre className="v-step-command" aria-label={texts.command}>
        {step.command}
      </pre>
    );
  }
  if (step.kind === 'manual') return <PlainText text={step.instruction} />;
  return null;
}
