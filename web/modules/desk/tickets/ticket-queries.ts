import { queryOptions } from '@tanstack/react-query';
import type { NamedThing } from '#contract/words.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

/** How many are open: for the rail, so only the count is fetched. */
export const openCountQuery = api.desk.tickets.list.queryOptions({ input: { open: 'true', limit: 1 } });

export const ticketQuery = (id: string) => api.desk.tickets.get.queryOptions({ input: { id } });

export const ticketRunsQuery = (id: string) =>
  api.upkeep.runs.list.queryOptions({ input: { incidentId: id, limit: 50 } });

/** What was told of it, and what was held and why. */
export const ticketNoticesQuery = (id: string) =>
  api.notify.deliveries.queryOptions({ input: { ticketId: id, limit: 100 } });

export const suggestionsQuery = (id: string) => api.logbook.solutions.suggest.queryOptions({ input: { ticketId: id } });

export const impactQuery = (cause: NamedThing) =>
  api.estate.dependencies.impact.queryOptions({ input: { kind: cause.kind, id: cause.id } });

/** What changed in the three days before the incident opened. */
export const changesQuery = (cause: NamedThing, before: string) =>
  api.logbook.changes.queryOptions({ input: { kind: cause.kind, id: cause.id, before, hours: 72 } });

/** Those who can be given an incident. */
export const personsQuery = queryOptions({
  queryKey: [...api.people.persons.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.people.persons.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});
