import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { priority as priorityWord } from '#contract/desk.ts';
import type { TicketEdit, TicketSheet } from '#contract/desk-words.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { useUi } from '#web/ui/words.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { useTicketTexts } from './ticket-texts.ts';
import { useWorkTexts } from './work-texts.ts';

interface PriorityEditorProps {
  readonly sheet: TicketSheet;
  readonly edit: (edited: TicketEdit) => Promise<void>;
  readonly onEnd: () => void;
}

/** The priority: as impact and urgency say, or by hand, with the reason where they say something else. */
export function PriorityEditor({ sheet, edit, onEnd }: PriorityEditorProps) {
  const { facts } = useTicketTexts();
  const { weight, step } = useWorkTexts();
  const { priorities } = useDeskTexts();
  const { words } = useUi();
  const isWeighed = sheet.impact !== null && sheet.urgency !== null;
  const [value, setValue] = useState<string>(sheet.priority);
  const [reason, setReason] = useState(sheet.priorityReason);
  const save = useMutation({
    meta: { quiet: true },
    mutationFn: () =>
      edit(value === '' ? { priority: null } : { priority: priorityWord.parse(value), priorityReason: reason }),
    onSuccess: onEnd,
  });
  return (
    <form
      className="v-when"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <NativeSelect
        aria-label={facts.priority}
        size="xs"
        {...{ autoFocus: true }}
        value={value}
        data={[
          ...priorityWord.options.map((each) => ({ value: each as string, label: priorities[each] })),
          ...(isWeighed ? [{ value: '', label: weight.byMatrix }] : []),
        ]}
        error={save.error?.message}
        onChange={(event) => setValue(event.currentTarget.value)}
      />
      {isWeighed && value !== '' && (
        <TextInput
          size="xs"
          label={step.reason}
          description={weight.help}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <div className="v-when-usual">
        <ActionButton main submit busy={save.isPending}>
          {words.actions.save}
        </ActionButton>
        <ActionButton onClick={onEnd}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}
