import { sql } from 'kysely';
import type { ThingRef } from '#contract/words.ts';
import { likePattern, nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';

/** A series with the check and the thing that it belongs to. */
export interface FullSeries {
  readonly id: number;
  readonly position: number;
  readonly name: string;
  readonly unit: string;
  readonly check: {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly kind: string;
    readonly intervalMs: number;
    readonly target: ThingRef;
  };
  readonly targetName: string;
  readonly last: number | null;
  readonly lastAt: Date | null;
}

interface SeriesRead {
  id: number;
  position: number;
  name: string;
  unit: string;
  check_id: string;
  number: number;
  check_name: string;
  kind: string;
  interval_ms: number;
  target_kind: ThingRef['kind'];
  target_id: string;
  target_name: string | null;
  last: number | null;
  last_at: Date | null;
}

function tellRow(row: SeriesRead): FullSeries {
  return {
    id: row.id,
    position: row.position,
    name: row.name,
    unit: row.unit,
    check: {
      id: row.check_id,
      number: row.number,
      name: row.check_name,
      kind: row.kind,
      intervalMs: row.interval_ms,
      target: { kind: row.target_kind, id: row.target_id },
    },
    targetName: row.target_name ?? '',
    last: row.last,
    lastAt: row.last_at,
  };
}

const columns = sql`s.id, s.position, s.name, s.unit, c.id as check_id, c.number, c.name as check_name, c.kind, c.interval_ms,
  c.target_kind, c.target_id, t.name as target_name, l.values[s.position] as last, l.at as last_at`;
const joined = sql`watch.series s
  join watch.check c on c.number = s.check_number
  left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
  left join watch.check_last l on l.check_number = c.number`;

/** What a list of series is asked for. */
export interface SeriesQuery {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly search?: string | undefined;
  readonly checkId?: string | undefined;
  readonly thingKind?: string | undefined;
  readonly thingId?: string | undefined;
  readonly name?: string | undefined;
  readonly ids?: readonly number[] | undefined;
}

function conditions(asked: SeriesQuery) {
  const all = [sql`true`];
  if (asked.search !== undefined && asked.search.trim() !== '') {
    const like = likePattern(asked.search.trim());
    all.push(sql`(c.name ilike ${like} or t.name ilike ${like} or s.name ilike ${like})`);
  }
  if (asked.checkId !== undefined) all.push(sql`c.id = ${asked.checkId}`);
  if (asked.thingKind !== undefined) all.push(sql`c.target_kind = ${asked.thingKind}`);
  if (asked.thingId !== undefined) all.push(sql`c.target_id = ${asked.thingId}`);
  if (asked.name !== undefined && asked.name !== '')
    all.push(sql`(s.name = ${asked.name} or starts_with(s.name, ${`${asked.name}:`}))`);
  if (asked.ids !== undefined) all.push(sql`s.id = any(${[...asked.ids]}::integer[])`);
  return sql.join(all, sql` and `);
}

/** All SQL about series of any checks. */
export function seriesStore(db: Database<'watch'>) {
  return {
    async list(asked: SeriesQuery): Promise<{ items: FullSeries[]; total: number; next: string | null }> {
      const where = conditions(asked);
      const offset = numberCursor(asked.after) ?? 0;
      const { rows } = await sql<SeriesRead & { total: number }>`
        select ${columns}, count(*) over ()::int as total from ${joined} where ${where}
        order by t.name nulls last, c.name, c.number, s.position limit ${asked.limit} offset ${offset}`.execute(db);
      const total = rows[0]?.total ?? 0;
      return { items: rows.map(tellRow), total, next: nextOffset(asked.after, rows.length, total) };
    },
    /** In the order of the ids; those that are not known are left out. */
    async byIds(ids: readonly number[]): Promise<FullSeries[]> {
      const { rows } = await sql<SeriesRead>`
        select ${columns} from ${joined} where s.id = any(${[...ids]}::integer[])`.execute(db);
      const known = new Map(rows.map((row) => [row.id, tellRow(row)]));
      return ids.flatMap((id) => known.get(id) ?? []);
    },
    async top(asked: {
      readonly name: string;
      readonly kind: string | undefined;
      readonly order: 'highest' | 'lowest';
      readonly limit: number;
    }): Promise<FullSeries[]> {
      const kind = asked.kind === undefined || asked.kind === '' ? sql`true` : sql`c.kind = ${asked.kind}`;
      const { rows } = await sql<SeriesRead>`
        select * from (
          select ${columns} from ${joined}
          where (s.name = ${asked.name} or starts_with(s.name, ${`${asked.name}:`})) and ${kind} and not c.paused
        ) found where last is not null
        order by last ${sql.raw(asked.order === 'highest' ? 'desc' : 'asc')}, id limit ${asked.limit}`.execute(db);
      return rows.map(tellRow);
    },
    /** What is measured, whatever the instance, with how many checks do so. */
    async names(most: number): Promise<{ kind: string; name: string; unit: string; checks: number }[]> {
      const { rows } = await sql<{ kind: string; name: string; unit: string; checks: number }>`
        select c.kind, split_part(s.name, ':', 1) as name, min(s.unit) as unit, count(distinct c.number)::int as checks
        from watch.series s join watch.check c on c.number = s.check_number
        group by 1, 2 order by checks desc, 1, 2 limit ${most}`.execute(db);
      return rows;
    },
    /** Series by the names that they have everywhere, for dashboards that come from elsewhere. */
    async byNames(
      wanted: readonly { readonly check: string; readonly target: string; readonly name: string }[],
    ): Promise<(number | null)[]> {
      if (wanted.length === 0) return [];
      const { rows } = await sql<{ place: number; id: number }>`
        select distinct on (w.place) w.place::int as place, s.id
        from unnest(
          ${wanted.map(({ check }) => check)}::text[], ${wanted.map(({ target }) => target)}::text[], ${wanted.map(({ name }) => name)}::text[]
        ) with ordinality as w (check_name, target_name, name, place)
        join watch.check c on c.name = w.check_name
        join watch.series s on s.check_number = c.number and s.name = w.name
        join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id and t.name = w.target_name
        order by w.place, s.id`.execute(db);
      const found = new Map(rows.map(({ place, id }) => [place, id]));
      return wanted.map((_each, index) => found.get(index + 1) ?? null);
    },
  };
}
