import { IconBuildingCommunity } from '@tabler/icons-react';
import { useEstateTexts } from './estate-texts.ts';
import type { RouteObject } from 'react-router';
import { api } from '#web/shell/api.ts';
import type { ModuleFace, RouteHandle } from '#web/shell/module-face.ts';
import { paths } from '#web/paths.ts';
import {
  EditCrumb,
  EstateCrumb,
  HostCrumb,
  NewCrumb,
  ServiceCrumb,
  ServicesCrumb,
  SiteCrumb,
  SitesCrumb,
  SupplierCrumb,
  SuppliersCrumb,
} from './crumbs.tsx';

const step = (Crumb: RouteHandle['Crumb'], to?: RouteHandle['to']): RouteHandle =>
  to === undefined ? { Crumb } : { Crumb, to };
const idOf = (params: Readonly<Record<string, string | undefined>>): string => params['id'] ?? '';

const hostRoutes: RouteObject[] = [
  {
    path: 'hosts/new',
    handle: step(NewCrumb),
    lazy: async () => {
      const page = await import('./host-form-page.tsx');
      return { Component: page.HostNewPage, loader: page.newLoader };
    },
  },
  {
    path: 'hosts/:id',
    handle: step(HostCrumb, (params) => paths.host(idOf(params))),
    children: [
      {
        index: true,
        lazy: async () => {
          const page = await import('./host-page.tsx');
          return { Component: page.HostPage, loader: page.loader };
        },
      },
      {
        path: 'edit',
        handle: step(EditCrumb),
        lazy: async () => {
          const page = await import('./host-form-page.tsx');
          return { Component: page.HostEditPage, loader: page.editLoader };
        },
      },
    ],
  },
];

const serviceRoutes: RouteObject = {
  path: 'services',
  handle: step(ServicesCrumb, () => paths.services()),
  children: [
    {
      index: true,
      lazy: async () => {
        const page = await import('./service-list-page.tsx');
        return { Component: page.ServiceListPage, loader: page.loader };
      },
    },
    {
      path: 'new',
      handle: step(NewCrumb),
      lazy: async () => {
        const page = await import('./service-form-page.tsx');
        return { Component: page.ServiceNewPage, loader: page.newLoader };
      },
    },
    {
      path: ':id',
      handle: step(ServiceCrumb, (params) => paths.service(idOf(params))),
      children: [
        {
          index: true,
          lazy: async () => {
            const page = await import('./service-page.tsx');
            return { Component: page.ServicePage, loader: page.loader };
          },
        },
        {
          path: 'edit',
          handle: step(EditCrumb),
          lazy: async () => {
            const page = await import('./service-form-page.tsx');
            return { Component: page.ServiceEditPage, loader: page.editLoader };
          },
        },
      ],
    },
  ],
};

const siteRoutes: RouteObject = {
  path: 'sites',
  handle: step(SitesCrumb, () => paths.sites()),
  children: [
    {
      index: true,
      lazy: async () => {
        const page = await import('./site-list-page.tsx');
        return { Component: page.SiteListPage, loader: page.loader };
      },
    },
    {
      path: 'new',
      handle: step(NewCrumb),
      lazy: async () => ({ Component: (await import('./site-form-page.tsx')).SiteNewPage }),
    },
    {
      path: ':id',
      handle: step(SiteCrumb, (params) => paths.site(idOf(params))),
      children: [
        {
          index: true,
          lazy: async () => {
            const page = await import('./site-page.tsx');
            return { Component: page.SitePage, loader: page.loader };
          },
        },
        {
          path: 'edit',
          handle: step(EditCrumb),
          lazy: async () => {
            const page = await import('./site-form-page.tsx');
            return { Component: page.SiteEditPage, loader: page.editLoader };
          },
        },
      ],
    },
  ],
};

const supplierRoutes: RouteObject = {
  path: 'suppliers',
  handle: step(SuppliersCrumb, () => paths.suppliers()),
  children: [
    {
      index: true,
      lazy: async () => {
        const page = await import('./supplier-list-page.tsx');
        return { Component: page.SupplierListPage, loader: page.loader };
      },
    },
    {
      path: 'new',
      handle: step(NewCrumb),
      lazy: async () => ({ Component: (await import('./supplier-form-page.tsx')).SupplierNewPage }),
    },
    {
      path: ':id',
      handle: step(SupplierCrumb),
      lazy: async () => {
        const page = await import('./supplier-form-page.tsx');
        return { Component: page.SupplierPage, loader: page.loader };
      },
    },
  ],
};

/** Estate: what there is, where, whose, and what depends on what. */
export const estateFace: ModuleFace = {
  name: 'estate',
  letter: 'e',
  icon: IconBuildingCommunity,
  to: paths.estate(),
  permission: 'estate.read',
  routes: [
    {
      path: '/estate',
      handle: step(EstateCrumb, () => paths.estate()),
      children: [
        {
          index: true,
          lazy: async () => {
            const page = await import('./host-list-page.tsx');
            return { Component: page.HostListPage, loader: page.loader };
          },
        },
        ...hostRoutes,
        serviceRoutes,
        siteRoutes,
        supplierRoutes,
      ],
    },
  ],
  onLive: (events, client) => {
    if (!events.some((event) => event.topic === 'estate.thing')) return;
    void client.invalidateQueries({ queryKey: api.estate.key() });
    void client.invalidateQueries({ queryKey: api.logbook.changes.key() });
  },
  useCommands: () => {
    const texts = useEstateTexts();
    return [
      { id: 'estate host', label: texts.addHost, to: paths.hostNew() },
      { id: 'estate service', label: texts.addService, to: paths.serviceNew() },
      { id: 'estate site', label: texts.addSite, to: paths.siteNew() },
      { id: 'estate supplier', label: texts.addSupplier, to: paths.supplierNew() },
    ];
  },
  find: async (query, client) => {
    const input = { search: query.slice(0, 100), limit: 6 };
    const [hosts, services, sites, suppliers] = await Promise.all([
      client.query(api.estate.hosts.list.queryOptions({ input })),
      client.query(api.estate.services.list.queryOptions({ input })),
      client.query(api.estate.sites.list.queryOptions({ input })),
      client.query(api.estate.suppliers.list.queryOptions({ input })),
    ]);
    return [
      ...hosts.items.map((host) => ({ id: host.id, label: host.name, words: [host.address], to: paths.host(host.id) })),
      ...services.items.map((service) => ({ id: service.id, label: service.name, to: paths.service(service.id) })),
      ...sites.items.map((site) => ({ id: site.id, label: site.name, to: paths.site(site.id) })),
      ...suppliers.items.map(({ id, name }) => ({ id, label: name, to: paths.supplier(id) })),
    ];
  },
};
