import { sql } from 'kysely';
import { z } from 'zod';
import { hostKey } from '#contract/access.ts';
import type { Database } from '#platform/database.ts';
import type { RunTarget } from './run.ts';

type HostKey = z.infer<typeof hostKey>;
const hostKeys = z.array(hostKey);

/** A credential as it may be shown. */
export interface CredentialLine {
  readonly id: string;
  readonly name: string;
  readonly user: string;
  readonly kind: 'key' | 'password';
  readonly publicKey: string | null;
  readonly createdAt: string;
  /** Hosts that are reached with it. */
  readonly usedBy: number;
}

/** How a host is reached; the secret itself stays sealed. */
export interface AccessLine {
  readonly hostId: string;
  readonly credential: { readonly id: string; readonly name: string; readonly user: string };
  readonly port: number;
  readonly hostKeys: readonly HostKey[];
}

/** All SQL about credentials. */
export function credentialStore(db: Database<'upkeep'>) {
  const lines = db
    .selectFrom('upkeep.credential')
    .select(['id', 'name', 'user_name', 'kind', 'public_key', 'created_at'])
    .select(sql<number>`(select count(*) from upkeep.access where credential_id = credential.id)`.as('used_by'));
  type Row = Awaited<ReturnType<typeof lines.executeTakeFirstOrThrow>>;
  const toLine = (row: Row): CredentialLine => ({
    id: row.id,
    name: row.name,
    user: row.user_name,
    kind: row.kind === 'password' ? 'password' : 'key',
    publicKey: row.public_key,
    createdAt: row.created_at.toISOString(),
    usedBy: row.used_by,
  });
  return {
    async list(): Promise<CredentialLine[]> {
      const rows = await lines
        .orderBy(sql`lower(name)`)
        .limit(500)
        .execute();
      return rows.map(toLine);
    },
    async get(id: string): Promise<CredentialLine | null> {
      const row = await lines.where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toLine(row);
    },
    async sealed(id: string): Promise<Buffer | null> {
      const row = await db.selectFrom('upkeep.credential').select('sealed').where('id', '=', id).executeTakeFirst();
      return row?.sealed ?? null;
    },
    /** Returns false when the name is taken. */
    async add(line: Omit<CredentialLine, 'usedBy' | 'createdAt'>, sealed: Buffer, createdAt: Date): Promise<boolean> {
      const row = await db
        .insertInto('upkeep.credential')
        .values({
          id: line.id,
          name: line.name,
          user_name: line.user,
          kind: line.kind,
          public_key: line.publicKey,
          sealed,
          created_at: createdAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async remove(id: string): Promise<'removed' | 'used' | 'unknown'> {
      try {
        const row = await db.deleteFrom('upkeep.credential').where('id', '=', id).returning('id').executeTakeFirst();
        return row === undefined ? 'unknown' : 'removed';
      } catch (error) {
        if (isForeignKeyViolation(error)) return 'used';
        throw error;
      }
    },
  };
}

function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
}

/** All SQL about how hosts are reached. */
export function accessStore(db: Database<'upkeep'>) {
  const joined = db
    .selectFrom('upkeep.access as access')
    .innerJoin('upkeep.credential as credential', 'credential.id', 'access.credential_id');
  return {
    async host(hostId: string): Promise<{ id: string; name: string; address: string } | null> {
      const row = await db
        .selectFrom('estate.pub_host')
        .select(['id', 'name', 'address'])
        .where('id', '=', hostId)
        .executeTakeFirst();
      return row ?? null;
    },
    async get(hostId: string): Promise<AccessLine | null> {
      const row = await joined
        .select(['access.host_id', 'access.port', 'access.host_keys'])
        .select(['credential.id', 'credential.name', 'credential.user_name'])
        .where('access.host_id', '=', hostId)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        hostId: row.host_id,
        credential: { id: row.id, name: row.name, user: row.user_name },
        port: row.port,
        hostKeys: hostKeys.parse(row.host_keys),
      };
    },
    async set(hostId: string, credentialId: string, port: number, keys: readonly HostKey[], at: Date): Promise<void> {
      const values = {
        credential_id: credentialId,
        port,
        host_keys: JSON.stringify(keys),
        changed_at: at,
      };
      await db
        .insertInto('upkeep.access')
        .values({ host_id: hostId, ...values })
        .onConflict((conflict) => conflict.column('host_id').doUpdateSet(values))
        .execute();
    },
    async remove(hostId: string): Promise<boolean> {
      const row = await db
        .deleteFrom('upkeep.access')
        .where('host_id', '=', hostId)
        .returning('host_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

/** Where and as whom hosts are reached now. */
export function targetReader(db: Database<'upkeep'>) {
  const of = async (hostIds: readonly string[]): Promise<ReadonlyMap<string, RunTarget>> => {
    if (hostIds.length === 0) return new Map();
    const rows = await db
      .selectFrom('upkeep.access as access')
      .innerJoin('upkeep.credential as credential', 'credential.id', 'access.credential_id')
      .innerJoin('estate.pub_host as host', 'host.id', 'access.host_id')
      .select(['access.host_id', 'host.address', 'access.port', 'access.host_keys'])
      .select(['credential.id', 'credential.user_name'])
      .where('access.host_id', '=', sql<string>`any(${[...hostIds]}::uuid[])`)
      .execute();
    return new Map(
      rows.map((row) => [
        row.host_id,
        {
          address: row.address,
          port: row.port,
          user: row.user_name,
          credentialId: row.id,
          hostKeys: hostKeys.parse(row.host_keys).map(({ key }) => key),
        },
      ]),
    );
  };
  return {
    /** Of many hosts; those for which it is not known are missing. */
    of,
    /** Of one host; null when it is not known. */
    async get(hostId: string): Promise<RunTarget | null> {
      return (await of([hostId])).get(hostId) ?? null;
    },
  };
}
