import { NumberInput, Select } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { anomalyMode, type ToldPolicy } from '#contract/advice-anomalies.ts';
import { adviceScreens as en } from '#texts/en/advice-screens.ts';
import { adviceScreens as fr } from '#texts/fr/advice-screens.ts';
import { ActionButton } from '../ui/action-button.tsx';
import '../ui/form/form.css';
import { api, client } from './api.ts';
import { useTexts } from './language.tsx';
import { queryClient } from './query-client.ts';
import { useRefusal } from './session.ts';

interface PolicyFormProps {
  /** What counts now. */
  policy: ToldPolicy;
  scope: ToldPolicy['scope'];
  /** The kind, profile or check that it is for. */
  target: string;
  onSaved?: () => void;
}

/** Takes what stands in a field as a number; nothing is none. */
function number(take: (value: number) => void): (value: number | string) => void {
  return (value) => take(Number(value) || 0);
}

/** How anomalies of all checks, a kind, a profile or a check are judged. */
export function PolicyForm({ policy, scope, target, onSaved }: PolicyFormProps) {
  const texts = useTexts({ en, fr }).policies;
  const [mode, setMode] = useState(policy.mode);
  const [learningHours, setLearning] = useState(policy.learningHours);
  const [leastShare, setShare] = useState(policy.leastShare);
  const [leastAmount, setAmount] = useState(policy.leastAmount);
  const save = useMutation({
    mutationFn: () => client.advice.policies.set({ scope, key: target, mode, learningHours, leastShare, leastAmount }),
    onSuccess: async () => {
      notifications.show({ message: texts.saved });
      await queryClient.invalidateQueries({ queryKey: api.advice.key() });
      onSaved?.();
    },
  });
  return (
    <div className="v-form">
      <Select
        label={texts.mode}
        allowDeselect={false}
        data={anomalyMode.options.map((value) => ({ value, label: texts.modes[value] }))}
        value={mode}
        onChange={(value) => setMode(anomalyMode.catch(mode).parse(value))}
      />
      <NumberInput label={texts.learning} min={0} max={2_160} value={learningHours} onChange={number(setLearning)} />
      <NumberInput
        label={texts.share}
        min={0}
        max={100_000}
        value={Math.round(leastShare * 1_000) / 10}
        onChange={number((value) => setShare(value / 100))}
      />
      <NumberInput label={texts.amount} min={0} value={leastAmount} onChange={number(setAmount)} />
      <div>
        <ActionButton main refusal={useRefusal('advice.write')} busy={save.isPending} onClick={() => save.mutate()}>
          {texts.save}
        </ActionButton>
      </div>
    </div>
  );
}
