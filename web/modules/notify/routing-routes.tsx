import type { RouteObject } from 'react-router';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import {
  channelsQuery,
  personsQuery,
  policiesQuery,
  quietHoursQuery,
  rotasQuery,
  routesQuery,
  teamsQuery,
  thingsQuery,
} from './notify-queries.ts';
import { useNotifyTexts } from './notify-texts.ts';

function RoutesCrumb() {
  return useNotifyTexts().sections.routes;
}

function PoliciesCrumb() {
  return useNotifyTexts().sections.policies;
}

function MineCrumb() {
  return useNotifyTexts().mine.title;
}

/** Everybody and everything that a route may name. */
const everybody = () =>
  Promise.all([
    ready(channelsQuery),
    ready(personsQuery),
    ready(teamsQuery),
    ready(rotasQuery),
    ready(policiesQuery),
    ready(routesQuery),
    ready(thingsQuery),
  ]);

const routeForm = async () => ({ Component: (await import('./route-form-page.tsx')).RouteFormPage });
const policyForm = async () => ({ Component: (await import('./policy-form-page.tsx')).PolicyFormPage });

/** Who is told of what: one's own notices, routes and escalation policies. */
export const routingRoutes: RouteObject[] = [
  {
    path: 'mine',
    handle: { Crumb: MineCrumb },
    loader: () => Promise.all([ready(channelsQuery), ready(quietHoursQuery)]),
    lazy: async () => ({ Component: (await import('./mine-page.tsx')).MinePage }),
  },
  {
    path: 'routes',
    handle: { Crumb: RoutesCrumb, to: () => paths.routes() },
    children: [
      {
        index: true,
        loader: everybody,
        lazy: async () => ({ Component: (await import('./route-list-page.tsx')).RouteListPage }),
      },
      { path: 'new', loader: everybody, lazy: routeForm },
      { path: ':id', loader: everybody, lazy: routeForm },
    ],
  },
  {
    path: 'policies',
    handle: { Crumb: PoliciesCrumb, to: () => paths.policies() },
    children: [
      {
        index: true,
        loader: everybody,
        lazy: async () => ({ Component: (await import('./policy-list-page.tsx')).PolicyListPage }),
      },
      { path: 'new', loader: everybody, lazy: policyForm },
      { path: ':id', loader: everybody, lazy: policyForm },
    ],
  },
];
