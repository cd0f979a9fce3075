import { queryOptions } from '@tanstack/react-query';
import type { Language } from '#contract/words.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

/** Every resolved incident with its report, newest first. */
export const reportsQuery = queryOptions({
  queryKey: [...api.reports.resolution.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.reports.resolution.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

export const reportQuery = (ticketId: string, language: Language) =>
  api.reports.resolution.get.queryOptions({ input: { ticketId, language } });
