import { api } from '#web/shell/api.ts';

/** The first screen hears of changes at once; should one go unheard, it is found this much later. */
const refetchInterval = 20_000;

export const openTicketsQuery = () =>
  api.desk.tickets.list.queryOptions({ input: { open: 'true', limit: 200 }, refetchInterval });
export const waitingRunsQuery = () =>
  api.upkeep.runs.list.queryOptions({ input: { waitingForMe: 'true', limit: 100 }, refetchInterval });
export const countsQuery = () => api.watch.checks.counts.queryOptions({ input: {}, refetchInterval });
