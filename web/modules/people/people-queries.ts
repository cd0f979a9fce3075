import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

/** Everybody known to Vigie. */
export const personsQuery = queryOptions({
  queryKey: [...api.people.persons.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.people.persons.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

export const personQuery = (id: string) => api.people.persons.get.queryOptions({ input: { id } });

export const teamsQuery = api.people.teams.list.queryOptions({ input: {} });

export const rotasQuery = api.people.rotas.list.queryOptions({ input: {} });

export const rotaQuery = (id: string) => api.people.rotas.get.queryOptions({ input: { id } });

/** Covers that are not over, of all rotas. */
export const coversQuery = api.people.covers.list.queryOptions({ input: {} });

export const tokensQuery = api.people.tokens.list.queryOptions({ input: {} });

/** Lines of the audit trail, newest first, a page at a time as one reads on. */
export function auditQuery(asked: { search: string; personId: string }) {
  const search = asked.search.trim();
  const input = {
    limit: 100,
    ...(search === '' ? {} : { search }),
    ...(asked.personId === '' ? {} : { personId: asked.personId }),
  };
  const first: string | null = null;
  return infiniteQueryOptions({
    queryKey: [...api.people.audit.list.key(), 'pages', input],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.people.audit.list({ ...input, ...(pageParam === null ? {} : { after: pageParam }) }, { signal }),
    initialPageParam: first,
    getNextPageParam: (page: { next: string | null }) => page.next,
    // Each request may add a line, and no live event tells of it.
    staleTime: 0,
  });
}
