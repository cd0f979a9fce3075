import type { RouteObject } from 'react-router';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { categoriesQuery, templatesQuery } from './settings-queries.ts';
import { useSettingsTexts } from './settings-texts.ts';
import { useWorkTexts } from '../tickets/work-texts.ts';

function AnswersCrumb() {
  return useSettingsTexts().answers.title;
}
function TemplatesCrumb() {
  return useWorkTexts().templates.title;
}
function CategoriesCrumb() {
  return useSettingsTexts().categories.title;
}

/** The screens of what is written once for many tickets. */
export const settingsRoutes: readonly RouteObject[] = [
  {
    path: 'answers',
    handle: { Crumb: AnswersCrumb, to: () => paths.answers() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./answer-list-page.tsx');
          return { Component: page.AnswerListPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        loader: () => ready(templatesQuery),
        lazy: async () => ({ Component: (await import('./answer-page.tsx')).AnswerPage }),
      },
    ],
  },
  {
    path: 'templates',
    handle: { Crumb: TemplatesCrumb, to: () => paths.ticketTemplates() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./template-list-page.tsx');
          return { Component: page.TemplateListPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        loader: () => ready(templatesQuery),
        lazy: async () => ({ Component: (await import('./template-page.tsx')).TemplatePage }),
      },
    ],
  },
  {
    path: 'categories',
    handle: { Crumb: CategoriesCrumb, to: () => paths.categories() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./category-list-page.tsx');
          return { Component: page.CategoryListPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        loader: () => ready(categoriesQuery),
        lazy: async () => ({ Component: (await import('./category-page.tsx')).CategoryPage }),
      },
    ],
  },
];
