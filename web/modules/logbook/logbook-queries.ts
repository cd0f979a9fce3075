import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';
import { entryInput, type EntryFilter } from './entry-filter.ts';

/** Entries, newest first, a page at a time as one reads on. */
export function entriesQuery(filter: EntryFilter) {
  const input = entryInput(filter);
  const first: string | null = null;
  return infiniteQueryOptions({
    queryKey: [...api.logbook.entries.list.key(), 'pages', input],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      client.logbook.entries.list({ ...input, ...(pageParam === null ? {} : { after: pageParam }) }, { signal }),
    initialPageParam: first,
    getNextPageParam: (page: { next: string | null }) => page.next,
  });
}

export const solutionsQuery = queryOptions({
  queryKey: [...api.logbook.solutions.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.logbook.solutions.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

export const solutionQuery = (id: string) => api.logbook.solutions.get.queryOptions({ input: { id } });
