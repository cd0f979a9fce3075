import { NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { promiseStep, type PromiseStep } from '#contract/desk-levels.ts';
import { goal as goalWord } from '#contract/desk-promise.ts';
import { api } from '#web/shell/api.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { useLevelTexts } from './level-texts.ts';
import { useOperators } from '../use-operators.ts';

interface StepsProps {
  steps: readonly PromiseStep[];
  onChange: (steps: readonly PromiseStep[]) => void;
}

/** What happens while a promise runs out. */
export function PolicySteps({ steps, onChange }: StepsProps) {
  const { policy: texts } = useLevelTexts();
  const add = (): void =>
    onChange([
      ...steps,
      promiseStep.parse({
        id: crypto.randomUUID().slice(0, 8),
        goal: 'resolution',
        at: 'percent',
        value: 75,
        act: 'notify',
      }),
    ]);
  return (
    <fieldset className="v-group">
      <legend>{texts.steps}</legend>
      {steps.map((step, place) => (
        <Step
          key={step.id}
          step={step}
          set={(change) => onChange(steps.map((one, other) => (other === place ? { ...one, ...change } : one)))}
          remove={() => onChange(steps.filter((_one, other) => other !== place))}
        />
      ))}
      <ActionButton icon={<IconPlus size={15} />} onClick={add}>
        {texts.addStep}
      </ActionButton>
    </fieldset>
  );
}

interface StepProps {
  step: PromiseStep;
  set: (change: Partial<PromiseStep>) => void;
  remove: () => void;
}

const { at: atWord, act: actWord } = promiseStep.shape;

function Step({ step, set, remove }: StepProps) {
  const levels = useLevelTexts();
  const texts = levels.policy;
  return (
    <div className="v-level-step">
      <NativeSelect
        label={texts.stepGoal}
        value={step.goal}
        data={goalWord.options.map((value) => ({ value, label: levels.goals[value] }))}
        onChange={(event) => set({ goal: goalWord.parse(event.currentTarget.value) })}
      />
      <NumberInput
        label={texts.stepValue}
        value={step.value}
        onChange={(value) => set({ value: Number(value) || 0 })}
      />
      <NativeSelect
        label={texts.stepAt}
        value={step.at}
        data={atWord.options.map((value) => ({ value, label: texts[value] }))}
        onChange={(event) => set({ at: atWord.parse(event.currentTarget.value) })}
      />
      <NativeSelect
        label={texts.stepAct}
        value={step.act}
        data={actWord.options.map((value) => ({ value, label: texts.acts[value] }))}
        onChange={(event) => set({ act: actWord.parse(event.currentTarget.value) })}
      />
      {step.act !== 'raise' && <Whom step={step} set={set} />}
      <IconAct label={texts.removeStep} icon={<IconTrash size={14} />} onClick={remove} />
    </div>
  );
}

function Whom({ step, set }: Omit<StepProps, 'remove'>) {
  const { policy: texts } = useLevelTexts();
  const persons = useOperators();
  const teams = useQuery(api.people.teams.list.queryOptions({ input: {} })).data?.items ?? [];
  const value = step.personId ?? step.teamId ?? step.whom;
  const choose = (chosen: string): void => {
    if (chosen === 'assignee' || chosen === 'team') set({ whom: chosen, personId: null, teamId: null });
    else if (teams.some(({ id }) => id === chosen)) set({ whom: 'team', personId: null, teamId: chosen });
    else set({ whom: 'person', personId: chosen, teamId: null });
  };
  return (
    <NativeSelect
      label={texts.stepWhom}
      value={value}
      data={[
        ...(step.act === 'notify'
          ? [
              { value: 'assignee', label: texts.assignee },
              { value: 'team', label: texts.team },
            ]
          : [{ value: step.whom === 'person' ? '' : step.whom, label: '–' }]),
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
        ...persons,
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
