import { api } from '#web/shell/api.ts';

export const mailsQuery = (which: 'all' | 'aside' | 'kept' | 'bounce' | 'flagged') =>
  api.desk.mails.list.queryOptions({ input: { which, limit: 500 } });
export const mailQuery = (id: string) => api.desk.mails.get.queryOptions({ input: { id } });
export const mailReadingQuery = (id: string) =>
  api.desk.mails.reading.queryOptions({ input: { id }, staleTime: 600_000 });
export const mailboxesQuery = api.desk.mailboxes.list.queryOptions({ input: {} });
export const listenerQuery = api.desk.mailListener.get.queryOptions({ input: {} });
export const mailRulesQuery = api.desk.mailRules.list.queryOptions({ input: {} });
export const ticketMailQuery = (id: string) => api.desk.mails.ofTicket.queryOptions({ input: { id } });
