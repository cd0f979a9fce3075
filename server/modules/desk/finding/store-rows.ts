import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { ticketRow, type RowSort, type TicketRow } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { likePattern } from '#platform/cursor.ts';
import { Refusal } from '#platform/refusal.ts';
import type { TicketFilter, Who } from './filter-words.ts';
import { foldText, loosePattern } from './fold-text.ts';
import { hitStore } from './store-hits.ts';

/** Who looks, and what the words of their filter came to. */
export interface Asked {
  readonly filter: TicketFilter;
  readonly me: string;
  readonly now: Date;
  /** The query for the document of a ticket; null when no words were asked for. */
  readonly query: string | null;
}

type Condition = RawBuilder<unknown>;

const countedUpTo = 1_000;
const mostNamed = 500;
/** Exact words are looked for in so many tickets that have all of them. */
const mostRead = 300;

/** The order of each sort: the column as text for the cursor, and its direction. */
const orders: Readonly<Record<RowSort, { column: Condition; down: boolean; cast: string }>> = {
  '-number': { column: sql`t.number`, down: true, cast: 'integer' },
  number: { column: sql`t.number`, down: false, cast: 'integer' },
  '-updated': { column: sql`t.updated_at`, down: true, cast: 'timestamptz' },
  updated: { column: sql`t.updated_at`, down: false, cast: 'timestamptz' },
  '-priority': {
    column: sql`array_position(array['low','normal','high','critical'], t.priority)`,
    down: true,
    cast: 'integer',
  },
  promise: { column: sql`coalesce(t.promise_due_at, 'infinity')`, down: false, cast: 'timestamptz' },
  due: { column: sql`coalesce(t.due_at, 'infinity')`, down: false, cast: 'timestamptz' },
};

async function idsOf(db: Database<'desk'>, query: RawBuilder<{ id: string }>): Promise<string[]> {
  return (await query.execute(db)).rows.map(({ id }) => id);
}

const named = (name: string): string => likePattern(foldText(name));

async function peopleNamed(db: Database<'desk'>, who: Who, me: string): Promise<string[]> {
  if (who.who !== 'named') return who.who === 'me' ? [me] : [];
  return idsOf(
    db,
    sql`select id from people.pub_person where desk.fold(name || ' ' || mail) like ${named(who.name)} limit ${mostNamed}`,
  );
}

/** What is said by a name is looked up first, so that tickets are found by id and index. */
async function namedConditions(db: Database<'desk'>, { filter, me }: Asked): Promise<Condition[]> {
  const all: Condition[] = [];
  const { assignee, watcher, requester, team, category } = filter;
  if (assignee?.who === 'nobody') all.push(sql`t.assignee_id is null`);
  else if (assignee !== null) all.push(sql`t.assignee_id = any(${await peopleNamed(db, assignee, me)}::uuid[])`);
  if (watcher !== null)
    all.push(
      sql`t.id in (select w.ticket_id from desk.watcher w where w.person_id = any(${await peopleNamed(db, watcher, me)}::uuid[]))`,
    );
  if (requester !== null) {
    // Looked up by the statement itself: hundreds of ids need not travel here and back.
    all.push(sql`t.requester_id = any(array(select q.id from desk.requester q
      where desk.fold(q.name || ' ' || coalesce(q.mail, '')) like ${named(requester)} limit ${mostNamed}))`);
  }
  if (team !== null && ['none', 'aucune'].includes(foldText(team))) all.push(sql`t.team_id is null`);
  else if (team !== null) {
    const ids = await idsOf(
      db,
      sql`select id from people.pub_team where desk.fold(name) like ${named(team)} limit ${mostNamed}`,
    );
    all.push(sql`t.team_id = any(${ids}::uuid[])`);
  }
  if (category !== null) {
    const ids = await idsOf(
      db,
      sql`with recursive tree as (
          select id from desk.category where desk.fold(name_en || ' ' || name_fr) like ${named(category)}
          union select c.id from desk.category c join tree on c.parent_id = tree.id)
        select id from tree limit ${mostNamed}`,
    );
    all.push(sql`t.category_id = any(${ids}::uuid[])`);
  }
  return all;
}

function dueCondition(due: NonNullable<TicketFilter['due']>, now: Date): Condition {
  const until = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
  if (due === 'none') return sql`t.due_at is null`;
  if (due === 'overdue') return sql`t.due_at < ${now}`;
  return sql`t.due_at < ${until(due === 'today' ? 1 : 7)}`;
}

function promiseCondition(promise: NonNullable<TicketFilter['promise']>, now: Date): Condition {
  if (promise === 'none') return sql`(t.promise_due_at is null and not t.promise_paused)`;
  if (promise === 'paused') return sql`t.promise_paused`;
  if (promise === 'broken') return sql`t.promise_due_at <= ${now}`;
  if (promise === 'near') return sql`(t.promise_due_at > ${now} and t.promise_warn_at <= ${now})`;
  return sql`(t.promise_due_at > ${now} and t.promise_warn_at > ${now})`;
}

/** How the nearest promise of a ticket stands. */
const promiseWord = (
  now: Date,
): Condition => sql`case when t.promise_due_at <= ${now} then 'broken' when t.promise_due_at is null
  then case when t.promise_paused then 'paused' else 'none' end when t.promise_warn_at <= ${now} then 'near' else 'kept' end`;

/** Whether nothing is asked but words. */
export function isWordsOnly({ filter }: Asked): boolean {
  const { words: _words, unknown: _unknown, ...rest } = filter;
  return Object.values(rest).every((value) => value === null || (Array.isArray(value) && value.length === 0));
}

const notOver = sql`t.state not in ('resolved', 'cancelled')`;

function timeConditions({ due, promise }: TicketFilter, now: Date): Condition[] {
  return [
    ...(due === null ? [] : [dueCondition(due, now)]),
    ...(promise === null ? [] : [promiseCondition(promise, now)]),
  ];
}

function plainConditions({ filter, now, query }: Asked): Condition[] {
  const all: Condition[] = [];
  // Spelled as the partial indexes are, so that they serve.
  if (filter.over !== null) all.push(filter.over ? sql`t.state in ('resolved', 'cancelled')` : notOver);
  if (filter.states.length > 0) all.push(sql`t.state = any(${[...filter.states]})`);
  if (filter.states.length > 0 && !filter.states.some((state) => state === 'resolved' || state === 'cancelled'))
    all.push(notOver);
  if (filter.kinds.length > 0) all.push(sql`t.kind = any(${[...filter.kinds]})`);
  if (filter.priorities.length > 0) all.push(sql`t.priority = any(${[...filter.priorities]})`);
  if (filter.tags.length > 0) all.push(sql`t.tags <> '{}' and t.tags @> ${[...filter.tags]}::text[]`);
  if (filter.withoutTags.length > 0) all.push(sql`not t.tags && ${[...filter.withoutTags]}::text[]`);
  all.push(...timeConditions(filter, now));
  if (filter.updatedDays !== null)
    all.push(sql`t.updated_at > ${new Date(now.getTime() - filter.updatedDays * 86_400_000)}`);
  if (filter.snoozed !== null)
    all.push(
      filter.snoozed ? sql`t.snoozed_until > ${now}` : sql`(t.snoozed_until is null or t.snoozed_until <= ${now})`,
    );
  if (filter.lastWord !== null) all.push(sql`t.last_word = ${filter.lastWord}`);
  if (filter.number !== null) all.push(sql`t.number = ${filter.number}`);
  if (query !== null && filter.exact.length === 0)
    all.push(sql`t.id in (select s.ticket_id from desk.search_doc s where s.doc @@ ${query}::tsquery)`);
  return all;
}

/**
 * What stood in quotes: letter by letter only where every word of it stands, and in the newest of those, because nothing
 * else bounds the reading. Looked up once for all that is asked about the same words.
 */
async function exactConditions(db: Database<'desk'>, { filter, query }: Asked): Promise<Condition[]> {
  if (filter.exact.length === 0) return [];
  const likely = query === null ? [] : await hitStore(db).newest(query, mostRead);
  if (likely.length === 0) return [sql`false`];
  const all = filter.exact.map((exact) => {
    const pattern = loosePattern(foldText(exact.trim()));
    return sql`(e.title_en ~* ${pattern} or e.title_fr ~* ${pattern}
      or exists (select from desk.message m where m.ticket_id = e.id and m.body ~* ${pattern}))`;
  });
  const ids = await idsOf(
    db,
    sql`select e.id from desk.ticket e where e.id = any(${likely}::uuid[]) and ${sql.join(all, sql` and `)}`,
  );
  return [sql`t.id = any(${ids}::uuid[])`];
}

/** Everything that the rows have to fulfil. */
export async function conditionsOf(db: Database<'desk'>, asked: Asked): Promise<Condition> {
  const all = [...plainConditions(asked), ...(await namedConditions(db, asked)), ...(await exactConditions(db, asked))];
  return all.length === 0 ? sql`true` : sql.join(all, sql` and `);
}

const rowShape = ticketRow.omit({ updatedAt: true, dueAt: true, snoozedUntil: true, promiseDueAt: true }).extend({
  promiseDueAt: z.date().nullable(),
  updatedAt: z.date(),
  dueAt: z.date().nullable(),
  snoozedUntil: z.date().nullable(),
});

function toRow(raw: unknown): TicketRow {
  const row = rowShape.parse(raw);
  return {
    ...row,
    updatedAt: row.updatedAt.toISOString(),
    promiseDueAt: row.promiseDueAt?.toISOString() ?? null,
    dueAt: row.dueAt?.toISOString() ?? null,
    snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
  };
}

function columnsIn(language: Language, now: Date): Condition {
  const title = language === 'fr' ? sql`t.title_fr` : sql`t.title_en`;
  const category = language === 'fr' ? sql`c.name_fr` : sql`c.name_en`;
  return sql`t.id, t.number, t.kind, ${title} as title, t.state, t.priority, r.name as requester, t.assignee_name as assignee,
    g.name as team, ${category} as category, t.tags, t.due_at as "dueAt", t.promise_due_at as "promiseDueAt",
    ${promiseWord(now)} as promise, t.snoozed_until as "snoozedUntil",
    t.updated_at as "updatedAt", t.message_count as "messageCount", t.last_word as "lastWord"`;
}

const besides = sql`left join desk.requester r on r.id = t.requester_id left join people.pub_team g on g.id = t.team_id
  left join desk.category c on c.id = t.category_id`;

interface Page {
  readonly sort: RowSort;
  readonly limit: number;
  readonly after?: string | undefined;
}

function afterCursor({ sort, after }: Page): Condition {
  if (after === undefined) return sql`true`;
  const { column, down, cast } = orders[sort];
  const [value = '', number = ''] = after.split('_');
  const fits = cast === 'integer' ? /^\d{1,9}$/u.test(value) : value === 'infinity' || !Number.isNaN(Date.parse(value));
  if (!fits || !/^\d{1,9}$/u.test(number)) throw new Refusal('bad_input', {}, [{ path: 'after', reason: 'cursor' }]);
  const place = sql`(${value}::${sql.raw(cast)}, ${Number(number)}::integer)`;
  return down ? sql`(${column}, t.number) < ${place}` : sql`(${column}, t.number) > ${place}`;
}

/** Two conditions of which each leaves few: both are looked up once for the page and its count together. */
function isNarrow({ tags, requester }: TicketFilter): boolean {
  return tags.length > 0 && requester !== null;
}

/** So many are counted and ordered in one go; where there are more, the page is looked for by its order. */
const mostNarrow = 4_000;

async function narrowPage(
  db: Database<'desk'>,
  {
    where,
    order,
    after,
    column,
    limit,
  }: { where: Condition; order: Condition; after: Condition; column: Condition; limit: number },
  asked: Asked,
  language: Language,
) {
  const { rows } = await sql<{ place: string | null; count: number }>`
    with hit as materialized (select t.* from desk.ticket t where ${where} limit ${mostNarrow + 1}),
      counted as (select count(*)::integer as count from hit),
      page as (select t.* from hit t where ${after} order by ${order} limit ${limit + 1})
    select ${columnsIn(language, asked.now)}, (${column})::text as place, counted.count
    from counted left join page t on true ${besides} order by ${order}`.execute(db);
  const count = rows[0]?.count ?? 0;
  return count > mostNarrow
    ? null
    : pageOf(
        rows.filter(({ place }) => place !== null),
        { count, limit },
      );
}

function pageOf(
  rows: readonly { readonly place: string | null }[],
  { count, limit }: { count: number; limit: number },
) {
  const items = rows.slice(0, limit).map(toRow);
  const last = rows[limit - 1];
  return {
    items,
    total: Math.min(count, countedUpTo),
    more: count > countedUpTo,
    next: rows.length > limit && last !== undefined ? `${last.place ?? ''}_${items.at(-1)?.number ?? 0}` : null,
  };
}

/** All SQL about lists of tickets. */
export function rowStore(db: Database<'desk'>) {
  return {
    async find(asked: Asked, page: Page, language: Language) {
      const where = await conditionsOf(db, asked);
      const { column, down } = orders[page.sort];
      const direction = down ? sql`desc` : sql`asc`;
      const order = page.sort.endsWith('number')
        ? sql`t.number ${direction}`
        : sql`${column} ${direction}, t.number ${direction}`;
      if (isNarrow(asked.filter)) {
        const narrow = await narrowPage(
          db,
          { where, order, after: afterCursor(page), column, limit: page.limit },
          asked,
          language,
        );
        if (narrow !== null) return narrow;
      }
      const paging = sql<{ place: string }>`
        with page as (
          select t.* from desk.ticket t where ${where} and ${afterCursor(page)} order by ${order} limit ${page.limit + 1}
        )
        select ${columnsIn(language, asked.now)}, (${column})::text as place from page t ${besides} order by ${order}`.execute(
        db,
      );
      // Beside each other: the database has a connection for each.
      const counting = sql<{ count: number }>`
        select count(*)::integer as count from (select from desk.ticket t where ${where} limit ${countedUpTo + 1}) n`.execute(
        db,
      );
      const [{ rows }, counted] = await Promise.all([paging, counting]);
      return pageOf(rows, { count: counted.rows[0]?.count ?? 0, limit: page.limit });
    },
    /** Rows of tickets by id, newest first. */
    async some(ids: readonly string[], language: Language, now: Date): Promise<TicketRow[]> {
      if (ids.length === 0) return [];
      const { rows } = await sql`select ${columnsIn(language, now)} from desk.ticket t ${besides}
        where t.id = any(${[...ids]}::uuid[]) order by t.number desc`.execute(db);
      return rows.map(toRow);
    },
    /** The ids of all that match, newest first. */
    async ids(asked: Asked, most: number): Promise<string[]> {
      const where = await conditionsOf(db, asked);
      return idsOf(db, sql`select t.id from desk.ticket t where ${where} order by t.number desc limit ${most}`);
    },
  };
}
