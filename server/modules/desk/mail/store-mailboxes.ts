import { sql, type Expression, type RawBuilder, type Selectable } from 'kysely';
import { z } from 'zod';
import { incomingMail, mailboxSettings, mailOauth, mailTrouble, outgoingMail } from '#contract/desk-mail-words.ts';
import { language } from '#contract/words.ts';
import type { Database, Tables } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';

const incoming = incomingMail.omit({ password: true });
const outgoing = outgoingMail.omit({ password: true });
const oauth = mailOauth.omit({ clientSecret: true, refreshToken: true });

/** How one way of a mailbox was when it was last used. */
export interface WayRecord {
  readonly trouble: z.infer<typeof mailTrouble>;
  readonly said: string;
  readonly at: Date | null;
}

/** A mailbox as it lies: what is secret in it sealed. */
export interface MailboxRecord {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly active: boolean;
  readonly isDefault: boolean;
  readonly language: z.infer<typeof language>;
  readonly ticketKind: 'incident' | 'request';
  readonly teamId: string | null;
  readonly categoryId: string | null;
  readonly confirms: boolean;
  readonly reopenDays: number;
  readonly satisfactionHours: number | null;
  readonly authservId: string;
  readonly ownReceived: number;
  readonly incoming: z.infer<typeof incoming> | null;
  readonly incomingSealed: Buffer | null;
  readonly outgoing: z.infer<typeof outgoing> | null;
  readonly outgoingSealed: Buffer | null;
  readonly oauth: z.infer<typeof oauth> | null;
  readonly oauthSealed: Buffer | null;
  readonly consentSealed: Buffer | null;
  readonly revision: number;
  readonly incomingState: WayRecord;
  readonly outgoingState: WayRecord;
}

type Row = Selectable<Tables<'desk'>['desk.mailbox']>;

/** The row of the mailbox by which somebody is written to about a ticket: the one to which they wrote, else the default. */
export const answeringMailbox = (ticketId: Expression<unknown>): RawBuilder<Row> =>
  sql<Row>`select b.* from desk.mailbox b
    left join lateral (select i.received_at from desk.mail_in i
      where i.ticket_id = ${ticketId} and i.mailbox_id = b.id order by i.received_at desc limit 1) i on true
    where b.active and b.outgoing is not null
    order by i.received_at desc nulls last, b.is_default desc, b.created_at limit 1`;

function toRecord(row: Row): MailboxRecord {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    active: row.active,
    isDefault: row.is_default,
    language: language.parse(row.language),
    ticketKind: mailboxSettings.shape.ticketKind.parse(row.ticket_kind),
    teamId: row.team_id,
    categoryId: row.category_id,
    confirms: row.confirms,
    reopenDays: row.reopen_days,
    satisfactionHours: row.satisfaction_hours,
    authservId: row.authserv_id,
    ownReceived: row.own_received,
    incoming: incoming.nullable().parse(row.incoming),
    incomingSealed: row.incoming_sealed,
    outgoing: outgoing.nullable().parse(row.outgoing),
    outgoingSealed: row.outgoing_sealed,
    oauth: oauth.nullable().parse(row.oauth),
    oauthSealed: row.oauth_sealed,
    consentSealed: row.consent_sealed,
    revision: row.revision,
    incomingState: { trouble: mailTrouble.catch('').parse(row.in_trouble), said: row.in_said, at: row.in_at },
    outgoingState: { trouble: mailTrouble.catch('').parse(row.out_trouble), said: row.out_said, at: row.out_at },
  };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

function columnsOf(one: Omit<MailboxRecord, 'id' | 'revision' | 'incomingState' | 'outgoingState'>) {
  return {
    name: one.name,
    address: one.address,
    active: one.active,
    is_default: one.isDefault,
    language: one.language,
    ticket_kind: one.ticketKind,
    team_id: one.teamId,
    category_id: one.categoryId,
    confirms: one.confirms,
    reopen_days: one.reopenDays,
    satisfaction_hours: one.satisfactionHours,
    authserv_id: one.authservId,
    own_received: one.ownReceived,
    incoming: json(one.incoming),
    incoming_sealed: one.incomingSealed,
    outgoing: json(one.outgoing),
    outgoing_sealed: one.outgoingSealed,
    oauth: json(one.oauth),
    oauth_sealed: one.oauthSealed,
    consent_sealed: one.consentSealed,
  };
}

/** No more are kept, so that none is left unwatched without a word. */
export const mostMailboxes = 500;

function reader(db: Database<'desk'>) {
  return {
    async all(): Promise<MailboxRecord[]> {
      const rows = await db
        .selectFrom('desk.mailbox')
        .selectAll()
        .orderBy('name')
        .orderBy('id')
        .limit(mostMailboxes)
        .execute();
      return rows.map(toRecord);
    },
    async count(): Promise<number> {
      const { rows } = await sql<{ count: number }>`select count(*)::integer as count from desk.mailbox`.execute(db);
      return rows[0]?.count ?? 0;
    },
    async get(id: string): Promise<MailboxRecord | null> {
      const row = await db.selectFrom('desk.mailbox').selectAll().where('id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecord(row);
    },
    async forTicket(ticketId: string): Promise<MailboxRecord | null> {
      const { rows } = await answeringMailbox(sql`${ticketId}::uuid`).execute(db);
      return rows[0] === undefined ? null : toRecord(rows[0]);
    },
    async mark(id: string): Promise<{ uidValidity: string; lastUid: number }> {
      const row = await db
        .selectFrom('desk.mailbox')
        .select(['uid_validity', 'last_uid'])
        .where('id', '=', id)
        .executeTakeFirst();
      return { uidValidity: row?.uid_validity ?? '', lastUid: row?.last_uid ?? 0 };
    },
  };
}

function writer(db: Database<'desk'>) {
  return {
    /** Keeps a mailbox; false when its address is another's. `anew`: what is read there was never read before. */
    async put(
      id: string,
      one: Omit<MailboxRecord, 'id' | 'revision' | 'incomingState' | 'outgoingState'>,
      { at, anew }: { at: Date; anew: boolean },
    ): Promise<boolean> {
      const values = columnsOf(one);
      if (one.isDefault)
        await db.updateTable('desk.mailbox').set({ is_default: false }).where('id', '<>', id).execute();
      try {
        await db
          .insertInto('desk.mailbox')
          .values({ id, ...values, created_at: at })
          .onConflict((conflict) =>
            conflict.column('id').doUpdateSet({
              ...values,
              revision: sql<number>`mailbox.revision + 1`,
              ...(anew ? { uid_validity: '', last_uid: 0 } : {}),
            }),
          )
          .execute();
        return true;
      } catch (error) {
        if (isUniqueViolation(error, 'mailbox_address')) return false;
        throw error;
      }
    },
    async remove(id: string): Promise<boolean> {
      const gone = await db.deleteFrom('desk.mailbox').where('id', '=', id).returning('id').executeTakeFirst();
      return gone !== undefined;
    },
    async keepMark(id: string, mark: { uidValidity: string; lastUid: number }): Promise<void> {
      await db
        .updateTable('desk.mailbox')
        .set({ uid_validity: mark.uidValidity, last_uid: mark.lastUid })
        .where('id', '=', id)
        .execute();
    },
    async keepOauth(id: string, sealed: { oauthSealed: Buffer; consentSealed?: Buffer | null }): Promise<void> {
      await db
        .updateTable('desk.mailbox')
        .set({
          oauth_sealed: sealed.oauthSealed,
          ...(sealed.consentSealed === undefined
            ? {}
            : { consent_sealed: sealed.consentSealed, revision: sql<number>`revision + 1` }),
        })
        .where('id', '=', id)
        .execute();
    },
    async keepConsent(id: string, consentSealed: Buffer | null): Promise<void> {
      await db.updateTable('desk.mailbox').set({ consent_sealed: consentSealed }).where('id', '=', id).execute();
    },
  };
}

function watching(db: Database<'desk'>) {
  return {
    /** Whether that is news: the same trouble again is not. */
    async noteWay(id: string, way: 'in' | 'out', { trouble, said, at }: WayRecord): Promise<boolean> {
      const { rows } = await sql<{ news: boolean }>`update desk.mailbox b
        set ${sql.ref(`${way}_trouble`)} = ${trouble}, ${sql.ref(`${way}_said`)} = ${said}, ${sql.ref(`${way}_at`)} = ${at}
        from desk.mailbox old where old.id = b.id and b.id = ${id}
        returning old.${sql.ref(`${way}_trouble`)} <> ${trouble} or old.${sql.ref(`${way}_at`)} is null as news`.execute(
        db,
      );
      return rows[0]?.news === true;
    },
    /** The mailboxes that a process may watch from now on, or goes on to watch. */
    async lease(ids: readonly string[], by: string, now: Date, until: Date): Promise<string[]> {
      if (ids.length === 0) return [];
      const rows = await db
        .updateTable('desk.mailbox')
        .set({ watched_by: by, watched_until: until })
        .where('id', '=', sql<string>`any(${[...ids]}::uuid[])`)
        .where((each) =>
          each.or([each('watched_until', 'is', null), each('watched_until', '<', now), each('watched_by', '=', by)]),
        )
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
    async release(by: string): Promise<void> {
      await db.updateTable('desk.mailbox').set({ watched_until: null }).where('watched_by', '=', by).execute();
    },
  };
}

/** All SQL about mailboxes. */
export function mailboxStore(db: Database<'desk'>) {
  return { ...reader(db), ...writer(db), ...watching(db) };
}
