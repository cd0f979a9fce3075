import { v7 as uuid } from 'uuid';
import type { Service } from '#contract/estate.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { differences } from './differences.ts';
import { dependencyStore } from './store-dependencies.ts';
import { serviceStore, type ServiceFields } from './store-services.ts';
import { tellChange } from './tell-change.ts';

interface Parts {
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
}

async function knowPersons({ db }: Unit<'estate'>, ids: readonly string[]): Promise<void> {
  const each = [...new Set(ids)];
  if (each.length > 0 && (await serviceStore(db).countPersons(each)) < each.length) throw new Refusal('not_found');
}

export function addService({ transact, clock }: Parts, fields: ServiceFields, by: string): Promise<Service> {
  return transact(async (unit) => {
    const id = uuid();
    const services = serviceStore(unit.db);
    await knowPersons(unit, [fields.ownerId ?? []].flat());
    if (!(await services.add(id, fields, clock.now()))) throw new Refusal('name_taken', { name: fields.name });
    await tellChange(unit, { kind: 'service', id, name: fields.name }, 'added', by);
    return (await services.get(id)) ?? Promise.reject(new Refusal('not_found'));
  });
}

export function changeService(
  { transact }: Parts,
  id: string,
  wanted: { [Field in keyof ServiceFields]?: ServiceFields[Field] | undefined },
  by: string,
): Promise<Service> {
  return transact(async (unit) => {
    const services = serviceStore(unit.db);
    const before = await services.get(id);
    if (before === null) throw new Refusal('not_found');
    const set = differences<ServiceFields>({ ...before, ownerId: before.owner?.id ?? null }, wanted);
    const what = Object.keys(set);
    if (what.length === 0) return before;
    await knowPersons(unit, [set.ownerId ?? []].flat());
    if (!(await services.change(id, set))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await tellChange(unit, { kind: 'service', id, name: wanted.name ?? before.name }, 'changed', by, what);
    return (await services.get(id)) ?? Promise.reject(new Refusal('not_found'));
  });
}

/** Removes a service together with what was said about who uses it and what it depends on. */
export function removeService({ transact }: Parts, id: string, by: string): Promise<Record<string, never>> {
  return transact(async (unit) => {
    const services = serviceStore(unit.db);
    const dependencies = dependencyStore(unit.db);
    await dependencies.lockGraph();
    const before = await services.get(id);
    if (before === null) throw new Refusal('not_found');
    await dependencies.removeAll({ kind: 'service', id });
    await services.remove(id);
    await tellChange(unit, { kind: 'service', id, name: before.name }, 'removed', by);
    return {};
  });
}

export function setServiceUsers(
  { transact }: Parts,
  id: string,
  personIds: readonly string[],
  by: string,
): Promise<Record<string, never>> {
  return transact(async (unit) => {
    const services = serviceStore(unit.db);
    const service = await services.get(id);
    if (service === null) throw new Refusal('not_found');
    await knowPersons(unit, personIds);
    await services.setUsers(id, personIds);
    await tellChange(unit, { kind: 'service', id, name: service.name }, 'changed', by, ['users']);
    return {};
  });
}
