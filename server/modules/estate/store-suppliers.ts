import { sql } from 'kysely';
import type { z } from 'zod';
import type { supplier } from '#contract/estate.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';

export type Supplier = z.infer<typeof supplier>;
export type SupplierFields = Pick<Supplier, 'name' | 'phone' | 'mail' | 'contract'>;

const supplierName = 'supplier_name';
const columns = ['id', 'name', 'phone', 'mail', 'contract', 'created_at'] as const;

function toSupplier({ created_at, ...row }: SupplierFields & { id: string; created_at: Date }): Supplier {
  return { ...row, createdAt: created_at.toISOString() };
}

/** All SQL about suppliers. */
export function supplierStore(db: Database<'estate'>) {
  return {
    async get(id: string): Promise<Supplier | null> {
      const row = await db.selectFrom('estate.supplier').select(columns).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toSupplier(row);
    },
    async list(asked: {
      search?: string | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Supplier[]; total: number }> {
      const pattern = likePattern(asked.search ?? '');
      const all = db
        .selectFrom('estate.supplier')
        .where((where) => where.or([where('name', 'ilike', pattern), where('contract', 'ilike', pattern)]));
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const rows = await all
        .select(columns)
        .orderBy('name')
        .orderBy('id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toSupplier), total: counted.count };
    },
    /** Returns false when the name is taken. */
    async add(id: string, fields: SupplierFields, createdAt: Date): Promise<boolean> {
      const row = await db
        .insertInto('estate.supplier')
        .values({ id, ...fields, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Returns false when the name is taken. */
    async change(id: string, set: Partial<SupplierFields>): Promise<boolean> {
      try {
        await db.updateTable('estate.supplier').set(set).where('id', '=', id).execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, supplierName)) return false;
        throw error;
      }
    },
    /** False when there was none. */
    async remove(id: string): Promise<boolean> {
      const row = await db.deleteFrom('estate.supplier').where('id', '=', id).returning('id').executeTakeFirst();
      return row !== undefined;
    },
  };
}
