import { v7 as uuid } from 'uuid';
import type { NamedTarget, Policy, Route, Target } from '#contract/notify-routes.ts';
import type { Database } from '#platform/database.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { PolicyRecord, RouteRecord } from './audience.ts';
import type { Needs } from './needs.ts';
import { readDirectory, type WholeDirectory } from './read-directory.ts';
import { policyStore, routeStore } from './store-routes.ts';

interface Parts {
  readonly db: Database<'notify'>;
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly needs: Needs;
}

function nameOf({ kind, id }: Target, directory: WholeDirectory): string | undefined {
  switch (kind) {
    case 'channel':
      return directory.channels.find((channel) => channel.id === id)?.name;
    case 'person':
      return directory.persons.get(id)?.name;
    case 'team':
      return directory.teams.get(id)?.name;
    case 'rota':
      return directory.onCall.get(id)?.name;
    case 'policy':
      return directory.policies.get(id)?.name;
    default:
      return undefined;
  }
}

function named(targets: readonly Target[], directory: WholeDirectory): NamedTarget[] {
  return targets.map((target) => ({ ...target, name: nameOf(target, directory) ?? '' }));
}

async function refuseUnknown({ db }: Unit<'notify'>, parts: Parts, targets: readonly Target[]): Promise<void> {
  const directory = await readDirectory(db, parts.needs, parts.clock.now());
  if (targets.some((target) => nameOf(target, directory) === undefined)) throw new Refusal('not_found');
}

/** Policies as they are shown, with names, and the routes that use them. */
export async function shownPolicies({ db, needs, clock }: Parts): Promise<Policy[]> {
  const directory = await readDirectory(db, needs, clock.now());
  return [...directory.policies.values()].map(({ id, name, steps, repeats, repeatMinutes }) => ({
    id,
    name,
    repeats,
    repeatMinutes,
    steps: steps.map(({ afterMinutes, targets }) => ({ afterMinutes, targets: named(targets, directory) })),
    usedBy: directory.routes
      .filter(({ targets }) => targets.some((target) => target.kind === 'policy' && target.id === id))
      .map((route) => route.name),
  }));
}

/** Routes as they are shown, in their order, with names. */
export async function shownRoutes({ db, needs, clock }: Parts): Promise<Route[]> {
  const directory = await readDirectory(db, needs, clock.now());
  const routes = await routeStore(db).list();
  const things = await needs.namedThings(routes.flatMap((route) => route.things));
  return routes.map((route) => ({
    ...route,
    tags: [...route.tags],
    things: route.things.flatMap(
      (thing) => things.find(({ kind, id }) => kind === thing.kind && id === thing.id) ?? [],
    ),
    targets: named(route.targets, directory),
  }));
}

/** Adds a policy, or puts it in place of the one with its id. Answers with its id. */
export function keepPolicy(parts: Parts, id: string | null, asked: Omit<PolicyRecord, 'id'>): Promise<string> {
  return parts.transact(async (unit) => {
    const policies = policyStore(unit.db);
    if (id !== null && !(await policies.list()).some((policy) => policy.id === id)) throw new Refusal('not_found');
    await refuseUnknown(
      unit,
      parts,
      asked.steps.flatMap(({ targets }) => targets),
    );
    const policy = { id: id ?? uuid(), ...asked };
    if (!(await policies.put(policy))) throw new Refusal('name_taken', { name: asked.name });
    await unit.live('notify.route', policy.id);
    return policy.id;
  });
}

/** Removes a policy that no route uses. */
export function removePolicy(parts: Parts, id: string): Promise<Record<string, never>> {
  return parts.transact(async (unit) => {
    const policies = policyStore(unit.db);
    if (!(await policies.list()).some((policy) => policy.id === id)) throw new Refusal('not_found');
    const user = (await routeStore(unit.db).list()).find(({ targets }) =>
      targets.some((target) => target.kind === 'policy' && target.id === id),
    );
    if (user !== undefined) throw new Refusal('still_used', { by: user.name });
    await policies.remove(id);
    await unit.live('notify.route', id);
    return {};
  });
}

/** Adds a route at the end, or puts it in place of the one with its id. Answers with its id. */
export function keepRoute(parts: Parts, id: string | null, asked: Omit<RouteRecord, 'id'>): Promise<string> {
  return parts.transact(async (unit) => {
    const routes = routeStore(unit.db);
    if (id !== null && !(await routes.list()).some((route) => route.id === id)) throw new Refusal('not_found');
    await refuseUnknown(unit, parts, asked.targets);
    if ((await parts.needs.namedThings(asked.things)).length < asked.things.length) throw new Refusal('not_found');
    const route = { id: id ?? uuid(), ...asked };
    if (!(await routes.put(route))) throw new Refusal('name_taken', { name: asked.name });
    await unit.live('notify.route', route.id);
    return route.id;
  });
}

/** Puts the routes in this order; those that are not named come after. */
export function orderRoutes(parts: Parts, ids: readonly string[]): Promise<void> {
  return parts.transact(async (unit) => {
    const routes = routeStore(unit.db);
    const known = (await routes.list()).map(({ id }) => id);
    if (ids.some((id) => !known.includes(id))) throw new Refusal('not_found');
    const order = [...new Set([...ids, ...known])];
    for (const [position, id] of order.entries()) await routes.place(id, position + 1);
    await unit.live('notify.route', null);
  });
}

export function removeRoute({ transact }: Parts, id: string): Promise<Record<string, never>> {
  return transact(async ({ db, live }) => {
    if (!(await routeStore(db).remove(id))) throw new Refusal('not_found');
    await live('notify.route', id);
    return {};
  });
}
