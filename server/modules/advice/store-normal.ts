import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { Normal } from './normal.ts';

/** What somebody called normal, as it is stored. */
export interface StoredNormal extends Normal {
  readonly anomalyId: string;
  readonly reason: string;
  readonly by: string;
  readonly byId: string | null;
  readonly at: Date;
  readonly spared: number;
  readonly lastSparedAt: Date | null;
}

/** With what it is about. */
export interface FullNormal extends StoredNormal {
  readonly checkId: string | null;
  readonly checkName: string;
  readonly checkKind: string;
  readonly series: string;
  readonly unit: string;
}

const most = 1_000;

function fullRows(db: Database<'advice'>) {
  return db
    .selectFrom('advice.normal as normal')
    .leftJoin('watch.pub_series as series', 'series.id', 'normal.series_id')
    .leftJoin('watch.pub_check as check', 'check.id', 'series.check_id')
    .select([
      'normal.id',
      'normal.series_id',
      'anomaly_id',
      'about',
      'low',
      'high',
      'reason',
      'by_name',
      'by_id',
      'at',
      'spared',
      'last_spared_at',
      'series.name as series',
      'series.unit',
      'check.id as check_id',
      'check.name as check_name',
      'check.kind as check_kind',
    ])
    .where('ended_at', 'is', null);
}

function tell(row: Awaited<ReturnType<ReturnType<typeof fullRows>['executeTakeFirstOrThrow']>>): FullNormal {
  return {
    id: row.id,
    seriesId: row.series_id,
    anomalyId: row.anomaly_id,
    about: row.about === 'spread' || row.about === 'stuck' ? row.about : 'value',
    low: row.low,
    high: row.high,
    reason: row.reason,
    by: row.by_name,
    byId: row.by_id,
    at: row.at,
    spared: row.spared,
    lastSparedAt: row.last_spared_at,
    series: row.series ?? '',
    unit: row.unit ?? '',
    checkId: row.check_id,
    checkName: row.check_name ?? '',
    checkKind: row.check_kind ?? '',
  };
}

function readSql(db: Database<'advice'>) {
  return {
    async list(checkId: string | undefined): Promise<FullNormal[]> {
      const all = checkId === undefined ? fullRows(db) : fullRows(db).where('check.id', '=', checkId);
      return (await all.orderBy('at', 'desc').limit(most).execute()).map(tell);
    },
    async get(id: string): Promise<FullNormal | null> {
      const row = await fullRows(db).where('normal.id', '=', id).executeTakeFirst();
      return row === undefined ? null : tell(row);
    },
    async ofSeries(seriesIds: readonly number[]): Promise<Normal[]> {
      return (
        await fullRows(db)
          .where('normal.series_id', '=', sql<number>`any(${[...seriesIds]}::integer[])`)
          .execute()
      ).map(tell);
    },
    async add(normal: StoredNormal): Promise<void> {
      await db
        .insertInto('advice.normal')
        .values({
          id: normal.id,
          series_id: normal.seriesId,
          anomaly_id: normal.anomalyId,
          about: normal.about,
          low: normal.low,
          high: normal.high,
          reason: normal.reason,
          by_id: normal.byId,
          by_name: normal.by,
          at: normal.at,
        })
        .execute();
    },
  };
}

function writeSql(db: Database<'advice'>) {
  return {
    async noteSpared(id: string, count: number, at: Date): Promise<void> {
      await db
        .updateTable('advice.normal')
        .set({ spared: sql<number>`spared + ${count}`, last_spared_at: at })
        .where('id', '=', id)
        .execute();
    },
    async end(id: string, by: string, at: Date): Promise<boolean> {
      const done = await db
        .updateTable('advice.normal')
        .set({ ended_at: at, ended_by: by })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return done.numUpdatedRows > 0n;
    },
  };
}

/** All SQL about what is normal. */
export function normalStore(db: Database<'advice'>) {
  return { ...readSql(db), ...writeSql(db) };
}
