import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';

/** A certificate authority as it is stored. */
export interface StoredAuthority {
  readonly id: string;
  readonly fingerprint: string;
  /** PEM. */
  readonly certificate: string;
  readonly addedAt: Date;
}

/** All SQL about the company's own certificate authorities. */
export function authorityStore(db: Database<'watch'>) {
  return {
    async all(): Promise<StoredAuthority[]> {
      const rows = await db.selectFrom('watch.authority').selectAll().orderBy('added_at').orderBy('id').execute();
      return rows.map(({ id, fingerprint, certificate, added_at: addedAt }) => ({
        id,
        fingerprint,
        certificate,
        addedAt,
      }));
    },
    /** Adds what is not there yet, alone until the transaction ends; gives how many there are then. */
    async add(authorities: readonly StoredAuthority[]): Promise<number> {
      await sql`lock table watch.authority in share row exclusive mode`.execute(db);
      for (const { id, fingerprint, certificate, addedAt } of authorities)
        await db
          .insertInto('watch.authority')
          .values({ id, fingerprint, certificate, added_at: addedAt })
          .onConflict((conflict) => conflict.column('fingerprint').doNothing())
          .execute();
      const counted = await db
        .selectFrom('watch.authority')
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      return counted.count;
    },
    async remove(id: string): Promise<boolean> {
      const gone = await db.deleteFrom('watch.authority').where('id', '=', id).returning('id').executeTakeFirst();
      return gone !== undefined;
    },
  };
}
