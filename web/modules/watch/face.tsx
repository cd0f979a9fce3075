import { useQuery } from '@tanstack/react-query';
import { IconEye } from '@tabler/icons-react';
import { redirect, type Params } from 'react-router';
import { api, client as contract } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { renewChecks } from './checks/live-checks.ts';
import { calmRoutes, rulesRoute } from './calm/calm-routes.tsx';
import { profileRoutes } from './profiles/profile-routes.tsx';
import { measurementRoutes, useMeasurementCommands } from './measurements/measurement-routes.tsx';
import { checkQuery, countsQuery } from './watch-queries.ts';
import { useWatchTexts } from './watch-texts.ts';

function WatchCrumb() {
  return useShellTexts().modules.watch;
}

function AddCrumb() {
  return useWatchTexts().add;
}

function NewCrumb() {
  return useWatchTexts().checkNew.title;
}

function MapCrumb() {
  return useWatchTexts().sections.map;
}

function SettingsCrumb() {
  return useWatchTexts().settings.crumb;
}

function CheckCrumb({ params }: { params: Params }) {
  return useQuery(checkQuery(params['id'] ?? '')).data?.name;
}

/** How many checks fail, in the rail; nothing while all is well. */
function TroubleBadge() {
  const { data } = useQuery(countsQuery());
  if (data === undefined) return null;
  const failing = data.down + data.unreachable;
  if (failing > 0) {
    return (
      <span className="v-badge-count" data-state="down">
        {failing}
      </span>
    );
  }
  if (data.degraded === 0) return null;
  return (
    <span className="v-badge-count" data-state="degraded">
      {data.degraded}
    </span>
  );
}

/** The machine that Vigie runs on is a check like any other; this address finds it. */
async function machineLoader(): Promise<Response> {
  const { items } = await contract.watch.checks.list({ kind: 'local-host', limit: 10 });
  const mine = items[0];
  return redirect(mine === undefined ? paths.watch() : paths.check(mine.id));
}

/** Watch: checks, their states, their measurements. */
export const watchFace: ModuleFace = {
  name: 'watch',
  letter: 'w',
  icon: IconEye,
  to: paths.watch(),
  permission: 'watch.read',
  Badge: TroubleBadge,
  routes: [
    {
      path: '/watch',
      handle: { Crumb: WatchCrumb, to: () => paths.watch() },
      children: [
        {
          index: true,
          lazy: async () => {
            const page = await import('./checks/check-list-page.tsx');
            return { Component: page.CheckListPage, loader: page.loader };
          },
        },
        { path: 'machine', loader: machineLoader },
        {
          path: 'map',
          handle: { Crumb: MapCrumb },
          lazy: async () => {
            const page = await import('./map/map-page.tsx');
            return { Component: page.MapPage, loader: page.loader };
          },
        },
        ...profileRoutes,
        ...calmRoutes,
        ...measurementRoutes,
        {
          path: 'add',
          handle: { Crumb: AddCrumb },
          lazy: async () => ({ Component: (await import('./checks/add-page.tsx')).AddPage }),
        },
        {
          path: 'new',
          handle: { Crumb: NewCrumb },
          lazy: async () => {
            const page = await import('./checks/check-new-page.tsx');
            return { Component: page.CheckNewPage, loader: page.loader };
          },
        },
        {
          path: 'checks/:id',
          handle: { Crumb: CheckCrumb, to: (params: Params) => paths.check(params['id'] ?? '') },
          children: [
            {
              index: true,
              lazy: async () => {
                const page = await import('./checks/check-page.tsx');
                return { Component: page.CheckPage, loader: page.loader };
              },
            },
            {
              path: 'settings',
              handle: { Crumb: SettingsCrumb },
              lazy: async () => {
                const page = await import('./checks/check-settings-page.tsx');
                return { Component: page.CheckSettingsPage, loader: page.loader };
              },
            },
            rulesRoute,
          ],
        },
      ],
    },
  ],
  onLive: renewChecks,
  useCommands: () => {
    const texts = useWatchTexts();
    const measuring = useMeasurementCommands();
    return [
      ...measuring,
      { id: 'watch add', label: texts.add, to: paths.watchAdd(), words: ['check', 'contrôle', 'surveiller'] },
      { id: 'watch new', label: texts.checkNew.title, to: paths.checkNew(), words: ['systemd', 'ssh', 'dns'] },
      { id: 'watch machine', label: texts.machine, to: paths.watchMachine() },
      { id: 'watch problems', label: texts.views.problems, to: paths.watch('state:down,unreachable,degraded,unknown') },
    ];
  },
  find: async (query) => {
    const input = { search: query.slice(0, 100), limit: 8 };
    const { items } = await ready(api.watch.checks.list.queryOptions({ input }));
    return items.map((check) => ({
      id: check.id,
      label: check.name,
      description: check.target.name,
      words: [check.target.name, check.address],
      to: paths.check(check.id),
    }));
  },
};
