import { v7 as uuid } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { differences } from './differences.ts';
import { supplierStore, type Supplier, type SupplierFields } from './store-suppliers.ts';

interface Parts {
  readonly transact: Transact<'estate'>;
  readonly clock: Clock;
}

export function addSupplier({ transact, clock }: Parts, fields: SupplierFields): Promise<Supplier> {
  return transact(async ({ db, live }) => {
    const id = uuid();
    const now = clock.now();
    if (!(await supplierStore(db).add(id, fields, now))) throw new Refusal('name_taken', { name: fields.name });
    await live('estate.supplier', id);
    return { id, ...fields, createdAt: now.toISOString() };
  });
}

export function changeSupplier(
  { transact }: Parts,
  id: string,
  wanted: { [Field in keyof SupplierFields]?: SupplierFields[Field] | undefined },
): Promise<Supplier> {
  return transact(async ({ db, live }) => {
    const suppliers = supplierStore(db);
    const before = await suppliers.get(id);
    if (before === null) throw new Refusal('not_found');
    const set = differences<SupplierFields>(before, wanted);
    if (Object.keys(set).length === 0) return before;
    if (!(await suppliers.change(id, set))) throw new Refusal('name_taken', { name: wanted.name ?? '' });
    await live('estate.supplier', id);
    return { ...before, ...set };
  });
}

export function removeSupplier({ transact }: Parts, id: string): Promise<Record<string, never>> {
  return transact(async ({ db, live }) => {
    if (!(await supplierStore(db).remove(id))) throw new Refusal('not_found');
    await live('estate.supplier', id);
    return {};
  });
}
