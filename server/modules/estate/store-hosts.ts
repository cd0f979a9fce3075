import { sql } from 'kysely';
import { hostKind, type Host } from '#contract/estate.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { carries, tagsOf } from './store-tags.ts';

/** What people say about a host. */
export interface HostFields {
  readonly name: string;
  readonly address: string;
  readonly kind: Host['kind'];
  readonly system: string;
  readonly siteId: string | null;
  readonly note: string;
}

/** What the floors above need in order to reach a host. */
export interface HostAddress {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly kind: Host['kind'];
  readonly siteId: string | null;
  /** True for the machine that Vigie itself runs on. */
  readonly local: boolean;
}

const hostName = 'host_name';

const columns = [
  'host.id',
  'host.name',
  'host.address',
  'host.kind',
  'host.system',
  'host.note',
  'host.local',
  'host.site_id',
  'host.created_at',
] as const;

interface HostRow {
  id: string;
  tags: string[];
  name: string;
  address: string;
  kind: string;
  system: string;
  note: string;
  local: boolean;
  site_id: string | null;
  site_name: string | null;
  created_at: Date;
}

function toHost(row: HostRow): Host {
  return {
    id: row.id,
    name: row.name,
    tags: row.tags,
    address: row.address,
    kind: hostKind.parse(row.kind),
    system: row.system,
    site: row.site_id === null ? null : { kind: 'site', id: row.site_id, name: row.site_name ?? '' },
    note: row.note,
    local: row.local,
    createdAt: row.created_at.toISOString(),
  };
}

function toAddress(row: Pick<HostRow, 'id' | 'name' | 'address' | 'kind' | 'site_id' | 'local'>): HostAddress {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    kind: hostKind.parse(row.kind),
    siteId: row.site_id,
    local: row.local,
  };
}

function hostReader(db: Database<'estate'>) {
  const whole = db
    .selectFrom('estate.host as host')
    .leftJoin('estate.site as site', 'site.id', 'host.site_id')
    .select(columns)
    .select('site.name as site_name')
    .select(tagsOf('host').as('tags'));
  return {
    async get(id: string): Promise<Host | null> {
      const row = await whole.where('host.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toHost(row);
    },
    async list(asked: {
      search?: string | undefined;
      tag?: string | undefined;
      siteId?: string | undefined;
      kind?: Host['kind'] | undefined;
      after?: string | undefined;
      limit: number;
    }): Promise<{ items: Host[]; total: number }> {
      let all = whole;
      if (asked.siteId !== undefined) all = all.where('host.site_id', '=', asked.siteId);
      if (asked.tag !== undefined) all = all.where(carries('host', asked.tag));
      if (asked.kind !== undefined) all = all.where('host.kind', '=', asked.kind);
      if (asked.search !== undefined && asked.search !== '') {
        const pattern = likePattern(asked.search);
        all = all.where((where) =>
          where.or([
            where('host.name', 'ilike', pattern),
            where('host.address', 'ilike', pattern),
            where('host.system', 'ilike', pattern),
          ]),
        );
      }
      const counted = await all
        .clearSelect()
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      const rows = await all
        .orderBy('host.name')
        .orderBy('host.id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return { items: rows.map(toHost), total: counted.count };
    },
  };
}

function addressReader(db: Database<'estate'>) {
  const addresses = db.selectFrom('estate.host').select(['id', 'name', 'address', 'kind', 'site_id', 'local']);
  return {
    async local(): Promise<HostAddress | null> {
      const row = await addresses.where('local', '=', true).executeTakeFirst();
      return row === undefined ? null : toAddress(row);
    },
    async byIds(ids: readonly string[]): Promise<HostAddress[]> {
      if (ids.length === 0) return [];
      const rows = await addresses.where('id', '=', sql<string>`any(${[...ids]}::uuid[])`).execute();
      return rows.map(toAddress);
    },
    /** Hosts with one of these addresses, whatever the case of their letters. */
    async byAddresses(wanted: readonly string[]): Promise<HostAddress[]> {
      const lower = wanted.map((address) => address.toLowerCase());
      const rows = await addresses
        .where(sql`lower(address)`, '=', sql<string>`any(${lower}::text[])`)
        .orderBy('created_at')
        .execute();
      return rows.map(toAddress);
    },
    /** Which of these names are taken, in lower case. */
    async takenNames(names: readonly string[]): Promise<ReadonlySet<string>> {
      const lower = names.map((name) => name.toLowerCase());
      const rows = await db
        .selectFrom('estate.host')
        .select('name')
        .where(sql`lower(name)`, '=', sql<string>`any(${lower}::text[])`)
        .execute();
      return new Set(rows.map(({ name }) => name.toLowerCase()));
    },
  };
}

function hostWriter(db: Database<'estate'>) {
  return {
    /** Returns false when the name is taken. */
    async add(id: string, fields: HostFields & { readonly local: boolean }, createdAt: Date): Promise<boolean> {
      const { siteId, ...rest } = fields;
      const row = await db
        .insertInto('estate.host')
        .values({ id, ...rest, site_id: siteId, created_at: createdAt })
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** Returns false when the name is taken. */
    async change(id: string, set: Partial<HostFields>): Promise<boolean> {
      const { siteId, ...rest } = set;
      try {
        await db
          .updateTable('estate.host')
          .set({ ...rest, ...(siteId === undefined ? {} : { site_id: siteId }) })
          .where('id', '=', id)
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, hostName)) return false;
        throw error;
      }
    },
    async remove(id: string): Promise<void> {
      await db.deleteFrom('estate.host').where('id', '=', id).execute();
    },
    /** Hosts are added one after the other, so that two requests do not add the same address twice. */
    async lockAdding(): Promise<void> {
      await sql`select pg_advisory_xact_lock(hashtext('vigie estate hosts'))`.execute(db);
    },
  };
}

/** All SQL about hosts. */
export function hostStore(db: Database<'estate'>) {
  return { ...hostReader(db), ...addressReader(db), ...hostWriter(db) };
}
