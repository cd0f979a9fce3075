import { queryOptions } from '@tanstack/react-query';
import type { ThingRef } from '#contract/words.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

/** Most rows a request gives at once. */
const pageRows = 500;

/** All hosts, page after page. */
export function hostsQuery() {
  return queryOptions({
    queryKey: [...api.estate.hosts.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.hosts.list({ limit: pageRows, ...(after && { after }) })),
  });
}

export function servicesQuery() {
  return queryOptions({
    queryKey: [...api.estate.services.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.services.list({ limit: pageRows, ...(after && { after }) })),
  });
}

export function sitesQuery() {
  return queryOptions({
    queryKey: [...api.estate.sites.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.sites.list({ limit: pageRows, ...(after && { after }) })),
  });
}

export function suppliersQuery() {
  return queryOptions({
    queryKey: [...api.estate.suppliers.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.suppliers.list({ limit: pageRows, ...(after && { after }) })),
  });
}

/** Everybody who may own or use something. */
export function personsQuery() {
  return queryOptions({
    queryKey: [...api.people.persons.list.key(), 'all'],
    queryFn: () => allPages((after) => client.people.persons.list({ limit: pageRows, ...(after && { after }) })),
  });
}

export const hostQuery = (id: string) => api.estate.hosts.get.queryOptions({ input: { id } });
export const serviceQuery = (id: string) => api.estate.services.get.queryOptions({ input: { id } });
export const siteQuery = (id: string) => api.estate.sites.get.queryOptions({ input: { id } });
export const dependenciesQuery = (thing: ThingRef) => api.estate.dependencies.list.queryOptions({ input: thing });
export const impactQuery = (thing: ThingRef) => api.estate.dependencies.impact.queryOptions({ input: thing });

/** The checks of one thing. */
export const checksQuery = ({ kind, id }: ThingRef) =>
  api.watch.checks.list.queryOptions({ input: { limit: 10_000, thingKind: kind, thingId: id } });

/** What changed on a thing and around it, as far back as somebody asks "what did we do last month". */
export const changesQuery = (thing: ThingRef) => api.logbook.changes.queryOptions({ input: { ...thing, hours: 720 } });
