import { useQuery } from '@tanstack/react-query';
import { IconUsers } from '@tabler/icons-react';
import type { Params } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace } from '#web/shell/module-face.ts';
import { ready } from '#web/shell/query-client.ts';
import { useMe } from '#web/shell/session.ts';
import { useShellTexts } from '#web/shell/shell-texts.ts';
import { paths } from '#web/paths.ts';
import { usePeopleTexts } from './people-texts.ts';
import { onCallRoutes } from './on-call-routes.tsx';
import { personQuery, personsQuery, tokensQuery } from './people-queries.ts';

function PeopleCrumb() {
  return useShellTexts().modules.people;
}

function AuditCrumb() {
  return usePeopleTexts().sections.audit;
}

function MeCrumb() {
  return usePeopleTexts().me.title;
}

function InviteCrumb() {
  return usePeopleTexts().invite.action;
}

function PersonCrumb({ params }: { params: Params }) {
  const texts = usePeopleTexts();
  return useQuery(personQuery(params['id'] ?? '')).data?.name ?? texts.person.one;
}

/** Team: who signs in, with which role, and what each of them did. */
export const peopleFace: ModuleFace = {
  name: 'people',
  letter: 't',
  icon: IconUsers,
  to: paths.people(),
  permission: 'people.read',
  onLive: (events, client) => {
    if (events.some((event) => event.topic === 'people.person')) {
      void client.invalidateQueries({ queryKey: api.people.persons.key() });
    }
    if (events.some((event) => event.topic === 'people.rota' || event.topic === 'people.team')) {
      void client.invalidateQueries({ queryKey: api.people.rotas.key() });
      void client.invalidateQueries({ queryKey: api.people.covers.key() });
      void client.invalidateQueries({ queryKey: api.people.teams.key() });
    }
  },
  useCommands: () => {
    const texts = usePeopleTexts();
    const { permissions } = useMe();
    return [
      { id: 'people.me', label: texts.me.title, to: paths.me(), words: ['password', 'token', 'mot de passe', 'jeton'] },
      ...(permissions.includes('people.read')
        ? [{ id: 'people.onCall', label: texts.onCall.title, to: paths.rotas(), words: ['rota', 'astreinte'] }]
        : []),
      ...(permissions.includes('people.write')
        ? [{ id: 'people.invite', label: texts.invite.action, to: paths.personNew() }]
        : []),
      ...(permissions.includes('audit.read')
        ? [{ id: 'people.audit', label: texts.audit.title, to: paths.audit() }]
        : []),
    ];
  },
  find: async (query, client) => {
    const found = await client.query(api.people.persons.list.queryOptions({ input: { search: query, limit: 5 } }));
    return found.items.map((person) => ({
      id: `people.${person.id}`,
      label: person.name,
      to: paths.person(person.id),
    }));
  },
  routes: [
    {
      path: 'people',
      handle: { Crumb: PeopleCrumb, to: () => paths.people() },
      children: [
        {
          index: true,
          loader: () => ready(personsQuery),
          lazy: async () => ({ Component: (await import('./person-list-page.tsx')).PersonListPage }),
        },
        {
          path: 'persons/new',
          handle: { Crumb: InviteCrumb },
          lazy: async () => ({ Component: (await import('./invite-page.tsx')).InvitePage }),
        },
        {
          path: 'persons/:id',
          handle: { Crumb: PersonCrumb },
          loader: ({ params }) => ready(personQuery(params['id'] ?? '')),
          lazy: async () => ({ Component: (await import('./person-page.tsx')).PersonPage }),
        },
        ...onCallRoutes,
        {
          path: 'audit',
          handle: { Crumb: AuditCrumb },
          lazy: async () => ({ Component: (await import('./audit-page.tsx')).AuditPage }),
        },
        {
          path: 'me',
          handle: { Crumb: MeCrumb },
          loader: () => ready(tokensQuery),
          lazy: async () => ({ Component: (await import('./me-page.tsx')).MePage }),
        },
      ],
    },
  ],
};
