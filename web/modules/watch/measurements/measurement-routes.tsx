import { useQuery } from '@tanstack/react-query';
import type { Params, RouteObject } from 'react-router';
import { paths } from '#web/paths.ts';
import { dashboardQuery } from '../dashboard/dashboard-queries.ts';
import { useMeasurementTexts } from './measurement-texts.ts';

function ChartsCrumb() {
  return useMeasurementTexts().charts.title;
}

function DashboardsCrumb() {
  return useMeasurementTexts().dashboards.title;
}

function DashboardCrumb({ params }: { params: Params }) {
  return useQuery(dashboardQuery(params['id'] ?? '')).data?.name;
}

function KeepCrumb() {
  return useMeasurementTexts().keep.title;
}

function AuthoritiesCrumb() {
  return useMeasurementTexts().authorities.title;
}

/** Pages of charts over time and dashboards, below /watch. */
export const measurementRoutes: RouteObject[] = [
  {
    path: 'charts',
    handle: { Crumb: ChartsCrumb },
    lazy: async () => ({ Component: (await import('../dashboard/charts-page.tsx')).ChartsPage }),
  },
  {
    path: 'measurements',
    handle: { Crumb: KeepCrumb },
    lazy: async () => {
      const page = await import('./keep-measurements-page.tsx');
      return { Component: page.KeepMeasurementsPage, loader: page.loader };
    },
  },
  {
    path: 'authorities',
    handle: { Crumb: AuthoritiesCrumb },
    lazy: async () => {
      const page = await import('../checks/authorities-page.tsx');
      return { Component: page.AuthoritiesPage, loader: page.loader };
    },
  },
  {
    path: 'wall',
    lazy: async () => {
      const page = await import('../dashboard/wall-page.tsx');
      return { Component: page.WallPage, loader: page.loader };
    },
  },
  {
    path: 'dashboards',
    handle: { Crumb: DashboardsCrumb, to: () => paths.dashboards() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('../dashboard/dashboard-list-page.tsx');
          return { Component: page.DashboardListPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        handle: { Crumb: DashboardCrumb },
        lazy: async () => {
          const page = await import('../dashboard/dashboard-page.tsx');
          return { Component: page.DashboardPage, loader: page.loader };
        },
      },
    ],
  },
];

/** Commands of the palette for these pages. */
export function useMeasurementCommands() {
  const { charts, dashboards, keep, authorities } = useMeasurementTexts();
  return [
    { id: 'watch dashboards', label: dashboards.title, to: paths.dashboards(), words: ['wall', 'écran', 'mur'] },
    { id: 'watch charts', label: charts.title, to: paths.charts(), words: ['compare', 'courbe', 'graph'] },
    { id: 'watch measurements', label: keep.title, to: paths.keepMeasurements(), words: ['retention', 'prometheus'] },
    {
      id: 'watch authorities',
      label: authorities.title,
      to: paths.authorities(),
      words: ['certificate', 'certificat', 'tls', 'ca'],
    },
  ];
}
