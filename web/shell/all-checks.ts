import { queryOptions } from '@tanstack/react-query';
import type { Check } from '#contract/watch.ts';
import { allPages } from './all-pages.ts';
import { api, client } from './api.ts';

/** Ten thousand rows in one answer took five megabytes and kept the server from others meanwhile. */
const pageRows = 1_000;

/**
 * Everything watched, which lists of several modules show and filter by themselves. It comes in pages; live events keep it
 * up, so that it is not fetched again as a whole.
 */
export const allChecksQuery = () =>
  queryOptions({
    queryKey: api.watch.checks.list.queryKey({ input: { order: 'made' } }),
    queryFn: async (): Promise<{ items: Check[]; total: number; next: string | null }> => {
      const items = await allPages((after) =>
        client.watch.checks.list({ order: 'made', limit: pageRows, ...(after && { after }) }),
      );
      return { items, total: items.length, next: null };
    },
    meta: { keepsUp: true },
  });
