import { api } from '#web/shell/api.ts';

/** Canned answers and templates of tickets: mine and the shared ones. */
export const templatesQuery = api.desk.templates.list.queryOptions({ input: {} });

/** The tree of categories. */
export const categoriesQuery = api.desk.categories.list.queryOptions({ input: {} });
