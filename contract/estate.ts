import { z } from 'zod';
import { request } from './request.ts';
import { id, line, listOf, namedThing, nothing, page, text, thingKind, thingRef, time } from './words.ts';

/** Estate: what there is, where, whose, what depends on what, and who uses it. */

export const hostKind = z.enum([
  'server',
  'virtual',
  'switch',
  'router',
  'firewall',
  'storage',
  'printer',
  'workstation',
  'other',
]);

/** A host name, an IPv4 or IPv6 address, as typed; checked for form, resolved when used. */
export const address = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9_.:%-]+$/u);

/** A word that people put on things: letters, digits and `. _ : / -`, kept in lower case. */
export const tag = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,49}$/u);

export const importance = z.enum(['low', 'normal', 'high', 'critical']);

export const site = z.object({
  id,
  name: z.string(),
  place: z.string(),
  note: z.string(),
  tags: z.array(z.string()),
  hostCount: z.number().int(),
  createdAt: time,
});
export const host = z.object({
  id,
  name: z.string(),
  address: z.string(),
  kind: hostKind,
  system: z.string(),
  site: namedThing.nullable(),
  note: z.string(),
  tags: z.array(z.string()),
  /** True for the machine that Vigie itself runs on. */
  local: z.boolean(),
  createdAt: time,
});
export type Host = z.infer<typeof host>;
export const service = z.object({
  id,
  name: z.string(),
  summary: z.string(),
  importance,
  owner: z.object({ id, name: z.string() }).nullable(),
  tags: z.array(z.string()),
  userCount: z.number().int(),
  createdAt: time,
});
export type Service = z.infer<typeof service>;

/** `dependent` does not work without `on`. A host depends on its site without being told so. */
export const dependency = z.object({ dependent: namedThing, on: namedThing });

/** Everything that suffers when a thing fails, nearest first, and the people who use it. */
export const impact = z.object({
  things: z.array(namedThing.extend({ distance: z.number().int() })),
  people: z.array(z.object({ id, name: z.string(), mail: z.string(), through: z.string() })),
  peopleCount: z.number().int(),
});
export type Impact = z.infer<typeof impact>;

export const supplier = z.object({
  id,
  name: z.string(),
  phone: z.string(),
  mail: z.string(),
  contract: z.string(),
  createdAt: time,
});

const hostFields = {
  name: line(100),
  address,
  kind: hostKind.default('server'),
  system: text(100).default(''),
  siteId: id.nullable().default(null),
  note: text(5_000).default(''),
};
const serviceFields = {
  name: line(100),
  summary: text(500).default(''),
  importance: importance.default('normal'),
  ownerId: id.nullable().default(null),
};
const siteFields = { name: line(100), place: text(200).default(''), note: text(5_000).default('') };
const supplierFields = {
  name: line(100),
  phone: text(50).default(''),
  mail: text(254).default(''),
  contract: text(200).default(''),
};

export const estate = {
  sites: {
    list: request({ method: 'GET', path: '/estate/sites', permission: 'estate.read', summary: 'All sites' })
      .input(z.object({ ...page, search: text(100).optional(), tag: tag.optional() }))
      .output(listOf(site)),
    get: request({
      method: 'GET',
      path: '/estate/sites/{id}',
      permission: 'estate.read',
      summary: 'One site',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(site),
    create: request({
      method: 'POST',
      path: '/estate/sites',
      permission: 'estate.write',
      summary: 'Add a site',
      refusals: ['name_taken'],
    })
      .input(z.object(siteFields))
      .output(site),
    change: request({
      method: 'PATCH',
      path: '/estate/sites/{id}',
      permission: 'estate.write',
      summary: 'Change a site',
      refusals: ['not_found', 'name_taken'],
    })
      .input(z.object({ id, name: line(100).optional(), place: text(200).optional(), note: text(5_000).optional() }))
      .output(site),
    remove: request({
      method: 'DELETE',
      path: '/estate/sites/{id}',
      permission: 'estate.write',
      summary: 'Remove a site that has no host',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  hosts: {
    list: request({ method: 'GET', path: '/estate/hosts', permission: 'estate.read', summary: 'All hosts' })
      .input(
        z.object({
          ...page,
          search: text(100).optional(),
          siteId: id.optional(),
          kind: hostKind.optional(),
          tag: tag.optional(),
        }),
      )
      .output(listOf(host)),
    get: request({
      method: 'GET',
      path: '/estate/hosts/{id}',
      permission: 'estate.read',
      summary: 'One host',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(host),
    create: request({
      method: 'POST',
      path: '/estate/hosts',
      permission: 'estate.write',
      summary: 'Add a host',
      refusals: ['name_taken', 'not_found'],
    })
      .input(z.object(hostFields))
      .output(host),
    change: request({
      method: 'PATCH',
      path: '/estate/hosts/{id}',
      permission: 'estate.write',
      summary: 'Change a host',
      refusals: ['not_found', 'name_taken', 'dependency_circle'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          address: address.optional(),
          kind: hostKind.optional(),
          system: text(100).optional(),
          siteId: id.nullable().optional(),
          note: text(5_000).optional(),
        }),
      )
      .output(host),
    remove: request({
      method: 'DELETE',
      path: '/estate/hosts/{id}',
      permission: 'estate.write',
      summary: 'Remove a host; its checks go with it',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  services: {
    list: request({ method: 'GET', path: '/estate/services', permission: 'estate.read', summary: 'All services' })
      .input(z.object({ ...page, search: text(100).optional(), tag: tag.optional() }))
      .output(listOf(service)),
    get: request({
      method: 'GET',
      path: '/estate/services/{id}',
      permission: 'estate.read',
      summary: 'One service',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(service),
    create: request({
      method: 'POST',
      path: '/estate/services',
      permission: 'estate.write',
      summary: 'Add a service',
      refusals: ['name_taken', 'not_found'],
    })
      .input(z.object(serviceFields))
      .output(service),
    change: request({
      method: 'PATCH',
      path: '/estate/services/{id}',
      permission: 'estate.write',
      summary: 'Change a service',
      refusals: ['not_found', 'name_taken'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          summary: text(500).optional(),
          importance: importance.optional(),
          ownerId: id.nullable().optional(),
        }),
      )
      .output(service),
    remove: request({
      method: 'DELETE',
      path: '/estate/services/{id}',
      permission: 'estate.write',
      summary: 'Remove a service; its checks go with it',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
    users: request({
      method: 'GET',
      path: '/estate/services/{id}/users',
      permission: 'estate.read',
      summary: 'Who uses a service',
      refusals: ['not_found'],
    })
      .input(z.object({ id, ...page }))
      .output(listOf(z.object({ id, name: z.string(), mail: z.string() }))),
    setUsers: request({
      method: 'PUT',
      path: '/estate/services/{id}/users',
      permission: 'estate.write',
      summary: 'Say who uses a service',
      refusals: ['not_found'],
    })
      .input(z.object({ id, personIds: z.array(id).max(10_000) }))
      .output(nothing),
  },
  dependencies: {
    list: request({
      method: 'GET',
      path: '/estate/dependencies',
      permission: 'estate.read',
      summary: 'What depends on what; with kind and id, only what touches that thing',
    })
      .input(z.object({ kind: thingKind.optional(), id: id.optional() }))
      .output(z.object({ items: z.array(dependency).max(50_000) })),
    add: request({
      method: 'POST',
      path: '/estate/dependencies',
      permission: 'estate.write',
      summary: 'Say that a thing depends on another',
      refusals: ['not_found', 'dependency_circle'],
    })
      .input(z.object({ dependent: thingRef, on: thingRef }))
      .output(dependency),
    remove: request({
      method: 'POST',
      path: '/estate/dependencies/remove',
      permission: 'estate.write',
      summary: 'Say that a thing no longer depends on another',
      refusals: ['not_found'],
    })
      .input(z.object({ dependent: thingRef, on: thingRef }))
      .output(nothing),
    impact: request({
      method: 'GET',
      path: '/estate/impact/{kind}/{id}',
      permission: 'estate.read',
      summary: 'What and who suffers when a thing fails',
      refusals: ['not_found'],
    })
      .input(z.object({ kind: thingKind, id }))
      .output(impact),
  },
  tags: {
    list: request({
      method: 'GET',
      path: '/estate/tags',
      permission: 'estate.read',
      summary: 'Every tag, and how many things carry it',
    })
      .input(nothing)
      .output(z.object({ items: z.array(z.object({ tag: z.string(), count: z.number().int() })) })),
    change: request({
      method: 'POST',
      path: '/estate/tags',
      permission: 'estate.write',
      summary: 'Put tags on things, and take tags off them',
      refusals: ['not_found', 'too_many_tags'],
    })
      .input(
        z.object({
          things: z.array(thingRef).min(1).max(1_000),
          add: z.array(tag).max(20).default([]),
          remove: z.array(tag).max(50).default([]),
        }),
      )
      .output(z.object({ changed: z.number().int() })),
  },
  suppliers: {
    list: request({ method: 'GET', path: '/estate/suppliers', permission: 'estate.read', summary: 'All suppliers' })
      .input(z.object({ ...page, search: text(100).optional() }))
      .output(listOf(supplier)),
    create: request({
      method: 'POST',
      path: '/estate/suppliers',
      permission: 'estate.write',
      summary: 'Add a supplier',
      refusals: ['name_taken'],
    })
      .input(z.object(supplierFields))
      .output(supplier),
    change: request({
      method: 'PATCH',
      path: '/estate/suppliers/{id}',
      permission: 'estate.write',
      summary: 'Change a supplier',
      refusals: ['not_found', 'name_taken'],
    })
      .input(
        z.object({
          id,
          name: line(100).optional(),
          phone: text(50).optional(),
          mail: text(254).optional(),
          contract: text(200).optional(),
        }),
      )
      .output(supplier),
    remove: request({
      method: 'DELETE',
      path: '/estate/suppliers/{id}',
      permission: 'estate.write',
      summary: 'Remove a supplier',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
};

export const estateFacts = {
  /** `what` lists the names of the fields that changed; empty for added and removed. */
  'estate.thingChanged': z.object({
    thing: namedThing,
    change: z.enum(['added', 'changed', 'removed']),
    what: z.array(z.string()),
    by: z.string(),
  }),
  'estate.dependenciesChanged': z.object({
    dependent: namedThing,
    on: namedThing,
    change: z.enum(['added', 'removed']),
    by: z.string(),
  }),
};
