import { sql } from 'kysely';
import { z } from 'zod';
import { recommendation, recommendationKind, recommendationState, type RecommendationState } from '#contract/advice.ts';
import { thingKind, type NamedThing } from '#contract/words.ts';
import { likePattern, nextOffset, numberCursor } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Finding } from './finding.ts';

/** A recommendation as it is stored. */
export interface StoredRecommendation extends Finding {
  readonly id: string;
  readonly importance: number;
  readonly weight: number;
  readonly state: RecommendationState;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly reason: string;
  readonly declinedExtent: number | null;
  readonly measuredBefore: number | null;
  readonly measuredAfter: number | null;
  readonly ticketId: string | null;
}

const data = z.record(
  z.string(),
  z.union([
    z.string(),
    z.object({ value: z.number(), unit: z.string() }),
    z.object({ at: z.string() }),
    z.object({ checkKind: z.string(), series: z.string() }),
  ]),
);
const { links } = recommendation.shape;

function rows(db: Database<'advice'>) {
  return db.selectFrom('advice.recommendation').selectAll();
}

function tell(row: Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>): StoredRecommendation {
  const about: NamedThing | null =
    row.about_kind === null || row.about_id === null
      ? null
      : { kind: thingKind.parse(row.about_kind), id: row.about_id, name: row.about_name ?? '' };
  return {
    id: row.id,
    kind: recommendationKind.parse(row.kind),
    subject: row.subject,
    about,
    data: data.parse(row.data),
    series: row.series,
    links: links.parse(row.links),
    gainShare: row.gain_share,
    certainty: row.certainty,
    importance: row.importance,
    weight: row.weight,
    extent: row.extent,
    state: recommendationState.parse(row.state),
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    reason: row.reason,
    declinedExtent: row.declined_extent,
    measuredBefore: row.measured_before,
    measuredAfter: row.measured_after,
    ticketId: row.ticket_id,
  };
}

/** What a list of recommendations is asked for. */
export interface RecommendationQuery {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly state?: string | undefined;
  readonly kind?: string | undefined;
  readonly thingId?: string | undefined;
  readonly search?: string | undefined;
}

function readSql(db: Database<'advice'>) {
  return {
    async list(
      asked: RecommendationQuery,
    ): Promise<{ items: StoredRecommendation[]; total: number; next: string | null }> {
      let all = db.selectFrom('advice.recommendation');
      if (asked.state !== undefined) all = all.where('state', '=', asked.state);
      if (asked.kind !== undefined) all = all.where('kind', '=', asked.kind);
      if (asked.thingId !== undefined) all = all.where('about_id', '=', asked.thingId);
      const search = asked.search?.trim() ?? '';
      if (search !== '') all = all.where('about_name', 'ilike', likePattern(search));
      const counted = await all.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow();
      const found = await all
        .selectAll()
        .orderBy(sql`array_position(array['open', 'accepted', 'done', 'declined', 'expired'], state)`)
        .orderBy('weight', 'desc')
        .orderBy('id')
        .limit(asked.limit)
        .offset(numberCursor(asked.after) ?? 0)
        .execute();
      return {
        items: found.map(tell),
        total: counted.count,
        next: nextOffset(asked.after, found.length, counted.count),
      };
    },
    async get(id: string): Promise<StoredRecommendation | null> {
      const row = await rows(db).where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : tell(row);
    },
    /** Within a transaction: kept from others until it ends. */
    async hold(id: string): Promise<StoredRecommendation | null> {
      const row = await rows(db).where('id', '=', id).forUpdate().executeTakeFirst();
      return row === undefined ? null : tell(row);
    },
    /** All of them, kept from others until the transaction ends. */
    async holdAll(): Promise<StoredRecommendation[]> {
      return (await rows(db).orderBy('id').limit(20_000).forUpdate().execute()).map(tell);
    },
    async put(
      each: Omit<
        StoredRecommendation,
        'measuredBefore' | 'measuredAfter' | 'ticketId' | 'reason' | 'decidedAt' | 'decidedBy' | 'declinedExtent'
      >,
    ): Promise<void> {
      const values = {
        about_kind: each.about?.kind ?? null,
        about_id: each.about?.id ?? null,
        about_name: each.about?.name ?? null,
        data: JSON.stringify(each.data),
        series: [...each.series],
        links: JSON.stringify(each.links),
        gain_share: each.gainShare,
        certainty: each.certainty,
        importance: each.importance,
        weight: each.weight,
        extent: each.extent,
        state: each.state,
        last_seen_at: each.lastSeenAt,
      };
      await db
        .insertInto('advice.recommendation')
        .values({ id: each.id, kind: each.kind, subject: each.subject, first_seen_at: each.firstSeenAt, ...values })
        .onConflict((conflict) => conflict.columns(['kind', 'subject']).doUpdateSet(values))
        .execute();
    },
  };
}

function writeSql(db: Database<'advice'>) {
  return {
    async setState(id: string, state: RecommendationState): Promise<void> {
      await db.updateTable('advice.recommendation').set({ state }).where('id', '=', id).execute();
    },
    /** The problem that was opened for what was accepted. */
    async noteProblem(id: string, ticketId: string): Promise<void> {
      await db.updateTable('advice.recommendation').set({ ticket_id: ticketId }).where('id', '=', id).execute();
    },
    async decide(
      id: string,
      decision: {
        readonly state: RecommendationState;
        readonly by: string;
        readonly at: Date;
        readonly reason: string;
        readonly declinedExtent: number | null;
      },
    ): Promise<void> {
      await db
        .updateTable('advice.recommendation')
        .set({
          state: decision.state,
          decided_by: decision.by,
          decided_at: decision.at,
          reason: decision.reason,
          declined_extent: decision.declinedExtent,
          measured_before: null,
          measured_after: null,
          measured_at: null,
        })
        .where('id', '=', id)
        .execute();
    },
    async setMeasured(id: string, before: number, after: number, at: Date): Promise<void> {
      await db
        .updateTable('advice.recommendation')
        .set({ measured_before: before, measured_after: after, measured_at: at })
        .where('id', '=', id)
        .execute();
    },
    async looked(): Promise<Date | null> {
      return (await db.selectFrom('advice.looked').select('at').executeTakeFirst())?.at ?? null;
    },
    async noteLooked(at: Date): Promise<void> {
      await db
        .insertInto('advice.looked')
        .values({ at })
        .onConflict((conflict) => conflict.column('only_row').doUpdateSet({ at }))
        .execute();
    },
  };
}

function acceptedSql(db: Database<'advice'>) {
  return {
    /** What was accepted about a thing. */
    async acceptedOf(thingId: string): Promise<StoredRecommendation[]> {
      const found = rows(db).where('about_id', '=', thingId).where('state', '=', 'accepted').limit(100);
      return (await found.execute()).map(tell);
    },
  };
}

/** All SQL about recommendations. */
export function recommendationStore(db: Database<'advice'>) {
  return { ...readSql(db), ...acceptedSql(db), ...writeSql(db) };
}
