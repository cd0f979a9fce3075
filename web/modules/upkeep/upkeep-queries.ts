import { queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

const after = (from: string | undefined): { after?: string } => (from === undefined ? {} : { after: from });

/** All runbooks, page after page. */
export const runbooksQuery = queryOptions({
  queryKey: [...api.upkeep.runbooks.list.key(), 'all'],
  queryFn: ({ signal }) => allPages((from) => client.upkeep.runbooks.list({ limit: 500, ...after(from) }, { signal })),
});

export const runbookQuery = (id: string) => api.upkeep.runbooks.get.queryOptions({ input: { id } });

/** The newest 500 runs: older ones are reached from their incident, host or runbook. */
export const runsQuery = api.upkeep.runs.list.queryOptions({ input: { limit: 500 } });

export const runQuery = (id: string) => api.upkeep.runs.get.queryOptions({ input: { id } });

export const credentialsQuery = api.upkeep.credentials.list.queryOptions({ input: {} });

export const accessQuery = (hostId: string) => api.upkeep.access.get.queryOptions({ input: { hostId } });

export const windowQuery = (id: string) => api.upkeep.windows.get.queryOptions({ input: { id } });
export const windowHistoryQuery = (id: string) => api.upkeep.windows.history.queryOptions({ input: { id } });
export const windowTurnsQuery = (id: string) => api.watch.windows.turns.queryOptions({ input: { id } });
export const windowsQuery = api.upkeep.windows.list.queryOptions({ input: {} });
export const sitesQuery = api.estate.sites.list.queryOptions({ input: { limit: 500 } });
export const servicesQuery = api.estate.services.list.queryOptions({ input: { limit: 500 } });

export const leasesQuery = api.upkeep.leases.queryOptions({ input: {} });

export const hostsQuery = queryOptions({
  queryKey: [...api.estate.hosts.list.key(), 'all'],
  queryFn: ({ signal }) => allPages((from) => client.estate.hosts.list({ limit: 500, ...after(from) }, { signal })),
});
