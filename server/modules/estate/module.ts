/*
 * Estate: what there is (sites, hosts, services, suppliers), who uses it, and what depends on what.
 * Words: thing (a site, a host or a service), dependency, ancestor, dependant, impact.
 * It never knows how a thing is doing (watch does), nor how to get into a host (upkeep does).
 */
import type { estate, Service } from '#contract/estate.ts';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { ensureHosts, ensureLocalHost, type EnsuredHost, type WantedHost } from './ensure-hosts.ts';
import { addHost, changeHost, removeHost } from './keep-host.ts';
import { addService, changeService, removeService, setServiceUsers } from './keep-service.ts';
import { addSite, changeSite, removeSite } from './keep-site.ts';
import { addSupplier, changeSupplier, removeSupplier } from './keep-supplier.ts';
import { addDependency, removeDependency } from './link-things.ts';
import { dependencyStore } from './store-dependencies.ts';
import { hostStore, type HostAddress } from './store-hosts.ts';
import { serviceStore } from './store-services.ts';
import { siteStore } from './store-sites.ts';
import { tagStore } from './store-tags.ts';
import { supplierStore } from './store-suppliers.ts';
import { tagThings } from './tag-things.ts';
import { ancestorsOf, dependantsOf, importanceOfAffected, weighImpact, type NamedReach } from './weigh-impact.ts';

interface Parts {
  readonly db: Database<'estate'>;
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
  /** What the machine calls itself; its host gets this name. */
  readonly machineName: string;
}

export interface EstateModule {
  readonly handlers: Handlers<typeof estate>;
  /** The hosts among these ids that there are, with their addresses. */
  readonly hostsById: (ids: readonly string[]) => Promise<HostAddress[]>;
  /** Hosts with one of these addresses, whatever the case of their letters. */
  readonly hostsByAddress: (addresses: readonly string[]) => Promise<HostAddress[]>;
  /** The things among these that there are, with their names, in the order asked. */
  readonly namedThings: (things: readonly ThingRef[]) => Promise<NamedThing[]>;
  /** Things that carry one of these tags, each with the tag. */
  readonly taggedThings: (tags: readonly string[]) => Promise<{ tag: string; thing: ThingRef }[]>;
  /** For each thing what it needs to work, nearest first, its host's site included. */
  readonly ancestorsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly NamedReach[])[]>;
  /** For each thing what suffers when it fails, nearest first. */
  readonly dependantsOf: (things: readonly ThingRef[]) => Promise<readonly (readonly NamedReach[])[]>;
  /** For each group of things: the importance of every service that suffers when one of them fails. */
  readonly importanceOfAffected: (
    groups: readonly (readonly ThingRef[])[],
  ) => Promise<readonly (readonly Service['importance'][])[]>;
  /**
   * Hosts with these addresses, added where they were not known; in the order asked. It is a transaction of its own:
   * call it before yours, not within.
   * @throws Refusal `not_found` for a site that there is not.
   */
  readonly ensureHosts: (wanted: readonly WantedHost[], by: string) => Promise<EnsuredHost[]>;
  /** The machine that Vigie itself runs on; there always is one. */
  readonly localHost: () => Promise<HostAddress>;
}

const missing = () => Promise.reject(new Refusal('not_found'));

function siteHandlers(parts: Parts): Handlers<typeof estate>['sites'] {
  return {
    async list(input) {
      const { items, total } = await siteStore(parts.db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    get: async ({ id }) => (await siteStore(parts.db).get(id)) ?? missing(),
    create: (input, caller) => addSite(parts, input, actorOf(caller).name),
    change: ({ id, ...wanted }, caller) => changeSite(parts, id, wanted, actorOf(caller).name),
    remove: ({ id }, caller) => removeSite(parts, id, actorOf(caller).name),
  };
}

function hostHandlers(parts: Parts): Handlers<typeof estate>['hosts'] {
  return {
    async list(input) {
      const { items, total } = await hostStore(parts.db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    get: async ({ id }) => (await hostStore(parts.db).get(id)) ?? missing(),
    create: (input, caller) => addHost(parts, input, actorOf(caller).name),
    change: ({ id, ...wanted }, caller) => changeHost(parts, id, wanted, actorOf(caller).name),
    remove: ({ id }, caller) => removeHost(parts, id, actorOf(caller).name),
  };
}

function serviceHandlers(parts: Parts): Handlers<typeof estate>['services'] {
  return {
    async list(input) {
      const { items, total } = await serviceStore(parts.db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    get: async ({ id }) => (await serviceStore(parts.db).get(id)) ?? missing(),
    create: (input, caller) => addService(parts, input, actorOf(caller).name),
    change: ({ id, ...wanted }, caller) => changeService(parts, id, wanted, actorOf(caller).name),
    remove: ({ id }, caller) => removeService(parts, id, actorOf(caller).name),
    async users({ id, ...input }) {
      const services = serviceStore(parts.db);
      if ((await services.get(id)) === null) return missing();
      const { items, total } = await services.users(id, input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    setUsers: ({ id, personIds }, caller) => setServiceUsers(parts, id, personIds, actorOf(caller).name),
  };
}

function dependencyHandlers({ db, transact }: Parts): Handlers<typeof estate>['dependencies'] {
  return {
    async list({ kind, id }) {
      if ((kind === undefined) !== (id === undefined))
        throw new Refusal('bad_input', {}, [{ path: kind === undefined ? 'kind' : 'id', reason: 'kind_and_id' }]);
      const thing = kind === undefined || id === undefined ? null : { kind, id };
      return { items: await dependencyStore(db).list(thing) };
    },
    add: (input, caller) => addDependency(transact, input, actorOf(caller).name),
    remove: (input, caller) => removeDependency(transact, input, actorOf(caller).name),
    impact: (thing) => weighImpact(db, thing),
  };
}

function supplierHandlers(parts: Parts): Handlers<typeof estate>['suppliers'] {
  return {
    async list(input) {
      const { items, total } = await supplierStore(parts.db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    create: (input) => addSupplier(parts, input),
    change: ({ id, ...wanted }) => changeSupplier(parts, id, wanted),
    remove: ({ id }) => removeSupplier(parts, id),
  };
}

/** Puts the module together. */
export function createEstate(parts: Parts): EstateModule {
  const { db } = parts;
  return {
    handlers: {
      sites: siteHandlers(parts),
      hosts: hostHandlers(parts),
      services: serviceHandlers(parts),
      dependencies: dependencyHandlers(parts),
      tags: {
        list: async () => ({ items: await tagStore(db).list() }),
        change: (input, caller) => tagThings(parts.transact, input, actorOf(caller).name),
      },
      suppliers: supplierHandlers(parts),
    },
    hostsById: (ids) => hostStore(db).byIds(ids),
    hostsByAddress: (addresses) => hostStore(db).byAddresses(addresses),
    taggedThings: (tags) => tagStore(db).tagged(tags),
    namedThings: (things) => dependencyStore(db).named(things),
    ancestorsOf: (things) => ancestorsOf(db, things),
    dependantsOf: (things) => dependantsOf(db, things),
    importanceOfAffected: (groups) => importanceOfAffected(db, groups),
    ensureHosts: (wanted, by) => ensureHosts(parts, wanted, by),
    localHost: async () => ensureLocalHost(parts, await hostStore(db).local(), parts.machineName),
  };
}
