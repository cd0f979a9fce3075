import { sql } from 'kysely';
import type { z } from 'zod';
import { anomalyKind, type ToldAnomaly } from '#contract/advice-anomalies.ts';
import { thingKind, type NamedThing } from '#contract/words.ts';
import { nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Normal } from './normal.ts';
import type { JudgedCheck } from './store-memory.ts';

/** Something odd that is to be stored. */
export interface NewAnomaly {
  readonly id: string;
  readonly seriesId: number;
  readonly checkId: string;
  readonly at: Date;
  readonly since: Date;
  readonly noticedAt: Date;
  readonly kind: z.infer<typeof anomalyKind>;
  readonly expected: number;
  readonly seen: number;
  readonly score: number;
  readonly calm: number;
  readonly overAt: Date | null;
  readonly overWhy: ToldAnomaly['overWhy'];
  readonly alerting: boolean;
}

/** An anomaly with what it is about. */
export interface FullAnomaly extends NewAnomaly {
  readonly checkName: string;
  readonly checkKind: string;
  readonly target: NamedThing | null;
  readonly series: string;
  readonly unit: string;
}

interface Read {
  id: string;
  series_id: number;
  check_id: string;
  at: Date;
  since: Date;
  noticed_at: Date;
  kind: string;
  expected: number;
  seen: number;
  score: number;
  calm: number;
  over_at: Date | null;
  over_why: string | null;
  alerting: boolean;
  check_name: string | null;
  check_kind: string | null;
  target_kind: string | null;
  target_id: string | null;
  target_name: string | null;
  series: string | null;
  unit: string | null;
}

function overWhyOf(word: string | null): ToldAnomaly['overWhy'] {
  return word === 'back' || word === 'learnt' || word === 'normal' || word === 'removed' ? word : null;
}

function tellRow(row: Read): FullAnomaly {
  return {
    id: row.id,
    seriesId: row.series_id,
    checkId: row.check_id,
    at: row.at,
    since: row.since,
    noticedAt: row.noticed_at,
    kind: anomalyKind.parse(row.kind),
    expected: row.expected,
    seen: row.seen,
    score: row.score,
    calm: row.calm,
    overAt: row.over_at,
    overWhy: overWhyOf(row.over_why),
    alerting: row.alerting,
    checkName: row.check_name ?? '',
    checkKind: row.check_kind ?? '',
    target:
      row.target_kind === null || row.target_id === null
        ? null
        : { kind: thingKind.parse(row.target_kind), id: row.target_id, name: row.target_name ?? '' },
    series: row.series ?? '',
    unit: row.unit ?? '',
  };
}

/** What a list of anomalies is asked for. */
export interface AnomalyQuery {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly open?: boolean | undefined;
  readonly checkId?: string | undefined;
  readonly seriesId?: number | undefined;
  readonly thingKind?: string | undefined;
  readonly thingId?: string | undefined;
  readonly since?: string | undefined;
}

const full = sql`a.*, c.name as check_name, c.kind as check_kind, c.target_kind, c.target_id, t.name as target_name, s.name as series, s.unit`;
const joined = sql`advice.anomaly a
  left join watch.pub_check c on c.id = a.check_id
  left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
  left join watch.pub_series s on s.id = a.series_id`;

function conditions(asked: AnomalyQuery) {
  const all = [sql`true`];
  if (asked.open !== undefined) all.push(asked.open ? sql`a.over_at is null` : sql`a.over_at is not null`);
  if (asked.checkId !== undefined) all.push(sql`a.check_id = ${asked.checkId}`);
  if (asked.seriesId !== undefined) all.push(sql`a.series_id = ${asked.seriesId}`);
  if (asked.thingKind !== undefined) all.push(sql`c.target_kind = ${asked.thingKind}`);
  if (asked.thingId !== undefined) all.push(sql`c.target_id = ${asked.thingId}`);
  if (asked.since !== undefined) all.push(sql`a.at >= ${new Date(asked.since)}`);
  return sql.join(all, sql` and `);
}

function readSql(db: Database<'advice'>) {
  return {
    async list(asked: AnomalyQuery): Promise<{ items: FullAnomaly[]; total: number; next: string | null }> {
      const { rows } = await sql<Read & { total: number }>`
        select ${full}, count(*) over ()::int as total from ${joined} where ${conditions(asked)}
        order by a.at desc, a.id desc limit ${asked.limit} offset ${numberCursor(asked.after) ?? 0}`.execute(db);
      const total = rows[0]?.total ?? 0;
      return { items: rows.map(tellRow), total, next: nextOffset(asked.after, rows.length, total) };
    },
    async get(id: string): Promise<FullAnomaly | null> {
      const { rows } = await sql<Read>`select ${full} from ${joined} where a.id = ${id}`.execute(db);
      return rows[0] === undefined ? null : tellRow(rows[0]);
    },
    /** Those that go on, of some series. */
    async goingOn(seriesIds: readonly number[]): Promise<FullAnomaly[]> {
      const { rows } = await sql<Read>`
        select ${full} from ${joined} where a.over_at is null and a.series_id = any(${[...seriesIds]}::integer[])
        order by a.at`.execute(db);
      return rows.map(tellRow);
    },
    /** The same sample is told once, however often it is judged; the ids of those that are new. */
    async add(all: readonly NewAnomaly[]): Promise<string[]> {
      if (all.length === 0) return [];
      const rows = await db
        .insertInto('advice.anomaly')
        .values(
          all.map((each) => ({
            id: each.id,
            series_id: each.seriesId,
            check_id: each.checkId,
            at: each.at,
            since: each.since,
            noticed_at: each.noticedAt,
            kind: each.kind,
            expected: each.expected,
            seen: each.seen,
            score: each.score,
            calm: each.calm,
            over_at: each.overAt,
            over_why: each.overWhy,
            alerting: each.alerting,
          })),
        )
        .onConflict((conflict) => conflict.doNothing())
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function writeSql(db: Database<'advice'>) {
  return {
    async follow(id: string, calm: number, over: { readonly at: Date; readonly why: string } | null): Promise<void> {
      await db
        .updateTable('advice.anomaly')
        .set({ calm, ...(over === null ? {} : { over_at: over.at, over_why: over.why }) })
        .where('id', '=', id)
        .where('over_at', 'is', null)
        .execute();
    },
    /** Somebody said that these are normal. */
    async endNormal(
      seriesId: number,
      { about, low, high }: Pick<Normal, 'about' | 'low' | 'high'>,
      at: Date,
    ): Promise<void> {
      const kinds = about === 'value' ? ['level', 'trend', 'spike', 'season', 'pattern'] : [about];
      await sql`
        update advice.anomaly set over_at = ${at}, over_why = 'normal'
        where series_id = ${seriesId} and over_at is null and kind = any(${kinds}::text[]) and seen between ${low} and ${high}`.execute(
        db,
      );
    },
    async check(id: string): Promise<JudgedCheck | null> {
      const row = await db
        .selectFrom('watch.pub_check')
        .select(['id', 'number', 'kind', 'profile_id'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row === undefined
        ? null
        : { id: row.id ?? '', number: row.number ?? 0, kind: row.kind ?? '', profileId: row.profile_id };
    },
    /** Those that alarm, with the check that they are about. */
    async openAlerting(): Promise<{ id: string; check: Omit<JudgedCheck, 'number'> }[]> {
      const rows = await db
        .selectFrom('advice.anomaly as anomaly')
        .innerJoin('watch.pub_check as check', 'check.id', 'anomaly.check_id')
        .select(['anomaly.id', 'check.id as check_id', 'check.kind', 'check.profile_id'])
        .where('over_at', 'is', null)
        .where('alerting', '=', true)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        check: { id: row.check_id ?? '', kind: row.kind ?? '', profileId: row.profile_id },
      }));
    },
  };
}

function alarmSql(db: Database<'advice'>) {
  return {
    /** These alarm no more. */
    async calm(ids: readonly string[]): Promise<void> {
      if (ids.length === 0) return;
      await db
        .updateTable('advice.anomaly')
        .set({ alerting: false })
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .execute();
    },
    /** The newest anomaly that alarms, of some checks; and what each check tells now. */
    async alarming(
      checkIds: readonly string[] | null,
    ): Promise<{ checkId: string; told: string | null; wanted: FullAnomaly | null }[]> {
      const some = checkIds === null ? sql`true` : sql`c.id = any(${[...checkIds]}::uuid[])`;
      const { rows: told } = await sql<{ id: string; odd_id: string | null }>`
        select c.id, c.odd_id from watch.pub_check c where ${some}
          and (c.odd_id is not null or exists (select from advice.anomaly a where a.check_id = c.id and a.over_at is null and a.alerting))`.execute(
        db,
      );
      const { rows } = await sql<Read>`
        select distinct on (a.check_id) ${full} from ${joined}
        where a.over_at is null and a.alerting and a.check_id = any(${told.map(({ id }) => id)}::uuid[])
        order by a.check_id, a.at desc`.execute(db);
      const wanted = new Map(rows.map((row) => [row.check_id, tellRow(row)]));
      return told.map(({ id, odd_id: oddId }) => ({ checkId: id, told: oddId, wanted: wanted.get(id) ?? null }));
    },
  };
}

/** All SQL about anomalies. */
export function anomalyStore(db: Database<'advice'>) {
  return { ...readSql(db), ...writeSql(db), ...alarmSql(db) };
}
