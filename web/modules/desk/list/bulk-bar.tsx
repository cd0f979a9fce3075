import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { priority, ticketState } from '#contract/desk.ts';
import type { BulkChange } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { useOperators } from '../use-operators.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';

interface BulkBarProps {
  ids: readonly string[];
  /** What the list was asked for, when all that matches is meant. */
  words: string;
  total: number;
  more: boolean;
  onDone: () => void;
}

type Field = 'give' | 'tag' | 'priority' | 'state';

function changeOf(field: Field, value: string, reason: string): BulkChange {
  if (field === 'give') return { assigneeId: value === '' ? null : value };
  if (field === 'tag') return { addTags: value.split(/[\s,]+/u).filter((tag) => tag !== '') };
  if (field === 'priority') return { priority: priority.parse(value) };
  const said = reason === '' ? {} : { causeText: reason, remedyText: reason };
  return { move: { to: ticketState.parse(value), reason, ...said } };
}

/** What can be done with the chosen tickets; each change is looked at first and can be undone. */
export function BulkBar({ ids, words, total, more, onDone }: BulkBarProps) {
  const texts = useTicketTexts();
  const { words: shared } = useUi();
  const { person } = useMe();
  const refusal = useRefusal('desk.write');
  const [all, setAll] = useState(false);
  const [field, setField] = useState<Field>();
  const which = all ? { words } : { ids: [...ids] };
  const run = async (change: BulkChange): Promise<void> => {
    const bulk = await spoken(client.desk.bulk.start({ ...which, change }));
    await queryClient.invalidateQueries({ queryKey: api.desk.tickets.key() });
    offerUndo(texts.bulk.done(bulk.done, bulk.skipped), shared.actions.undo, async () => {
      await client.desk.bulk.undo({ id: bulk.id });
      notifications.show({ message: texts.bulk.undone });
      await queryClient.invalidateQueries({ queryKey: api.desk.tickets.key() });
    });
    onDone();
  };
  return (
    <section className="v-tickets-bulk" aria-label={texts.bulk.chosen(ids.length)}>
      <strong>{texts.bulk.chosen(all ? total : ids.length)}</strong>
      {total > ids.length && (
        <Checkbox
          size="xs"
          label={texts.bulk.all(`${total}${more ? '+' : ''}`)}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      <ActionButton refusal={refusal} onClick={() => void run({ assigneeId: person.id })}>
        {texts.bulk.take}
      </ActionButton>
      {(['give', 'tag', 'priority', 'state'] as const).map((name) => (
        <ActionButton key={name} refusal={refusal} onClick={() => setField(name)}>
          {texts.bulk[name]}
        </ActionButton>
      ))}
      <ActionButton onClick={onDone}>{texts.bulk.clear}</ActionButton>
      {field !== undefined && (
        <BulkDialog key={field} field={field} which={which} onRun={run} onClose={() => setField(undefined)} />
      )}
    </section>
  );
}

function BulkDialog({
  field,
  which,
  onRun,
  onClose,
}: {
  field: Field;
  which: { words: string } | { ids: string[] };
  onRun: (change: BulkChange) => Promise<void>;
  onClose: () => void;
}) {
  const texts = useTicketTexts();
  const older = useDeskTexts();
  const { words } = useUi();
  const operators = useOperators();
  const [value, setValue] = useState(field === 'priority' ? 'high' : field === 'state' ? 'in_progress' : '');
  const [reason, setReason] = useState('');
  const choices = {
    give: [{ value: '', label: older.nobody }, ...operators],
    priority: priority.options.map((one) => ({ value: one, label: older.priorities[one] })),
    state: ticketState.options.map((one) => ({ value: one, label: words.phases[one] })),
    tag: [],
  }[field];
  const change = changeOf(field, value, reason);
  const preview = useQuery({
    ...api.desk.bulk.preview.queryOptions({ input: { ...which, change } }),
    enabled: field !== 'tag' || value.trim() !== '',
  }).data;
  const label = texts.bulk[field];
  return (
    <ConfirmDialog opened title={label} verb={texts.bulk.verb} onConfirm={() => onRun(change)} onClose={onClose}>
      {field === 'tag' ? (
        <TextInput
          label={label}
          value={value}
          data-autofocus
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      ) : (
        <NativeSelect
          label={label}
          value={value}
          data={choices}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
      )}
      {field === 'state' && (
        <TextInput
          mt="sm"
          label={texts.bulk.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <output>{preview !== undefined && texts.bulk.preview(preview.changing, preview.total)}</output>
    </ConfirmDialog>
  );
}
