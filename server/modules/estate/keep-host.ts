import { v7 as uuid } from 'uuid';
import type { Host } from '#contract/estate.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { closesCircle } from './dependency-graph.ts';
import { differences } from './differences.ts';
import { dependencyStore } from './store-dependencies.ts';
import { hostStore, type HostFields } from './store-hosts.ts';
import { siteStore } from './store-sites.ts';
import { tellChange } from './tell-change.ts';

interface Parts {
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
}

/** Whoever is told that Vigie's own machine cannot be removed. */
const self = 'Vigie';

async function holdSite({ db }: Unit<'estate'>, siteId: string | null): Promise<void> {
  if (siteId !== null && !(await siteStore(db).hold(siteId))) throw new Refusal('not_found');
}

export function addHost({ transact, clock }: Parts, fields: HostFields, by: string): Promise<Host> {
  return transact(async (unit) => {
    const id = uuid();
    const hosts = hostStore(unit.db);
    await holdSite(unit, fields.siteId);
    if (!(await hosts.add(id, { ...fields, local: false }, clock.now())))
      throw new Refusal('name_taken', { name: fields.name });
    await tellChange(unit, { kind: 'host', id, name: fields.name }, 'added', by);
    return (await hosts.get(id)) ?? Promise.reject(new Refusal('not_found'));
  });
}

/** A host depends on its site, so moving it may close a circle: the site's own router put into that site. */
async function refuseCircle({ db }: Unit<'estate'>, host: Host, siteId: string): Promise<void> {
  const dependencies = dependencyStore(db);
  await dependencies.lockGraph();
  const dependent = { kind: 'host', id: host.id } as const;
  const on = { kind: 'site', id: siteId } as const;
  if (closesCircle(await dependencies.above([on]), { dependent, on })) {
    const [site] = await dependencies.named([on]);
    throw new Refusal('dependency_circle', { dependent: host.name, on: site?.name ?? '' });
  }
}

export function changeHost(
  { transact }: Parts,
  id: string,
  wanted: { [Field in keyof HostFields]?: HostFields[Field] | undefined },
  by: string,
): Promise<Host> {
  return transact(async (unit) => {
    const hosts = hostStore(unit.db);
    const before = await hosts.get(id);
    if (before === null) throw new Refusal('not_found');
    const set = differences<HostFields>({ ...before, siteId: before.site?.id ?? null }, wanted);
    const what = Object.keys(set);
    if (what.length === 0) return before;
    const siteId = set.siteId ?? null;
    if (siteId !== null) await refuseCircle(unit, before, siteId);
    await holdSite(unit, siteId);
    if (!(await hosts.change(id, set))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await tellChange(unit, { kind: 'host', id, name: wanted.name ?? before.name }, 'changed', by, what);
    return (await hosts.get(id)) ?? Promise.reject(new Refusal('not_found'));
  });
}

/** Removes a host that nothing was said to depend on. The machine that Vigie runs on stays. */
export function removeHost({ transact }: Parts, id: string, by: string): Promise<Record<string, never>> {
  return transact(async (unit) => {
    const hosts = hostStore(unit.db);
    const dependencies = dependencyStore(unit.db);
    await dependencies.lockGraph();
    const before = await hosts.get(id);
    if (before === null) throw new Refusal('not_found');
    const user = before.local ? self : await dependencies.firstDependant({ kind: 'host', id });
    if (user !== null) throw new Refusal('still_used', { by: user });
    await dependencies.removeAll({ kind: 'host', id });
    await hosts.remove(id);
    await tellChange(unit, { kind: 'host', id, name: before.name }, 'removed', by);
    return {};
  });
}
