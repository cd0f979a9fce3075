import { v7 as uuid } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { differences } from './differences.ts';
import { dependencyStore } from './store-dependencies.ts';
import { siteStore, type Site, type SiteFields } from './store-sites.ts';
import { tellChange } from './tell-change.ts';

interface Parts {
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
}

export function addSite({ transact, clock }: Parts, fields: SiteFields, by: string): Promise<Site> {
  return transact(async (unit) => {
    const id = uuid();
    const now = clock.now();
    if (!(await siteStore(unit.db).add(id, fields, now))) throw new Refusal('name_taken', { name: fields.name });
    await tellChange(unit, { kind: 'site', id, name: fields.name }, 'added', by);
    return { id, ...fields, tags: [], hostCount: 0, createdAt: now.toISOString() };
  });
}

export function changeSite(
  { transact }: Parts,
  id: string,
  wanted: { [Field in keyof SiteFields]?: SiteFields[Field] | undefined },
  by: string,
): Promise<Site> {
  return transact(async (unit) => {
    const sites = siteStore(unit.db);
    const before = await sites.get(id);
    if (before === null) throw new Refusal('not_found');
    const set = differences<SiteFields>(before, wanted);
    const what = Object.keys(set);
    if (what.length === 0) return before;
    if (!(await sites.change(id, set))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await tellChange(unit, { kind: 'site', id, name: wanted.name ?? before.name }, 'changed', by, what);
    return { ...before, ...set };
  });
}

/** Removes a site that holds no host and that nothing was said to depend on. */
export function removeSite({ transact }: Parts, id: string, by: string): Promise<Record<string, never>> {
  return transact(async (unit) => {
    const sites = siteStore(unit.db);
    const dependencies = dependencyStore(unit.db);
    await dependencies.lockGraph();
    const before = (await sites.hold(id)) ? await sites.get(id) : null;
    if (before === null) throw new Refusal('not_found');
    const user = (await sites.firstHost(id)) ?? (await dependencies.firstDependant({ kind: 'site', id }));
    if (user !== null) throw new Refusal('still_used', { by: user });
    await dependencies.removeAll({ kind: 'site', id });
    await sites.remove(id);
    await tellChange(unit, { kind: 'site', id, name: before.name }, 'removed', by);
    return {};
  });
}
