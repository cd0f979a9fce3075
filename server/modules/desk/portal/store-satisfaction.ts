import { sql } from 'kysely';
import { z } from 'zod';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { answeringMailbox } from '../mail/store-mailboxes.ts';

const said = z.object({ score: z.number(), comment: z.string(), at: z.date() });

/** Answers of a period, of one team or category or of all. */
export interface Period {
  readonly from: Date;
  readonly until: Date;
  readonly teamId: string | null;
  readonly categoryId: string | null;
}

const mostAnswers = 20_000;
const mostComments = 100;
const counted = z.object({ score: z.number(), count: z.number() });
const grouped = z.object({ id: z.string().nullable(), name: z.string().nullable(), ...counted.shape });
const answer = z.object({
  ticketId: z.string(),
  number: z.number(),
  title: z.string(),
  ...said.shape,
  team: z.string().nullable(),
  category: z.string().nullable(),
  assignee: z.string().nullable(),
});

const within = ({ from, until, teamId, categoryId }: Period) => sql`s.at >= ${from} and s.at < ${until}
  and (${teamId}::uuid is null or t.team_id = ${teamId}) and (${categoryId}::uuid is null or t.category_id = ${categoryId})`;

const answersOf = ({ scores }: { scores: readonly { count: number }[] }): number =>
  scores.reduce((all, { count }) => all + count, 0);
const titleIn = (language: Language) => sql.raw(`t.title_${language}`);

/** What each group said: those with most answers first. */
function groups(rows: readonly unknown[]) {
  const found = new Map<string, { id: string | null; name: string; scores: { score: number; count: number }[] }>();
  for (const { id, name, score, count } of rows.map((row) => grouped.parse(row))) {
    const group = found.get(id ?? '') ?? { id, name: name ?? '', scores: [] };
    group.scores.push({ score, count });
    found.set(id ?? '', group);
  }
  return [...found.values()].toSorted((one, other) => answersOf(other) - answersOf(one)).slice(0, 200);
}

function saying(db: Database<'desk'>) {
  return {
    async of(ticketId: string): Promise<{ score: number; comment: string; at: string } | null> {
      const row = await db
        .selectFrom('desk.satisfaction')
        .select(['score', 'comment', 'at'])
        .where('ticket_id', '=', ticketId)
        .executeTakeFirst();
      if (row === undefined) return null;
      const { at, ...rest } = said.parse(row);
      return { ...rest, at: at.toISOString() };
    },
    /** False when it was said before. */
    async say(ticketId: string, score: number, comment: string, at: Date): Promise<boolean> {
      const row = await db
        .insertInto('desk.satisfaction')
        .values({ ticket_id: ticketId, score, comment, at })
        .onConflict((conflict) => conflict.doNothing())
        .returning('ticket_id')
        .executeTakeFirst();
      return row !== undefined;
    },
    /** False when it was said elsewhere, or before `since`. */
    async sayByLink(
      ticketId: string,
      { score, comment, at, since }: { score: number; comment: string; at: Date; since: Date },
    ): Promise<boolean> {
      const { rows } = await sql`insert into desk.satisfaction as s (ticket_id, score, comment, at, by_link)
        values (${ticketId}, ${score}, ${comment}, ${at}, true)
        on conflict (ticket_id) do update set score = excluded.score, comment = excluded.comment
        where s.by_link and s.at > ${since} returning ticket_id`.execute(db);
      return rows.length > 0;
    },
    /** A ticket as whoever holds its link sees it. */
    async rating(ticketId: string, language: Language) {
      const { rows } = await sql`select t.number, ${sql.raw(`t.title_${language}`)} as title, s.score,
          coalesce(s.comment, '') as comment, s.at as "saidAt", coalesce(s.by_link, false) as "byLink",
          t.state in ('resolved', 'solved') as "isOver", coalesce(r.name, '') as requester
        from desk.ticket t left join desk.satisfaction s on s.ticket_id = t.id
        left join desk.requester r on r.id = t.requester_id where t.id = ${ticketId}`.execute(db);
      const shape = z.object({
        number: z.number(),
        title: z.string(),
        score: z.number().nullable(),
        comment: z.string(),
        saidAt: z.date().nullable(),
        byLink: z.boolean(),
        isOver: z.boolean(),
        requester: z.string(),
      });
      return rows[0] === undefined ? null : shape.parse(rows[0]);
    },
  };
}

function asking(db: Database<'desk'>) {
  return {
    /**
     * Tickets that were resolved since `from`, whose mailbox asks and has waited long enough, about which nobody was asked
     * and nobody said anything.
     */
    async due({ from, now, most }: { readonly from: Date; readonly now: Date; readonly most: number }) {
      const { rows } = await sql<{ ticketId: string; requesterId: string; mailboxId: string; byProgram: boolean }>`
        select t.id as "ticketId", t.requester_id as "requesterId", m.id as "mailboxId",
          exists (select from desk.mail_in i where i.ticket_id = t.id and i.outcome = 'ticket' and i.kind <> 'person') as "byProgram"
        from desk.ticket t join desk.requester r on r.id = t.requester_id and r.mail is not null
          cross join lateral (${answeringMailbox(sql.ref('t.id'))}) m
        where t.state = 'resolved' and t.resolved_at >= ${from} and t.merged_into_id is null
          and t.resolved_at + m.satisfaction_hours * interval '1 hour' <= ${now}
          and not exists (select from desk.satisfaction_ask a where a.ticket_id = t.id)
          and not exists (select from desk.satisfaction s where s.ticket_id = t.id)
        order by t.resolved_at limit ${most}`.execute(db);
      return rows;
    },
    /** False when somebody else did before. */
    async note(ticketId: string, at: Date, outcome: 'asked' | 'program'): Promise<boolean> {
      const row = await db
        .insertInto('desk.satisfaction_ask')
        .values({ ticket_id: ticketId, at, outcome })
        .onConflict((conflict) => conflict.doNothing())
        .returning('ticket_id')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

function figures(db: Database<'desk'>) {
  return {
    async answers(period: Period, language: Language, most = mostAnswers) {
      const { rows } =
        await sql`select t.id as "ticketId", t.number, ${titleIn(language)} as title, s.score, s.comment, s.at,
          g.name as team, ${sql.raw(`c.name_${language}`)} as category, t.assignee_name as assignee
        from desk.satisfaction s join desk.ticket t on t.id = s.ticket_id left join people.pub_team g on g.id = t.team_id
        left join desk.category c on c.id = t.category_id where ${within(period)} order by s.at desc limit ${most}`.execute(
          db,
        );
      return rows.map((row) => answer.parse(row));
    },
    async figures(period: Period, language: Language) {
      const { from, until, teamId, categoryId } = period;
      const ofPeriod = sql`desk.satisfaction s join desk.ticket t on t.id = s.ticket_id`;
      const scores = await sql`select s.score, count(*)::integer as count from ${ofPeriod}
        where ${within(period)} group by s.score order by s.score desc`.execute(db);
      const teams = await sql`select t.team_id as id, g.name, s.score, count(*)::integer as count from ${ofPeriod}
        left join people.pub_team g on g.id = t.team_id where ${within(period)}
        group by t.team_id, g.name, s.score order by s.score desc limit 1000`.execute(db);
      const categories = await sql`select t.category_id as id, ${sql.raw(`c.name_${language}`)} as name, s.score,
          count(*)::integer as count from ${ofPeriod} left join desk.category c on c.id = t.category_id
        where ${within(period)} group by 1, 2, s.score order by s.score desc limit 1000`.execute(db);
      const resolved = await sql<{ resolved: number; asked: number }>`select count(*)::integer as resolved,
          count(a.ticket_id)::integer as asked
        from desk.ticket t left join desk.satisfaction_ask a on a.ticket_id = t.id and a.outcome = 'asked'
        where t.state = 'resolved' and t.resolved_at >= ${from} and t.resolved_at < ${until} and t.requester_id is not null
          and (${teamId}::uuid is null or t.team_id = ${teamId})
          and (${categoryId}::uuid is null or t.category_id = ${categoryId})`.execute(db);
      const { rows: commented } = await sql`select t.id as "ticketId", t.number, ${titleIn(language)} as title, s.score,
          s.comment, s.at from ${ofPeriod} where ${within(period)} and s.comment <> '' order by s.at desc limit ${mostComments}`.execute(
        db,
      );
      const all = scores.rows.map((row) => counted.parse(row));
      return {
        answers: all.reduce((sum, { count }) => sum + count, 0),
        resolved: resolved.rows[0]?.resolved ?? 0,
        asked: resolved.rows[0]?.asked ?? 0,
        scores: all,
        teams: groups(teams.rows),
        categories: groups(categories.rows),
        comments: commented
          .map((row) => answer.omit({ team: true, category: true, assignee: true }).parse(row))
          .map((row) => ({ ...row, at: row.at.toISOString() })),
      };
    },
  };
}

/** All SQL about what requesters say of what is done for them. */
export function satisfactionStore(db: Database<'desk'>) {
  return { ...saying(db), ...asking(db), ...figures(db) };
}
