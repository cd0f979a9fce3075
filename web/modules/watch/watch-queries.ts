import { queryOptions } from '@tanstack/react-query';
import { api, client } from '#web/shell/api.ts';
import { allChecksQuery } from '#web/shell/all-checks.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { spanOf, type ChartView } from './measurements/chart-period.ts';

/** Everything watched. */
export const checksQuery = allChecksQuery;
/** Its first rows, worst first, in the order in which the list shows them. */
export const firstChecksQuery = () =>
  api.watch.checks.list.queryOptions({ input: { limit: 100, order: 'worst' }, meta: { keepsUp: true } });
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
/** Every service of the estate, page by page. */
export const servicesQuery = () =>
  queryOptions({
    queryKey: [...api.estate.services.list.key(), 'all'],
    queryFn: () => allPages((after) => client.estate.services.list({ limit: 500, ...(after && { after }) })),
  });
export const sitesQuery = () => api.estate.sites.list.queryOptions({ input: { limit: 500 } });

const chartPoints = 400;

function shifted(view: Pick<ChartView, 'period' | 'chosen'>, seconds: number): { from: string; until: string } {
  const { from, until } = spanOf(view);
  const moment = (at: number): string => new Date(Math.round((at - seconds) * 1000)).toISOString();
  return { from: moment(from), until: moment(until) };
}

/**
 * The measurements of a check in a view, or so many seconds before it. "Now" is when it is fetched, so each live event
 * brings the newest.
 */
export function chartQuery(checkId: string, view: Pick<ChartView, 'period' | 'chosen'>, secondsBefore = 0) {
  return queryOptions({
    queryKey: [...api.watch.chart.key(), checkId, view.chosen ?? view.period, secondsBefore],
    queryFn: () => client.watch.chart({ checkId, ...shifted(view, secondsBefore), points: chartPoints }),
  });
}

/** Series of any checks in a view, or so many seconds before it. */
export function seriesChartQuery(
  series: readonly number[],
  view: Pick<ChartView, 'period' | 'chosen'>,
  { secondsBefore = 0, points = chartPoints }: { secondsBefore?: number; points?: number } = {},
) {
  return queryOptions({
    queryKey: [...api.watch.measurements.chart.key(), series, view.chosen ?? view.period, secondsBefore, points],
    queryFn: () => client.watch.measurements.chart({ series: [...series], ...shifted(view, secondsBefore), points }),
  });
}

export const profilesQuery = () => api.watch.profiles.list.queryOptions({ input: {} });
export const profileQuery = (id: string) => api.watch.profiles.get.queryOptions({ input: { id } });
export const profileUsesQuery = (id: string) => api.watch.profiles.uses.queryOptions({ input: { id } });
export const startersQuery = () => api.watch.profiles.starters.queryOptions({ input: {} });
export const inheritedQuery = (id: string) => api.watch.profiles.ofCheck.queryOptions({ input: { id } });
