import { useQuery } from '@tanstack/react-query';
import { IconTools } from '@tabler/icons-react';
import type { RouteObject } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace, RouteHandle } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { paths } from '#web/paths.ts';
import {
  AccessCrumb,
  CredentialCrumb,
  CredentialsCrumb,
  EditCrumb,
  HostCrumb,
  LeasesCrumb,
  NewCredentialCrumb,
  NewRunbookCrumb,
  ProposeCrumb,
  RunbookCrumb,
  RunCrumb,
  RunsCrumb,
  NewWindowCrumb,
  UpkeepCrumb,
  WindowCrumb,
  WindowsCrumb,
} from './crumbs.tsx';
import { tellOutputs } from './output-line.ts';
import { useUpkeepTexts } from './upkeep-texts.ts';
import {
  credentialsQuery,
  hostsQuery,
  leasesQuery,
  runbookQuery,
  runbooksQuery,
  runQuery,
  runsQuery,
  servicesQuery,
  sitesQuery,
  windowHistoryQuery,
  windowQuery,
  windowsQuery,
  windowTurnsQuery,
} from './upkeep-queries.ts';

const step = (Crumb: RouteHandle['Crumb'], to?: RouteHandle['to']): RouteHandle =>
  to === undefined ? { Crumb } : { Crumb, to };
const idOf = (params: Readonly<Record<string, string | undefined>>): string => params['id'] ?? '';

const runbookRoutes: RouteObject[] = [
  {
    index: true,
    loader: () => ready(runbooksQuery),
    lazy: async () => ({ Component: (await import('./runbook-list-page.tsx')).RunbookListPage }),
  },
  {
    path: 'runbooks/new',
    handle: step(NewRunbookCrumb),
    lazy: async () => ({ Component: (await import('./runbook-edit-page.tsx')).RunbookNewPage }),
  },
  {
    path: 'runbooks/:id',
    handle: step(RunbookCrumb, (params) => paths.runbook(idOf(params))),
    loader: ({ params }) => ready(runbookQuery(idOf(params))),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./runbook-page.tsx')).RunbookPage }) },
      {
        path: 'edit',
        handle: step(EditCrumb),
        lazy: async () => ({ Component: (await import('./runbook-edit-page.tsx')).RunbookEditPage }),
      },
    ],
  },
];

const runRoutes: RouteObject = {
  path: 'runs',
  handle: step(RunsCrumb, () => paths.runs()),
  children: [
    {
      index: true,
      loader: () => ready(runsQuery),
      lazy: async () => ({ Component: (await import('./run-list-page.tsx')).RunListPage }),
    },
    {
      path: 'new',
      handle: step(ProposeCrumb),
      loader: () => Promise.all([ready(runbooksQuery), ready(hostsQuery)]),
      lazy: async () => ({ Component: (await import('./propose-page.tsx')).ProposePage }),
    },
    {
      path: ':id',
      handle: step(RunCrumb),
      loader: ({ params }) => ready(runQuery(idOf(params))),
      lazy: async () => ({ Component: (await import('./run-page.tsx')).RunPage }),
    },
  ],
};

const windowRoutes: RouteObject = {
  path: 'windows',
  handle: step(WindowsCrumb, () => paths.windows()),
  children: [
    {
      index: true,
      loader: () => ready(windowsQuery),
      lazy: async () => ({ Component: (await import('./window-list-page.tsx')).WindowListPage }),
    },
    {
      path: 'new',
      handle: step(NewWindowCrumb),
      loader: () => Promise.all([ready(hostsQuery), ready(sitesQuery), ready(servicesQuery)]),
      lazy: async () => ({ Component: (await import('./window-new-page.tsx')).WindowNewPage }),
    },
    {
      path: ':id',
      handle: step(WindowCrumb, (params) => paths.window(idOf(params))),
      loader: ({ params }) => ready(windowQuery(idOf(params))),
      children: [
        {
          index: true,
          loader: ({ params }) =>
            Promise.all([ready(windowHistoryQuery(idOf(params))), ready(windowTurnsQuery(idOf(params)))]),
          lazy: async () => ({ Component: (await import('./window-page.tsx')).WindowPage }),
        },
        {
          path: 'edit',
          handle: step(EditCrumb),
          loader: () => Promise.all([ready(hostsQuery), ready(sitesQuery), ready(servicesQuery)]),
          lazy: async () => ({ Component: (await import('./window-new-page.tsx')).WindowEditPage }),
        },
      ],
    },
  ],
};

const accessRoutes: RouteObject[] = [
  {
    path: 'access',
    handle: step(AccessCrumb, () => paths.access()),
    children: [
      {
        index: true,
        loader: () => ready(hostsQuery),
        lazy: async () => ({ Component: (await import('./access-list-page.tsx')).AccessListPage }),
      },
      {
        path: 'hosts/:id',
        handle: step(HostCrumb),
        loader: () => Promise.all([ready(hostsQuery), ready(credentialsQuery)]),
        lazy: async () => ({ Component: (await import('./host-access-page.tsx')).HostAccessPage }),
      },
    ],
  },
  {
    path: 'credentials',
    handle: step(CredentialsCrumb, () => paths.credentials()),
    loader: () => ready(credentialsQuery),
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import('./credential-list-page.tsx')).CredentialListPage }),
      },
      {
        path: 'new',
        handle: step(NewCredentialCrumb),
        lazy: async () => ({ Component: (await import('./credential-new-page.tsx')).CredentialNewPage }),
      },
      {
        path: ':id',
        handle: step(CredentialCrumb),
        lazy: async () => ({ Component: (await import('./credential-page.tsx')).CredentialPage }),
      },
    ],
  },
  {
    path: 'leases',
    handle: step(LeasesCrumb),
    loader: () => ready(leasesQuery),
    lazy: async () => ({ Component: (await import('./lease-list-page.tsx')).LeaseListPage }),
  },
];

/** Runs that wait for my agreement. */
function WaitingBadge() {
  const texts = useUpkeepTexts();
  const waiting = useQuery(api.upkeep.runs.list.queryOptions({ input: { waitingForMe: 'true', limit: 1 } }));
  const count = waiting.data?.total ?? 0;
  if (count === 0) return null;
  return (
    <span className="v-badge-count" title={texts.runs.views.approval}>
      {count}
    </span>
  );
}

/** Upkeep: runbooks, their runs, and how Vigie signs in on hosts. */
export const upkeepFace: ModuleFace = {
  name: 'upkeep',
  letter: 'u',
  icon: IconTools,
  to: paths.upkeep(),
  permission: 'upkeep.read',
  Badge: WaitingBadge,
  onLive: (events, client) => {
    tellOutputs(events);
    const topics = new Set(events.map((event) => event.topic));
    if (topics.has('watch.window') || topics.has('watch.check'))
      void client.invalidateQueries({ queryKey: api.watch.windows.key() });
    if (topics.has('upkeep.window')) void client.invalidateQueries({ queryKey: api.upkeep.windows.key() });
    if (topics.has('upkeep.run')) {
      void client.invalidateQueries({ queryKey: api.upkeep.runs.list.key() });
      void client.invalidateQueries({ queryKey: api.upkeep.runs.get.key() });
      void client.invalidateQueries({ queryKey: api.upkeep.leases.key() });
      void client.invalidateQueries({ queryKey: api.upkeep.runbooks.key() });
    }
  },
  useCommands: () => {
    const texts = useUpkeepTexts();
    return [
      { id: 'upkeep.propose', label: texts.propose.title, to: paths.runNew() },
      { id: 'upkeep.runbook', label: texts.editor.newTitle, to: paths.runbookNew(), words: ['runbook'] },
      { id: 'upkeep.runs', label: texts.runs.title, to: paths.runs() },
      { id: 'upkeep.access', label: texts.access.title, to: paths.access(), words: ['ssh'] },
      { id: 'upkeep.credential', label: texts.credentials.new, to: paths.credentialNew(), words: ['ssh', 'vault'] },
    ];
  },
  find: async (query) => {
    const runbooks = await ready(runbooksQuery);
    const words = query.toLowerCase();
    return runbooks
      .filter((runbook) => runbook.name.toLowerCase().includes(words))
      .slice(0, 5)
      .map((runbook) => ({ id: `upkeep.${runbook.id}`, label: runbook.name, to: paths.runbook(runbook.id) }));
  },
  routes: [
    {
      path: 'upkeep',
      handle: step(UpkeepCrumb, () => paths.upkeep()),
      children: [...runbookRoutes, runRoutes, windowRoutes, ...accessRoutes],
    },
  ],
};
