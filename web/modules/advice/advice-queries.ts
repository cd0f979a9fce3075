import { queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

export const recommendationsQuery = queryOptions({
  queryKey: [...api.advice.recommendations.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.advice.recommendations.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

export const recommendationQuery = (id: string) => api.advice.recommendations.get.queryOptions({ input: { id } });

export const forecastsQuery = queryOptions({
  queryKey: [...api.advice.forecasts.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.advice.forecasts.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

export const forecastQuery = (seriesId: number) => api.advice.forecasts.get.queryOptions({ input: { seriesId } });

/** The newest anomalies; older ones are found by their check. */
export const anomaliesQuery = api.advice.anomalies.list.queryOptions({ input: { limit: 500 } });

export const policiesQuery = api.advice.policies.list.queryOptions({ input: {} });

export const standingQuery = api.advice.standing.queryOptions({ input: {} });
