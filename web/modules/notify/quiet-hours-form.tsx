import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { priority } from '#contract/desk.ts';
import type { QuietHours } from '#contract/notify-routes.ts';
import { client } from '#web/shell/api.ts';
import { useLanguage } from '#web/shell/language.tsx';
import { formErrorsOf } from '#web/shell/refusal-sentence.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { FormProblem } from '#web/ui/form/form-problem.tsx';
import { Section } from '#web/ui/section.tsx';
import { quietHoursQuery } from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';
import './notify.css';

interface PartProps {
  draft: QuietHours;
  errors: Readonly<Record<string, string>>;
  set: (change: Partial<QuietHours>) => void;
}

function usualHours(): QuietHours {
  return {
    active: false,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    from: '22:00',
    until: '07:00',
    days: [],
    through: 'critical',
    onCallThrough: true,
  };
}

/** When I do not want to be disturbed, and by what all the same. */
export function QuietHoursForm() {
  const { mine: texts } = useNotifyTexts();
  const refusal = useRefusal('notify.own');
  const stored = useSuspenseQuery(quietHoursQuery).data;
  const [draft, setDraft] = useState<QuietHours>(() => stored ?? usualHours());
  const set = (change: Partial<QuietHours>): void => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () => client.notify.quietHours.set(draft),
    onSuccess: (saved) => {
      queryClient.setQueryData(quietHoursQuery.queryKey, saved);
      notifications.show({ message: texts.saved });
    },
  });
  const errors = formErrorsOf(save.error);
  return (
    <Section title={texts.quiet}>
      <p className="v-form-lead">{texts.quietLead}</p>
      <form
        className="v-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <FormProblem text={errors['']} />
        <Checkbox
          label={texts.active}
          checked={draft.active}
          onChange={(event) => set({ active: event.currentTarget.checked })}
        />
        <WhenQuiet draft={draft} errors={errors} set={set} />
        <WhatGetsThrough draft={draft} errors={errors} set={set} />
        <div className="v-form-end">
          <ActionButton main submit busy={save.isPending} refusal={refusal}>
            {texts.save}
          </ActionButton>
        </div>
      </form>
    </Section>
  );
}

function WhenQuiet({ draft, errors, set }: PartProps) {
  const { mine: texts } = useNotifyTexts();
  const format = new Intl.DateTimeFormat(useLanguage(), { weekday: 'short', timeZone: 'UTC' });
  const { days } = draft;
  return (
    <>
      <div className="v-explain-asked">
        <TextInput
          type="time"
          label={texts.from}
          value={draft.from}
          error={errors['from']}
          onChange={(event) => set({ from: event.currentTarget.value })}
        />
        <TextInput
          type="time"
          label={texts.until}
          value={draft.until}
          error={errors['until']}
          onChange={(event) => set({ until: event.currentTarget.value })}
        />
      </div>
      <TextInput
        label={texts.timeZone}
        value={draft.timeZone}
        error={errors['timeZone']}
        onChange={(event) => set({ timeZone: event.currentTarget.value })}
      />
      <fieldset className="v-days">
        <legend>{texts.days}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <Checkbox
            key={day}
            // The first of January 2024 was a Monday.
            label={format.format(new Date(Date.UTC(2024, 0, day)))}
            checked={days.includes(day)}
            onChange={(event) => {
              const others = days.filter((one) => one !== day);
              set({ days: event.currentTarget.checked ? [...others, day].toSorted((a, b) => a - b) : others });
            }}
          />
        ))}
      </fieldset>
    </>
  );
}

function WhatGetsThrough({ draft, set }: PartProps) {
  const { mine: texts, priorities } = useNotifyTexts();
  return (
    <>
      <NativeSelect
        label={texts.through}
        description={texts.throughHelp}
        value={draft.through ?? ''}
        onChange={(event) => {
          const { value } = event.currentTarget;
          set({ through: value === '' ? null : priority.parse(value) });
        }}
        data={[
          { value: '', label: texts.throughNone },
          // Above the last there is nothing.
          ...priority.options.map((value, place) => ({
            value,
            label: place === priority.options.length - 1 ? priorities[value] : texts.throughFrom(priorities[value]),
          })),
        ]}
      />
      <Checkbox
        label={texts.onCall}
        checked={draft.onCallThrough}
        onChange={(event) => set({ onCallThrough: event.currentTarget.checked })}
      />
    </>
  );
}
