import { api } from '#web/shell/api.ts';

export const openTicketsQuery = () => api.desk.tickets.list.queryOptions({ input: { open: 'true', limit: 200 } });
export const waitingRunsQuery = () =>
  api.upkeep.runs.list.queryOptions({ input: { waitingForMe: 'true', limit: 100 } });
export const countsQuery = () => api.watch.checks.counts.queryOptions({ input: {} });
