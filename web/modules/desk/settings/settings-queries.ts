import { queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

/** Canned answers and templates of tickets: mine and the shared ones. */
export const templatesQuery = queryOptions({
  queryKey: [...api.desk.templates.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.desk.templates.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

/** The tree of categories. */
export const categoriesQuery = api.desk.categories.list.queryOptions({ input: {} });

/** My views and the shared ones. */
export const viewsQuery = queryOptions({
  queryKey: [...api.desk.views.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) => client.desk.views.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal })),
});
