import { api } from '#web/shell/api.ts';

export const dashboardsQuery = () => api.watch.dashboards.list.queryOptions({ input: {} });
export const dashboardQuery = (id: string) => api.watch.dashboards.get.queryOptions({ input: { id } });
export const knownSeriesQuery = (ids: readonly number[]) =>
  api.watch.measurements.series.queryOptions({ input: { ids: [...ids], limit: 200 }, enabled: ids.length > 0 });
export const foundSeriesQuery = (search: string) =>
  api.watch.measurements.series.queryOptions({ input: { search, limit: 40 } });
export const measureNamesQuery = () => api.watch.measurements.names.queryOptions({ input: {} });
