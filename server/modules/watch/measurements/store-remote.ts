import { z } from 'zod';
import { sql } from 'kysely';
import type { Database } from '#platform/database.ts';
import type { CheckSample } from './store-window.ts';
import { windowStore } from './store-window.ts';

/** Where measurements are sent on to, and how far that is. */
export interface StoredRemote {
  readonly active: boolean;
  readonly url: string;
  readonly queryUrl: string;
  readonly readBack: boolean;
  readonly userName: string;
  readonly secretSealed: Buffer | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
  readonly specialAllowed: boolean;
  /** Everything before is sent; of the window that begins there, the checks up to `afterCheck`. */
  readonly until: Date;
  readonly afterCheck: number;
  readonly sent: number;
  readonly refused: number;
  readonly lastSentAt: Date | null;
  readonly failingSince: Date | null;
  readonly lastError: string | null;
  readonly tries: number;
  readonly nextTryAt: Date | null;
}

/** What somebody sets; the rest follows from sending. */
export type RemoteSettings = Pick<
  StoredRemote,
  'active' | 'url' | 'queryUrl' | 'readBack' | 'userName' | 'secretSealed' | 'labels' | 'kinds' | 'specialAllowed'
>;

const labels = z.record(z.string(), z.string());
const kinds = z.array(z.string());

/** A check as its samples are labelled, with its series by position. */
export interface LabelledCheck {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly targetName: string;
  readonly series: ReadonlyMap<number, { readonly name: string; readonly unit: string }>;
}

/** Results of a check that were stored late: from the first to the last of them. */
export interface LateSpan {
  readonly checkNumber: number;
  readonly from: Date;
  readonly until: Date;
}

function lateSql(db: Database<'watch'>) {
  return {
    /** Notes packed results that came late, when what is around them was sent already. */
    async noteLate(spans: readonly LateSpan[]): Promise<void> {
      await sql`
        insert into watch.remote_late (check_number, from_at, until_at)
        select n.* from unnest(
          ${spans.map(({ checkNumber }) => checkNumber)}::integer[], ${spans.map(({ from }) => from)}::timestamptz[],
          ${spans.map(({ until }) => until)}::timestamptz[]
        ) as n (check_number, from_at, until_at)
        join watch.remote_write on active and n.from_at < until
        on conflict do nothing`.execute(db);
    },
    async late(most: number): Promise<LateSpan[]> {
      const rows = await db.selectFrom('watch.remote_late').selectAll().orderBy('from_at').limit(most).execute();
      return rows.map((row) => ({ checkNumber: row.check_number, from: row.from_at, until: row.until_at }));
    },
    async forgetLate(spans: readonly LateSpan[]): Promise<void> {
      for (const { checkNumber, from, until } of spans)
        await db
          .deleteFrom('watch.remote_late')
          .where('check_number', '=', checkNumber)
          .where('from_at', '=', from)
          .where('until_at', '=', until)
          .execute();
    },
  };
}

function outcomeSql(db: Database<'watch'>) {
  return {
    /** The receiver has it, or would never have it: the next is sent from there. */
    async sent(
      now: Date,
      {
        until,
        afterCheck,
        count,
        refused,
        error,
      }: {
        readonly until: Date;
        readonly afterCheck: number;
        readonly count: number;
        readonly refused: number;
        readonly error: string | null;
      },
    ): Promise<void> {
      await db
        .updateTable('watch.remote_write')
        .set({
          until,
          after_check: afterCheck,
          sent: sql<number>`sent + ${count}`,
          refused: sql<number>`refused + ${refused}`,
          ...(count > 0 ? { last_sent_at: now } : {}),
          ...(error === null ? {} : { last_error: error, last_error_at: now }),
          failing_since: null,
          tries: 0,
          next_try_at: null,
        })
        .execute();
    },
    async failed(now: Date, error: string, nextTryAt: Date): Promise<void> {
      await db
        .updateTable('watch.remote_write')
        .set({
          last_error: error,
          last_error_at: now,
          failing_since: sql<Date>`coalesce(failing_since, ${now})`,
          tries: sql<number>`tries + 1`,
          next_try_at: nextTryAt,
        })
        .execute();
    },
  };
}

function sourceSql(db: Database<'watch'>) {
  return {
    /** The next checks of the kinds that are sent, with the names of their series. */
    async checksAfter(after: number, most: number, onlyKinds: readonly string[]): Promise<LabelledCheck[]> {
      const some = onlyKinds.length === 0 ? sql`true` : sql`kind = any(${[...onlyKinds]}::text[])`;
      const { rows } = await sql<{
        number: number;
        id: string;
        name: string;
        kind: string;
        target_name: string | null;
        series: { position: number; name: string; unit: string }[];
      }>`
        select c.number, c.id, c.name, c.kind, t.name as target_name,
          coalesce((select json_agg(json_build_object('position', s.position, 'name', s.name, 'unit', s.unit))
            from watch.series s where s.check_number = c.number), '[]') as series
        from (select * from watch.check where number > ${after} and ${some} order by number limit ${most}) c
        left join estate.pub_thing t on t.kind = c.target_kind and t.id = c.target_id
        order by c.number`.execute(db);
      return rows.map((row) => ({
        number: row.number,
        id: row.id,
        name: row.name,
        kind: row.kind,
        targetName: row.target_name ?? '',
        series: new Map(row.series.map(({ position, name, unit }) => [position, { name, unit }])),
      }));
    },
    /** Samples of the windows that are written to, by their time: an index of a few pages finds them. */
    async recent(from: Date, until: Date, most: number): Promise<CheckSample[]> {
      return windowStore(db).recentResults(from, until, most);
    },
    /** The oldest moment whose results are not packed yet; everything before is read from chunks. */
    async openSince(): Promise<Date | null> {
      const parts = [...(await windowStore(db).parts('result')), ...(await windowStore(db).parts('result_closing'))];
      return parts.reduce<Date | null>((least, { from }) => (least === null || from < least ? from : least), null);
    },
  };
}

/** All SQL about sending measurements on. */
export function remoteStore(db: Database<'watch'>) {
  return {
    ...lateSql(db),
    ...outcomeSql(db),
    ...sourceSql(db),
    async get(): Promise<StoredRemote | null> {
      const row = await db.selectFrom('watch.remote_write').selectAll().executeTakeFirst();
      if (row === undefined) return null;
      return {
        active: row.active,
        url: row.url,
        queryUrl: row.query_url ?? '',
        readBack: row.read_back,
        userName: row.user_name ?? '',
        secretSealed: row.secret_sealed,
        labels: labels.parse(row.labels),
        kinds: kinds.parse(row.kinds),
        specialAllowed: row.special_allowed,
        until: row.until,
        afterCheck: row.after_check,
        sent: row.sent,
        refused: row.refused,
        lastSentAt: row.last_sent_at,
        failingSince: row.failing_since,
        lastError: row.last_error,
        tries: row.tries,
        nextTryAt: row.next_try_at,
      };
    },
    /** A receiver that is new gets what is measured from now on. */
    async set(settings: RemoteSettings, now: Date): Promise<void> {
      const values = {
        active: settings.active,
        url: settings.url,
        query_url: settings.queryUrl === '' ? null : settings.queryUrl,
        read_back: settings.readBack,
        user_name: settings.userName === '' ? null : settings.userName,
        secret_sealed: settings.secretSealed,
        labels: JSON.stringify(settings.labels),
        kinds: JSON.stringify(settings.kinds),
        special_allowed: settings.specialAllowed,
        tries: 0,
        next_try_at: null,
      };
      await db
        .insertInto('watch.remote_write')
        .values({ ...values, until: now })
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet(values))
        .execute();
    },
    async remove(): Promise<void> {
      await db.deleteFrom('watch.remote_write').execute();
      await db.deleteFrom('watch.remote_late').execute();
    },
  };
}
