import { Checkbox } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { BulkChange, BulkState } from '#contract/desk-words.ts';
import { api, client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import { offerUndo } from '#web/ui/offer-undo.tsx';
import { useUi } from '#web/ui/words.ts';
import { useTicketTexts } from '../tickets/ticket-texts.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { bulkFields, type BulkField, type BulkWhich } from './bulk-draft.ts';

interface BulkBarProps {
  ids: readonly string[];
  /** What the list was asked for, when all that matches is meant. */
  words: string;
  total: number;
  more: boolean;
  onDone: () => void;
}

/** So long between two looks at a change that is still under way. */
const lookMs = 700;

/** Changes many tickets and waits for the end, telling how far it is. */
async function changeMany(
  which: BulkWhich,
  change: BulkChange,
  onProgress: (state: BulkState) => void,
): Promise<BulkState> {
  let state = await spoken(client.desk.bulk.start({ ...which, change }));
  while (state.state === 'running') {
    onProgress(state);
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    state = await spoken(client.desk.bulk.get({ id: state.id }));
  }
  return state;
}

/** What can be done with the chosen tickets; each change is looked at first and can be undone. */
export function BulkBar({ ids, words, total, more, onDone }: BulkBarProps) {
  const texts = useTicketTexts();
  const { words: shared } = useUi();
  const { person } = useMe();
  const refusal = useRefusal('desk.write');
  const [all, setAll] = useState(false);
  const [field, setField] = useState<BulkField>();
  const [progress, setProgress] = useState<BulkState>();
  const which = all ? { words } : { ids: [...ids] };
  const run = async (change: BulkChange): Promise<void> => {
    const bulk = await changeMany(which, change, setProgress).finally(() => setProgress(undefined));
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
      {bulkFields.map((name) => (
        <ActionButton key={name} refusal={refusal} onClick={() => setField(name)}>
          {texts.bulk.fields[name]}
        </ActionButton>
      ))}
      <ActionButton onClick={onDone}>{texts.bulk.clear}</ActionButton>
      {field !== undefined && (
        <BulkDialog
          key={field}
          field={field}
          which={which}
          progress={progress}
          onRun={run}
          onClose={() => setField(undefined)}
        />
      )}
    </section>
  );
}
