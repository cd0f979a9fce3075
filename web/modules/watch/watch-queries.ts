import { queryOptions } from '@tanstack/react-query';
import { api, client } from '#web/shell/api.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { nowMs } from '#web/ui/clock.ts';

/** Periods a chart can show, by their word in the address. */
export const rangeSeconds = {
  '15m': 900,
  '1h': 3600,
  '6h': 21_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
} as const;
export type Range = keyof typeof rangeSeconds;

export function isRange(word: string | null): word is Range {
  return word !== null && Object.hasOwn(rangeSeconds, word);
}

/** Everything watched; the list filters by itself. */
export const checksQuery = () => api.watch.checks.list.queryOptions({ input: { limit: 10_000 } });
export const countsQuery = () => api.watch.checks.counts.queryOptions({ input: {} });
export const kindsQuery = () => api.watch.kinds.queryOptions({ input: {} });
export const checkQuery = (id: string) => api.watch.checks.get.queryOptions({ input: { id } });
export const seriesQuery = (id: string) => api.watch.checks.series.queryOptions({ input: { id } });
export const resultsQuery = (id: string) => api.watch.checks.results.queryOptions({ input: { id, limit: 50 } });
export const historyQuery = (id: string) => api.watch.checks.history.queryOptions({ input: { id, limit: 30 } });
export const silencesQuery = () => api.watch.silences.list.queryOptions({ input: {} });
/** Every host of the estate, page by page. */
export const hostsQuery = () =>
  queryOptions({
    queryKey: [...api.estate.hosts.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.hosts.list({ limit: 500, ...(after && { after }) })),
  });
export const sitesQuery = () => api.estate.sites.list.queryOptions({ input: { limit: 500 } });

/** The measurements of a check up to now; "now" is when it is fetched, so each live event brings the newest. */
export function chartQuery(checkId: string, range: Range) {
  return queryOptions({
    queryKey: [...api.watch.chart.key(), checkId, range],
    queryFn: () => {
      const until = new Date(nowMs());
      const from = new Date(until.getTime() - rangeSeconds[range] * 1000);
      return client.watch.chart({ checkId, from: from.toISOString(), until: until.toISOString(), points: 300 });
    },
  });
}
