import { useQuery } from '@tanstack/react-query';
import { IconBulb } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import {
  anomaliesQuery,
  forecastQuery,
  forecastsQuery,
  policiesQuery,
  recommendationQuery,
  recommendationsQuery,
  standingQuery,
} from './advice-queries.ts';
import { useAdviceTexts } from './advice-texts.ts';

function AdviceCrumb() {
  return useShellTexts().modules.advice;
}

function ForecastsCrumb() {
  return useAdviceTexts().tabs.forecasts;
}

function AnomaliesCrumb() {
  return useAdviceTexts().tabs.anomalies;
}

function PoliciesCrumb() {
  return useAdviceTexts().tabs.policies;
}

function RecommendationCrumb({ params }: { params: Params }) {
  const { one } = useAdviceTexts().recommendations;
  return useQuery(recommendationQuery(params['id'] ?? '')).data?.title ?? one;
}

function ForecastCrumb({ params }: { params: Params }) {
  const { one } = useAdviceTexts().forecasts;
  return useQuery(forecastQuery(Number(params['id']))).data?.forecast.label ?? one;
}

/** Advice: what is recommended, when what has a limit will be full, and what is odd. */
export const adviceFace: ModuleFace = {
  name: 'advice',
  letter: 'a',
  icon: IconBulb,
  to: paths.advice(),
  permission: 'advice.read',
  onLive: (events, client) => {
    if (events.some((event) => event.topic.startsWith('advice.'))) {
      void client.invalidateQueries({ queryKey: api.advice.key() });
    }
  },
  routes: [
    {
      path: 'advice',
      handle: { Crumb: AdviceCrumb, to: () => paths.advice() },
      children: [
        {
          index: true,
          loader: () => Promise.all([ready(recommendationsQuery), ready(standingQuery)]),
          lazy: async () => ({ Component: (await import('./recommendation-list-page.tsx')).RecommendationListPage }),
        },
        {
          path: 'recommendations/:id',
          handle: { Crumb: RecommendationCrumb },
          loader: ({ params }) => ready(recommendationQuery(params['id'] ?? '')),
          lazy: async () => ({ Component: (await import('./recommendation-page.tsx')).RecommendationPage }),
        },
        {
          path: 'forecasts',
          handle: { Crumb: ForecastsCrumb, to: () => paths.forecasts() },
          children: [
            {
              index: true,
              loader: () => ready(forecastsQuery),
              lazy: async () => ({ Component: (await import('./forecast-list-page.tsx')).ForecastListPage }),
            },
            {
              path: ':id',
              handle: { Crumb: ForecastCrumb },
              loader: ({ params }) => ready(forecastQuery(Number(params['id']))),
              lazy: async () => ({ Component: (await import('./forecast-page.tsx')).ForecastPage }),
            },
          ],
        },
        {
          path: 'anomalies',
          handle: { Crumb: AnomaliesCrumb },
          loader: () => ready(anomaliesQuery),
          lazy: async () => ({ Component: (await import('./anomaly-list-page.tsx')).AnomalyListPage }),
        },
        {
          path: 'policies',
          handle: { Crumb: PoliciesCrumb },
          loader: () => ready(policiesQuery),
          lazy: async () => ({ Component: (await import('./policy-list-page.tsx')).PolicyListPage }),
        },
      ],
    },
  ],
};
