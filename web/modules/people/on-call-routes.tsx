import { useQuery } from '@tanstack/react-query';
import type { Params, RouteObject } from 'react-router';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import { personsQuery, rotaQuery, rotasQuery, teamsQuery } from './people-queries.ts';
import { usePeopleTexts } from './people-texts.ts';

function RotasCrumb() {
  return usePeopleTexts().onCall.title;
}

function RotaCrumb({ params }: { params: Params }) {
  const texts = usePeopleTexts();
  return useQuery(rotaQuery(params['id'] ?? '')).data?.name ?? texts.onCall.title;
}

function TeamsCrumb() {
  return usePeopleTexts().onCall.teams;
}

/** Teams, rotas, and who covers for whom. */
export const onCallRoutes: RouteObject[] = [
  {
    path: 'teams',
    handle: { Crumb: TeamsCrumb },
    loader: () => Promise.all([ready(teamsQuery), ready(personsQuery)]),
    lazy: async () => ({ Component: (await import('./team-list-page.tsx')).TeamListPage }),
  },
  {
    path: 'rotas',
    handle: { Crumb: RotasCrumb, to: () => paths.rotas() },
    children: [
      {
        index: true,
        loader: () => ready(rotasQuery),
        lazy: async () => ({ Component: (await import('./rota-list-page.tsx')).RotaListPage }),
      },
      {
        path: 'new',
        loader: () => ready(personsQuery),
        lazy: async () => ({ Component: (await import('./rota-form-page.tsx')).RotaNewPage }),
      },
      {
        path: ':id',
        handle: { Crumb: RotaCrumb },
        loader: ({ params }) => ready(rotaQuery(params['id'] ?? '')),
        lazy: async () => ({ Component: (await import('./rota-page.tsx')).RotaPage }),
      },
      {
        path: ':id/edit',
        handle: { Crumb: RotaCrumb },
        loader: ({ params }) => Promise.all([ready(rotaQuery(params['id'] ?? '')), ready(personsQuery)]),
        lazy: async () => ({ Component: (await import('./rota-form-page.tsx')).RotaEditPage }),
      },
    ],
  },
];
