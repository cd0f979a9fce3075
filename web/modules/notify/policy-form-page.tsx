import { NumberInput } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import { targetKind, type Policy, type Target } from '#contract/notify-routes.ts';
import { api, client } from '#web/shell/api.ts';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { NotFoundPage } from '#web/shell/route-failure.tsx';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormPage } from '#web/ui/form/form-page.tsx';
import { NamedForm } from '#web/ui/form/named-form.tsx';
import { IconAct } from '#web/ui/icon-act.tsx';
import { paths } from '#web/paths.ts';
import { policiesQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import { TargetPicker } from './target-picker.tsx';

interface StepDraft {
  /** Made here: steps have no name. */
  readonly key: number;
  readonly afterMinutes: number;
  readonly targets: readonly Target[];
}

interface Draft {
  readonly name: string;
  readonly steps: readonly StepDraft[];
  readonly repeats: number;
  readonly repeatMinutes: number;
}

const empty: Draft = {
  name: '',
  steps: [{ key: 0, afterMinutes: 0, targets: [] }],
  repeats: 2,
  repeatMinutes: 30,
};

function draftOf({ name, steps, repeats, repeatMinutes }: Policy): Draft {
  return { name, repeats, repeatMinutes, steps: steps.map((step, key) => ({ ...step, key })) };
}

/** A step names no policy. */
const stepTargets = z.array(z.object({ kind: targetKind.exclude(['policy']), id: z.string() }));

/** Adds or changes an escalation policy. */
export function PolicyFormPage() {
  const { id } = useParams();
  const { policies: texts } = useNotifyTexts();
  const known = useSuspenseQuery(policiesQuery).data.items.find((each) => each.id === id);
  if (id !== undefined && known === undefined) return <NotFoundPage />;
  return (
    <FormPage title={known === undefined ? texts.newTitle : texts.changeTitle(known.name)} lead={texts.lead}>
      <PolicyForm key={id} id={id} start={known === undefined ? empty : draftOf(known)} />
    </FormPage>
  );
}

function usePolicySave(id: string | undefined) {
  const navigate = useNavigate();
  return useMutation({
    meta: { quiet: true },
    mutationFn: ({ name, repeats, repeatMinutes, ...draft }: Draft) => {
      const steps = draft.steps.map(({ afterMinutes, targets }) => ({
        afterMinutes,
        targets: stepTargets.parse(targets),
      }));
      const asked = { name, repeats, repeatMinutes, steps };
      return id === undefined ? client.notify.policies.create(asked) : client.notify.policies.change({ id, ...asked });
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: api.notify.key() });
      await navigate(paths.policies());
    },
  });
}

function withStep(steps: readonly StepDraft[]): readonly StepDraft[] {
  const key = Math.max(-1, ...steps.map((step) => step.key)) + 1;
  const afterMinutes = (steps.at(-1)?.afterMinutes ?? -15) + 15;
  return [...steps, { key, afterMinutes, targets: [] }];
}

function PolicyForm({ id, start }: { id: string | undefined; start: Draft }) {
  const { policies: texts } = useNotifyTexts();
  const refusal = useRefusal('notify.write');
  const [draft, setDraft] = useState<Draft>(start);
  const set = (change: Partial<Draft>): void => setDraft((before) => ({ ...before, ...change }));
  const save = usePolicySave(id);
  const errors = formErrorsOf(save.error);
  return (
    <NamedForm
      nameLabel={texts.name}
      name={draft.name}
      onName={(name) => set({ name })}
      errors={errors}
      saveLabel={texts.save}
      busy={save.isPending}
      refusal={refusal}
      cancelTo={paths.policies()}
      onSubmit={() => save.mutate(draft)}
    >
      {draft.steps.map((step, place) => (
        <StepEditor
          key={step.key}
          step={step}
          place={place}
          only={draft.steps.length === 1}
          error={errors[`steps.${place}.targets`]}
          set={(change) =>
            set({ steps: draft.steps.map((one) => (one.key === step.key ? { ...one, ...change } : one)) })
          }
          remove={() => set({ steps: draft.steps.filter(({ key }) => key !== step.key) })}
        />
      ))}
      <div>
        <ActionButton icon={<IconPlus size={15} />} onClick={() => set({ steps: withStep(draft.steps) })}>
          {texts.addStep}
        </ActionButton>
      </div>
      <Repetition draft={draft} error={errors['repeatMinutes']} set={set} />
    </NamedForm>
  );
}

interface StepEditorProps {
  step: StepDraft;
  place: number;
  only: boolean;
  error: string | undefined;
  set: (change: Partial<StepDraft>) => void;
  remove: () => void;
}

function StepEditor({ step, place, only, error, set, remove }: StepEditorProps) {
  const { policies: texts } = useNotifyTexts();
  return (
    <fieldset className="v-group">
      <legend>{texts.step(place + 1)}</legend>
      <div className="v-step-head">
        <NumberInput
          label={texts.after}
          suffix={` ${texts.minutes}`}
          min={0}
          max={1_440}
          value={step.afterMinutes}
          onChange={(value) => set({ afterMinutes: Number(value) || 0 })}
        />
        {!only && (
          <IconAct label={`${texts.removeStep} ${place + 1}`} icon={<IconTrash size={14} />} onClick={remove} />
        )}
      </div>
      <TargetPicker
        label={texts.told}
        chosen={step.targets}
        withPolicies={false}
        error={error}
        onChange={(targets) => set({ targets })}
      />
    </fieldset>
  );
}

interface RepetitionProps {
  draft: Draft;
  error: string | undefined;
  set: (change: Partial<Draft>) => void;
}

function Repetition({ draft, error, set }: RepetitionProps) {
  const { policies: texts } = useNotifyTexts();
  return (
    <>
      <NumberInput
        label={texts.repeats}
        suffix={` ${texts.times}`}
        min={0}
        max={20}
        value={draft.repeats}
        onChange={(value) => set({ repeats: Number(value) || 0 })}
      />
      <NumberInput
        label={texts.repeatMinutes}
        suffix={` ${texts.minutes}`}
        min={5}
        max={1_440}
        value={draft.repeatMinutes}
        error={error}
        onChange={(value) => set({ repeatMinutes: Number(value) || 0 })}
      />
    </>
  );
}
