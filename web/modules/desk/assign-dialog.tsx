import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Ticket } from '#contract/desk.ts';
import { client } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { spoken } from '#web/shell/spoken.ts';
import { ConfirmDialog } from '#web/ui/confirm-dialog.tsx';
import { useDeskTexts } from './desk-texts.ts';
import { personsQuery, ticketsQuery } from './ticket-queries.ts';

interface AssignDialogProps {
  tickets: readonly Ticket[];
  onClose: () => void;
  onDone: (count: number) => void;
}

/** Gives incidents to somebody. */
export function AssignDialog({ tickets, onClose, onDone }: AssignDialogProps) {
  const texts = useDeskTexts();
  const people = useOperators();
  const [personId, setPersonId] = useState('');
  const give = async (): Promise<void> => {
    for (const ticket of tickets) {
      // One after the other, so that a refusal names the first that could not be given.
      await spoken(client.desk.tickets.assign({ id: ticket.id, personId: personId === '' ? null : personId }));
    }
    await queryClient.invalidateQueries({ queryKey: ticketsQuery.queryKey });
    onDone(tickets.length);
  };
  return (
    <ConfirmDialog
      opened
      title={texts.assign.title(tickets.length)}
      verb={texts.assign.verb}
      onConfirm={give}
      onClose={onClose}
    >
      <NativeSelect
        label={texts.assign.person}
        value={personId}
        onChange={(event) => setPersonId(event.currentTarget.value)}
        data={[{ value: '', label: texts.nobody }, ...people]}
      />
    </ConfirmDialog>
  );
}

/** Those who can be given an incident, as choices. */
export function useOperators(): readonly { value: string; label: string }[] {
  const persons = useQuery(personsQuery).data ?? [];
  return persons
    .filter((person) => person.active && (person.role === 'operator' || person.role === 'administrator'))
    .map((person) => ({ value: person.id, label: person.name }));
}
