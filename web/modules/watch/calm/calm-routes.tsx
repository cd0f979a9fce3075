import type { RouteObject } from 'react-router';
import { paths } from '#web/paths.ts';
import { useCalmTexts } from './calm-texts.ts';

function AvailabilityCrumb() {
  return useCalmTexts().availability.title;
}

function SilencesCrumb() {
  return useCalmTexts().silences.title;
}

function SilenceCrumb() {
  return useCalmTexts().silences.newPage.title;
}

function SilenceEditCrumb() {
  return useCalmTexts().silences.newPage.editTitle;
}

function NoiseCrumb() {
  return useCalmTexts().noise.title;
}

function RulesCrumb() {
  return useCalmTexts().rules.crumb;
}

/** The pages of availability, silences and noise. */
export const calmRoutes: RouteObject[] = [
  {
    path: 'availability',
    handle: { Crumb: AvailabilityCrumb },
    lazy: async () => {
      const page = await import('./availability-page.tsx');
      return { Component: page.AvailabilityPage, loader: page.loader };
    },
  },
  {
    path: 'noise',
    handle: { Crumb: NoiseCrumb },
    lazy: async () => {
      const page = await import('./noise-page.tsx');
      return { Component: page.NoisePage, loader: page.loader };
    },
  },
  {
    path: 'silences',
    handle: { Crumb: SilencesCrumb, to: () => paths.silences() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./silence-list-page.tsx');
          return { Component: page.SilenceListPage, loader: page.loader };
        },
      },
      {
        path: 'new',
        handle: { Crumb: SilenceCrumb },
        lazy: async () => {
          const page = await import('./silence-new-page.tsx');
          return { Component: page.SilenceNewPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        handle: { Crumb: SilenceEditCrumb },
        lazy: async () => {
          const page = await import('./silence-new-page.tsx');
          return { Component: page.SilencePage, loader: page.editLoader };
        },
      },
    ],
  },
];

/** The rules of a check, below its own page. */
export const rulesRoute: RouteObject = {
  path: 'rules',
  handle: { Crumb: RulesCrumb },
  lazy: async () => {
    const page = await import('./rules-page.tsx');
    return { Component: page.RulesPage, loader: page.loader };
  },
};
