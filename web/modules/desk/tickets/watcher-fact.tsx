import { MultiSelect } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { TicketSheet } from '#contract/desk-words.ts';
import { client } from '#web/shell/api.ts';
import { useMe, useRefusal } from '#web/shell/session.ts';
import { ActionButton } from '#web/ui/action-button.tsx';
import type { Fact } from '#web/ui/facts-panel.tsx';
import { useUi } from '#web/ui/words.ts';
import { adoptSheet } from './sheet-queries.ts';
import { useOperators } from '../use-operators.ts';
import { useWorkTexts } from './work-texts.ts';

/** Who follows a ticket; oneself with one click. */
export function useWatcherFact(sheet: TicketSheet): Fact {
  const { people } = useWorkTexts();
  const { words } = useUi();
  return {
    name: 'watchers',
    label: people.watchers,
    shown: (
      <>
        {sheet.watchers.length === 0 ? (
          <span className="v-quiet">{words.list.noValue}</span>
        ) : (
          sheet.watchers.map(({ name }) => name).join(', ')
        )}{' '}
        <FollowButton sheet={sheet} />
      </>
    ),
    refusal: useRefusal('desk.write'),
    edit: { kind: 'own', render: (onEnd) => <WatcherEditor sheet={sheet} onEnd={onEnd} /> },
  };
}

function FollowButton({ sheet }: { sheet: TicketSheet }) {
  const { people } = useWorkTexts();
  const { person, permissions } = useMe();
  const follows = sheet.watchers.some(({ id }) => id === person.id);
  const watch = useMutation({
    mutationFn: () => client.desk.tickets.watch({ id: sheet.id, personId: person.id, on: !follows }),
    onSuccess: adoptSheet,
  });
  if (!permissions.includes('desk.write')) return null;
  return (
    <button type="button" className="v-link-button" disabled={watch.isPending} onClick={() => watch.mutate()}>
      {follows ? people.unfollow : people.follow}
    </button>
  );
}

function WatcherEditor({ sheet, onEnd }: { sheet: TicketSheet; onEnd: () => void }) {
  const { people } = useWorkTexts();
  const { words } = useUi();
  const operators = useOperators();
  const before = sheet.watchers.map(({ id }) => id);
  const [chosen, setChosen] = useState(before);
  const save = useMutation({
    mutationFn: async () => {
      let last = sheet;
      for (const personId of chosen.filter((id) => !before.includes(id)))
        last = await client.desk.tickets.watch({ id: sheet.id, personId, on: true });
      for (const personId of before.filter((id) => !chosen.includes(id)))
        last = await client.desk.tickets.watch({ id: sheet.id, personId, on: false });
      return last;
    },
    onSuccess: async (last) => {
      await adoptSheet(last);
      onEnd();
    },
  });
  const unknown = sheet.watchers.filter(({ id }) => operators.every(({ value }) => value !== id));
  return (
    <form
      className="v-when"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <MultiSelect
        aria-label={people.watchers}
        size="xs"
        searchable
        hidePickedOptions
        {...{ autoFocus: true }}
        data={[...operators, ...unknown.map(({ id, name }) => ({ value: id, label: name }))]}
        value={chosen}
        onChange={setChosen}
      />
      <div className="v-when-usual">
        <ActionButton main submit busy={save.isPending}>
          {words.actions.save}
        </ActionButton>
        <ActionButton onClick={onEnd}>{words.actions.cancel}</ActionButton>
      </div>
    </form>
  );
}
