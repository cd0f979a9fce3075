import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { TicketWhole } from '#contract/desk.ts';
import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import { useDeskTexts } from '../desk-texts.ts';
import { ticketQuery } from './ticket-queries.ts';

/** Takes the answer of a request as the incident that now stands; lists and suggestions follow. */
export function adoptTicket(ticket: TicketWhole): void {
  queryClient.setQueryData(ticketQuery(ticket.id).queryKey, ticket);
  void queryClient.invalidateQueries({ queryKey: api.desk.tickets.list.key() });
}

/** What can be done to an incident with one keystroke. */
export function useTicketActs(id: string) {
  const texts = useDeskTexts();
  const acknowledge = useMutation(
    api.desk.tickets.acknowledge.mutationOptions({
      onSuccess: (ticket) => {
        adoptTicket(ticket);
        notifications.show({ message: texts.told.acknowledged });
      },
    }),
  );
  const prove = useMutation(
    api.desk.tickets.prove.mutationOptions({
      onSuccess: (ticket) => {
        adoptTicket(ticket);
        notifications.show({ message: texts.told.proving });
      },
    }),
  );
  const assign = useMutation(api.desk.tickets.assign.mutationOptions({ onSuccess: adoptTicket }));
  return {
    acknowledge: () => acknowledge.mutate({ id }),
    prove: () => prove.mutate({ id }),
    assign: (personId: string | null) => assign.mutate({ id, personId }),
    busy: acknowledge.isPending ? 'acknowledge' : prove.isPending ? 'prove' : undefined,
  } as const;
}
