import { IconNotebook } from '@tabler/icons-react';
import { api, client as contract } from '#web/shell/api.ts';
import type { ModuleFace, RouteHandle } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { EditCrumb, LogbookCrumb, NewSolutionCrumb, SolutionCrumb, SolutionsCrumb } from './crumbs.tsx';
import { solutionQuery, solutionsQuery } from './logbook-queries.ts';
import { useLogbookTexts } from './logbook-texts.ts';

const step = (Crumb: RouteHandle['Crumb'], to?: RouteHandle['to']): RouteHandle =>
  to === undefined ? { Crumb } : { Crumb, to };
const idOf = (params: Readonly<Record<string, string | undefined>>): string => params['id'] ?? '';
const topics = ['logbook.entry', 'logbook.solution'];

/** Logbook: what was seen and done, and the solutions that grew out of it. */
export const logbookFace: ModuleFace = {
  name: 'logbook',
  letter: 'l',
  icon: IconNotebook,
  to: paths.logbook(),
  permission: 'logbook.read',
  onLive: (events, client) => {
    if (events.some((event) => topics.includes(event.topic))) {
      void client.invalidateQueries({ queryKey: api.logbook.key() });
    }
  },
  useCommands: () => {
    const texts = useLogbookTexts();
    return [
      { id: 'logbook.write', label: texts.write.action, to: paths.logbook(), words: ['note', 'entry'] },
      { id: 'logbook.solutions', label: texts.solutions.title, to: paths.solutions() },
      { id: 'logbook.solution', label: texts.solutions.new, to: paths.solutionNew() },
    ];
  },
  find: async (query) => {
    const found = await contract.logbook.solutions.list({ search: query, limit: 5 });
    return found.items.map((solution) => ({
      id: `logbook.${solution.id}`,
      label: solution.title,
      to: paths.solution(solution.id),
    }));
  },
  routes: [
    {
      path: 'logbook',
      handle: step(LogbookCrumb, () => paths.logbook()),
      children: [
        { index: true, lazy: async () => ({ Component: (await import('./entries-page.tsx')).EntriesPage }) },
        {
          path: 'solutions',
          handle: step(SolutionsCrumb, () => paths.solutions()),
          children: [
            {
              index: true,
              loader: () => ready(solutionsQuery),
              lazy: async () => ({ Component: (await import('./solution-list-page.tsx')).SolutionListPage }),
            },
            {
              path: 'new',
              handle: step(NewSolutionCrumb),
              lazy: async () => ({ Component: (await import('./solution-form-page.tsx')).SolutionNewPage }),
            },
            {
              path: ':id',
              handle: step(SolutionCrumb, (params) => paths.solution(idOf(params))),
              loader: ({ params }) => ready(solutionQuery(idOf(params))),
              children: [
                { index: true, lazy: async () => ({ Component: (await import('./solution-page.tsx')).SolutionPage }) },
                {
                  path: 'edit',
                  handle: step(EditCrumb),
                  lazy: async () => ({ Component: (await import('./solution-form-page.tsx')).SolutionEditPage }),
                },
              ],
            },
          ],
        },
      ],
    },
  ],
};
