import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Silence } from '#contract/alert.ts';
import { nowMs } from '#web/ui/clock.ts';
import { useUi } from '#web/ui/words.ts';
import { useCalmTexts } from './calm-texts.ts';
import { nextWorkday } from './next-workday.ts';

const durationMs = {
  '30m': 1_800_000,
  '1h': 3_600_000,
  '4h': 14_400_000,
  '1d': 86_400_000,
  '7d': 604_800_000,
} as const;

const choices = [...Object.keys(durationMs), 'workday', 'cured', 'ticketClosed', 'moment'];

/** When a silence ends, as it is sent. */
export interface SilenceUntil {
  ends: 'moment' | 'cured' | 'ticketClosed';
  until?: string;
  unlessWorse: boolean;
}

function isDuration(choice: string): choice is keyof typeof durationMs {
  return Object.hasOwn(durationMs, choice);
}

/** The choice of an end: a length, the next working day, a condition, or a moment. */
export function useSilenceUntil(known?: Silence) {
  const { timeZone } = useUi();
  const [choice, setChoice] = useState(known === undefined ? '1h' : 'keep');
  const [moment, setMoment] = useState('');
  const [unlessWorse, setUnlessWorse] = useState(known?.unlessWorse ?? false);
  const read = (): SilenceUntil | undefined => {
    if (choice === 'keep' && known !== undefined) return { ends: known.ends, until: known.until, unlessWorse };
    if (choice === 'cured' || choice === 'ticketClosed') return { ends: choice, unlessWorse };
    const at = isDuration(choice)
      ? new Date(nowMs() + durationMs[choice])
      : choice === 'workday'
        ? nextWorkday(nowMs(), timeZone)
        : new Date(moment);
    return Number.isNaN(at.getTime()) ? undefined : { ends: 'moment', until: at.toISOString(), unlessWorse };
  };
  return { choice, setChoice, moment, setMoment, unlessWorse, setUnlessWorse, read };
}

/** Its fields. */
export function SilenceUntilFields({
  until,
  keep = false,
}: {
  until: ReturnType<typeof useSilenceUntil>;
  /** Whether it may stay as it is. */
  keep?: boolean;
}) {
  const texts = useCalmTexts().silences.form;
  const labels: Readonly<Record<string, string>> = texts.choices;
  return (
    <>
      <NativeSelect
        label={texts.ends}
        value={until.choice}
        data={[...(keep ? ['keep'] : []), ...choices].map((value) => ({ value, label: labels[value] ?? value }))}
        onChange={(event) => until.setChoice(event.currentTarget.value)}
      />
      {until.choice === 'moment' && (
        <TextInput
          type="datetime-local"
          label={texts.moment}
          value={until.moment}
          onChange={(event) => until.setMoment(event.currentTarget.value)}
        />
      )}
      <Checkbox
        label={texts.unlessWorse}
        description={texts.unlessWorseHelp}
        checked={until.unlessWorse}
        onChange={(event) => until.setUnlessWorse(event.currentTarget.checked)}
      />
    </>
  );
}
