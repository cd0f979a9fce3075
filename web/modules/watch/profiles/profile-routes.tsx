import { useQuery } from '@tanstack/react-query';
import type { Params, RouteObject } from 'react-router';
import { paths } from '#web/paths.ts';
import { profileQuery } from '../watch-queries.ts';
import { useProfileTexts } from './profile-texts.ts';

function ListCrumb() {
  return useProfileTexts().title;
}

function NewCrumb() {
  return useProfileTexts().newPage.title;
}

function ProfileCrumb({ params }: { params: Params }) {
  return useQuery(profileQuery(params['id'] ?? '')).data?.name;
}

function ItemCrumb({ params }: { params: Params }) {
  const { data } = useQuery(profileQuery(params['id'] ?? ''));
  return data?.items.find(({ id }) => id === params['item'])?.name;
}

function NewItemCrumb() {
  return useProfileTexts().addItem;
}

/** The pages of profiles. */
export const profileRoutes: RouteObject[] = [
  {
    path: 'profiles',
    handle: { Crumb: ListCrumb, to: () => paths.profiles() },
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./profile-list-page.tsx');
          return { Component: page.ProfileListPage, loader: page.loader };
        },
      },
      {
        path: 'new',
        handle: { Crumb: NewCrumb },
        lazy: async () => {
          const page = await import('./profile-new-page.tsx');
          return { Component: page.ProfileNewPage, loader: page.loader };
        },
      },
      {
        path: ':id',
        handle: { Crumb: ProfileCrumb, to: (params: Params) => paths.profile(params['id'] ?? '') },
        children: [
          {
            index: true,
            lazy: async () => {
              const page = await import('./profile-page.tsx');
              return { Component: page.ProfilePage, loader: page.loader };
            },
          },
          {
            path: 'items/new',
            handle: { Crumb: NewItemCrumb },
            lazy: async () => {
              const page = await import('./profile-item-page.tsx');
              return { Component: page.ProfileItemPage, loader: page.loader };
            },
          },
          {
            path: 'items/:item',
            handle: { Crumb: ItemCrumb },
            lazy: async () => {
              const page = await import('./profile-item-page.tsx');
              return { Component: page.ProfileItemPage, loader: page.loader };
            },
          },
        ],
      },
    ],
  },
];
