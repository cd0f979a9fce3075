import { api } from '#web/shell/api.ts';
import { queryClient } from '#web/shell/query-client.ts';
import type { TicketSheet } from '#contract/desk-words.ts';

/** A ticket with its facts and the newest of its story. */
export const sheetQuery = (id: string) => api.desk.tickets.sheet.queryOptions({ input: { id } });

/** What was asked of a ticket changed it: its page and the lists look again. */
export async function refreshTicket(id: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: sheetQuery(id).queryKey }),
    queryClient.invalidateQueries({ queryKey: api.desk.tickets.get.key() }),
    queryClient.invalidateQueries({ queryKey: api.desk.tickets.find.key() }),
  ]);
}

/** Takes the answer of a request as the ticket that now stands. */
export async function adoptSheet(sheet: TicketSheet): Promise<void> {
  queryClient.setQueryData(sheetQuery(sheet.id).queryKey, sheet);
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: api.desk.tickets.get.key() }),
    queryClient.invalidateQueries({ queryKey: api.desk.tickets.find.key() }),
  ]);
}
