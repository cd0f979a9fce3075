import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

export const kindsQuery = () => api.notify.kinds.queryOptions({ input: {} });

export const channelsQuery = api.notify.channels.list.queryOptions({ input: {} });

export const mailServerQuery = api.notify.mailServer.get.queryOptions({ input: {} });

/** Notices, newest first, of everybody or of one person; older ones page after page. A channel's own stand on its page. */
export const deliveriesQuery = (personId?: string) =>
  infiniteQueryOptions({
    queryKey: [...api.notify.deliveries.key(), 'log', personId ?? ''],
    queryFn: ({ pageParam, signal }) =>
      client.notify.deliveries(
        {
          limit: 500,
          ...(pageParam === '' ? {} : { after: pageParam }),
          ...(personId === undefined ? {} : { personId }),
        },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });

export const channelDeliveriesQuery = (channelId: string) =>
  api.notify.deliveries.queryOptions({ input: { channelId, limit: 30 } });

export const routesQuery = api.notify.routes.list.queryOptions({ input: {} });

export const policiesQuery = api.notify.policies.list.queryOptions({ input: {} });

export const quietHoursQuery = api.notify.quietHours.get.queryOptions({ input: {} });

/** Whom a route or a step may lead to. */
export const teamsQuery = api.people.teams.list.queryOptions({ input: {} });
export const rotasQuery = api.people.rotas.list.queryOptions({ input: {} });
export const personsQuery = queryOptions({
  queryKey: [...api.people.persons.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.people.persons.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

/** Sites, hosts and services that a route may be about. */
export const thingsQuery = queryOptions({
  queryKey: [...api.estate.hosts.list.key(), 'things'],
  queryFn: async ({ signal }) => {
    const [sites, services, hosts] = await Promise.all([
      client.estate.sites.list({ limit: 500 }, { signal }),
      client.estate.services.list({ limit: 500 }, { signal }),
      allPages((after) =>
        client.estate.hosts.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
      ),
    ]);
    return [
      ...sites.items.map(({ id, name }) => ({ kind: 'site' as const, id, name })),
      ...services.items.map(({ id, name }) => ({ kind: 'service' as const, id, name })),
      ...hosts.map(({ id, name }) => ({ kind: 'host' as const, id, name })),
    ];
  },
});
