import { sql, type Selectable } from 'kysely';
import {
  level,
  priority,
  ticketKind,
  ticketState,
  type Level,
  type Ticket,
  type TicketKind,
  type TicketState,
} from '#contract/desk.ts';
import { thingKind, type Doer, type InBoth, type Language, type NamedThing } from '#contract/words.ts';
import { likePattern, numberCursor } from '#platform/cursor.ts';
import type { Database, Tables } from '#platform/database.ts';
import { isUniqueViolation } from '#platform/unique-violation.ts';
import { foldText } from '../finding/fold-text.ts';
import { outageSeconds } from '../incidents/incident.ts';

/** A ticket as the acts decide about it, in no language. */
export interface TicketRecord {
  readonly id: string;
  readonly number: number;
  readonly kind: TicketKind;
  readonly title: InBoth;
  readonly state: TicketState;
  readonly priority: Ticket['priority'];
  readonly priorityByHand: boolean;
  readonly cause: NamedThing | null;
  readonly causeKey: string | null;
  readonly failingSince: Date;
  readonly openedAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: Doer | null;
  readonly assignee: Doer | null;
  readonly goodSince: Date | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: Doer | null;
  readonly causeText: string;
  readonly remedyText: string;
  readonly silenced: boolean;
  readonly round: number;
  readonly impact: Level | null;
  readonly urgency: Level | null;
  readonly priorityReason: string;
  readonly requesterId: string | null;
  readonly categoryId: string | null;
  readonly teamId: string | null;
  readonly tags: readonly string[];
  readonly dueAt: Date | null;
  readonly snoozedUntil: Date | null;
  readonly waitingFor: string | null;
  readonly waitingReason: string;
  readonly parentId: string | null;
  readonly mergedIntoId: string | null;
  readonly workaround: string;
  readonly firstAnswerAt: Date | null;
  readonly alertCount: number;
  readonly openAlertCount: number;
}

type TicketRow = Selectable<Tables<'desk'>['desk.ticket']> & { alert_count: number; open_alert_count: number };

const openCause = 'ticket_open_cause';

function personOf(id: string | null, name: string | null): Doer | null {
  return name === null ? null : { kind: 'person', id, name };
}

function toRecord(row: TicketRow): TicketRecord {
  const { cause_kind, cause_id, cause_name } = row;
  return {
    id: row.id,
    number: row.number,
    kind: ticketKind.parse(row.kind),
    title: { en: row.title_en, fr: row.title_fr },
    state: ticketState.parse(row.state),
    priority: priority.parse(row.priority),
    priorityByHand: row.priority_by_hand,
    cause: cause_id === null ? null : { kind: thingKind.parse(cause_kind), id: cause_id, name: cause_name ?? '' },
    causeKey: row.cause_key,
    failingSince: row.failing_since,
    openedAt: row.opened_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: personOf(row.acknowledged_by_id, row.acknowledged_by_name),
    assignee: personOf(row.assignee_id, row.assignee_name),
    goodSince: row.good_since,
    resolvedAt: row.resolved_at,
    resolvedBy: personOf(row.resolved_by_id, row.resolved_by_name),
    causeText: row.cause_text,
    remedyText: row.remedy_text,
    silenced: row.silenced,
    round: row.round,
    impact: level.nullable().parse(row.impact),
    urgency: level.nullable().parse(row.urgency),
    priorityReason: row.priority_reason,
    requesterId: row.requester_id,
    categoryId: row.category_id,
    teamId: row.team_id,
    tags: row.tags,
    dueAt: row.due_at,
    snoozedUntil: row.snoozed_until,
    waitingFor: row.waiting_for,
    waitingReason: row.waiting_reason,
    parentId: row.parent_id,
    mergedIntoId: row.merged_into_id,
    workaround: row.workaround,
    firstAnswerAt: row.first_answer_at,
    alertCount: row.alert_count,
    openAlertCount: row.open_alert_count,
  };
}

/** A ticket as its reader sees it. */
export function toTicket(record: TicketRecord, language: Language): Ticket {
  return {
    id: record.id,
    number: record.number,
    kind: record.kind,
    title: record.title[language],
    state: record.state,
    priority: record.priority,
    cause: record.cause,
    causeKey: record.causeKey,
    acknowledgedBy: record.acknowledgedBy,
    assignee: record.assignee,
    resolvedBy: record.resolvedBy,
    causeText: record.causeText,
    remedyText: record.remedyText,
    alertCount: record.alertCount,
    openAlertCount: record.openAlertCount,
    failingSince: record.failingSince.toISOString(),
    openedAt: record.openedAt.toISOString(),
    acknowledgedAt: record.acknowledgedAt?.toISOString() ?? null,
    goodSince: record.goodSince?.toISOString() ?? null,
    resolvedAt: record.resolvedAt?.toISOString() ?? null,
    outageSeconds: outageSeconds(record.failingSince, record.goodSince),
  };
}

export interface TicketsAsked {
  readonly open?: boolean | undefined;
  readonly state?: TicketState | undefined;
  readonly search?: string | undefined;
  readonly assigneeId?: string | undefined;
  readonly causeId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

export type NewTicket = Pick<
  TicketRecord,
  'id' | 'title' | 'priority' | 'cause' | 'causeKey' | 'failingSince' | 'openedAt' | 'silenced'
> & { readonly kind?: TicketKind; readonly source?: 'hand' | 'quick' | 'alert' | 'mail' | 'portal' | 'api' };

export type TicketChange = Partial<
  Pick<
    TicketRecord,
    | 'title'
    | 'state'
    | 'priority'
    | 'priorityByHand'
    | 'failingSince'
    | 'acknowledgedAt'
    | 'acknowledgedBy'
    | 'assignee'
    | 'goodSince'
    | 'resolvedAt'
    | 'resolvedBy'
    | 'causeText'
    | 'remedyText'
    | 'silenced'
    | 'round'
    | 'kind'
    | 'impact'
    | 'urgency'
    | 'priorityReason'
    | 'requesterId'
    | 'categoryId'
    | 'teamId'
    | 'tags'
    | 'dueAt'
    | 'snoozedUntil'
    | 'waitingReason'
    | 'waitingFor'
    | 'parentId'
    | 'mergedIntoId'
    | 'workaround'
    | 'cause'
  >
> & { readonly solutionId?: string | null };

function whole(db: Database<'desk'>) {
  return db
    .selectFrom('desk.ticket as ticket')
    .selectAll()
    .select(sql<number>`(select count(*) from desk.alert a where a.ticket_id = ticket.id)`.as('alert_count'))
    .select(
      sql<number>`(select count(*) from desk.alert a where a.ticket_id = ticket.id and a.cleared_at is null)`.as(
        'open_alert_count',
      ),
    );
}

function ticketReader(db: Database<'desk'>) {
  return {
    async get(id: string): Promise<TicketRecord | null> {
      const row = await whole(db).where('ticket.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecord(row);
    },
    /** The same, held until the end of the transaction: whoever decides about a ticket decides alone. */
    async hold(id: string): Promise<TicketRecord | null> {
      await db.selectFrom('desk.ticket').select('id').where('id', '=', id).forNoKeyUpdate().execute();
      // A second statement, so that it sees what was committed while the first one waited.
      const row = await whole(db).where('ticket.id', '=', id).executeTakeFirst();
      return row === undefined ? null : toRecord(row);
    },
    /** The same for many, held in the order of their ids. */
    async holdAll(ids: readonly string[]): Promise<ReadonlyMap<string, TicketRecord>> {
      if (ids.length === 0) return new Map();
      const wanted = sql<string>`any(${[...ids]}::uuid[])`;
      await db.selectFrom('desk.ticket').select('id').where('id', '=', wanted).orderBy('id').forNoKeyUpdate().execute();
      const rows = await whole(db).where('ticket.id', '=', wanted).execute();
      return new Map(rows.map((row) => [row.id, toRecord(row)]));
    },
    /** What the row of a ticket knows of its conversation. */
    async facts(id: string) {
      const row = await db
        .selectFrom('desk.ticket')
        .select(['source', 'updated_at', 'message_count', 'last_word'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const { last_word: word } = row;
      return {
        source: row.source,
        updatedAt: row.updated_at,
        messageCount: row.message_count,
        lastWord: word === 'requester' ? ('requester' as const) : word === 'operator' ? ('operator' as const) : null,
      };
    },
    /** Tickets that were put off until a moment that has come are back in the list; returns which. */
    async wake(now: Date): Promise<string[]> {
      const rows = await db
        .updateTable('desk.ticket')
        .set({ snoozed_until: null })
        .where('snoozed_until', '<=', now)
        .where('state', 'not in', ['resolved', 'cancelled'])
        .returning('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function ticketLister(db: Database<'desk'>) {
  return {
    async list(asked: TicketsAsked): Promise<{ items: TicketRecord[]; total: number }> {
      let all = whole(db);
      if (asked.open !== undefined) all = all.where('state', asked.open ? 'not in' : 'in', ['resolved', 'cancelled']);
      if (asked.state !== undefined) all = all.where('state', '=', asked.state);
      if (asked.assigneeId !== undefined) all = all.where('assignee_id', '=', asked.assigneeId);
      if (asked.causeId !== undefined) all = all.where('cause_id', '=', asked.causeId);
      const search = asked.search?.trim() ?? '';
      const numbered = /^#?(?<number>\d{1,9})$/u.exec(search)?.groups?.['number'];
      if (search !== '') {
        const pattern = likePattern(foldText(search));
        all = all.where((where) =>
          where.or([
            where('ticket.id', 'in', sql<string>`(select x.ticket_id from desk.title x where x.words like ${pattern})`),
            ...(numbered === undefined ? [] : [where('number', '=', Number(numbered))]),
          ]),
        );
      }
      const counted = await all
        .clearSelect()
        .select(sql<number>`count(*)`.as('count'))
        .executeTakeFirstOrThrow();
      const before = numberCursor(asked.after);
      if (before !== null) all = all.where('number', '<', before);
      const rows = await all.orderBy('number', 'desc').limit(asked.limit).execute();
      return { items: rows.map(toRecord), total: counted.count };
    },
  };
}

function idOf(who: Doer | null | undefined): string | null | undefined {
  return who === undefined ? undefined : (who?.id ?? null);
}

function nameOf(who: Doer | null | undefined): string | null | undefined {
  return who === undefined ? undefined : (who?.name ?? null);
}

/** What is undefined is left as it is. */
function columnsOf(change: TicketChange) {
  return {
    title_en: change.title?.en,
    title_fr: change.title?.fr,
    state: change.state,
    priority: change.priority,
    priority_by_hand: change.priorityByHand,
    failing_since: change.failingSince,
    acknowledged_at: change.acknowledgedAt,
    acknowledged_by_id: idOf(change.acknowledgedBy),
    acknowledged_by_name: nameOf(change.acknowledgedBy),
    assignee_id: idOf(change.assignee),
    assignee_name: nameOf(change.assignee),
    good_since: change.goodSince,
    resolved_at: change.resolvedAt,
    resolved_by_id: idOf(change.resolvedBy),
    resolved_by_name: nameOf(change.resolvedBy),
    cause_text: change.causeText,
    remedy_text: change.remedyText,
    solution_id: change.solutionId,
    silenced: change.silenced,
    round: change.round,
    kind: change.kind,
    impact: change.impact,
    urgency: change.urgency,
    priority_reason: change.priorityReason,
    requester_id: change.requesterId,
    category_id: change.categoryId,
    team_id: change.teamId,
    tags: change.tags === undefined ? undefined : [...change.tags],
    due_at: change.dueAt,
    snoozed_until: change.snoozedUntil,
    waiting_for: change.waitingFor,
    waiting_reason: change.waitingReason,
    parent_id: change.parentId,
    merged_into_id: change.mergedIntoId,
    workaround: change.workaround,
    ...(change.cause === undefined
      ? {}
      : {
          cause_kind: change.cause?.kind ?? null,
          cause_id: change.cause?.id ?? null,
          cause_name: change.cause?.name ?? null,
        }),
  };
}

function ticketWriter(db: Database<'desk'>) {
  return {
    /** Adds a ticket under the next number, and returns it; null when its cause has an open incident already. */
    async add(ticket: NewTicket, more: TicketChange = {}): Promise<TicketRecord | null> {
      try {
        const [added = null] = await this.addAll([ticket], more);
        return added;
      } catch (error) {
        if (isUniqueViolation(error, openCause)) return null;
        throw error;
      }
    },
    /**
     * Adds tickets under the next numbers, in their order, and returns them.
     * @throws when a cause has an open incident already: whoever adds many holds their causes.
     */
    async addAll(tickets: readonly NewTicket[], more: TicketChange = {}): Promise<TicketRecord[]> {
      if (tickets.length === 0) return [];
      // One ticket takes its number as it is added; of many the first number is asked for before.
      const asked = sql<{ number: number }>`select desk.next_number() as number`;
      const first = tickets.length === 1 ? undefined : (await asked.execute(db)).rows[0]?.number;
      const rows = await db
        .insertInto('desk.ticket')
        .values(
          tickets.map((ticket, place) => ({
            ...columnsOf(more),
            id: ticket.id,
            number: first === undefined ? sql<number>`desk.next_number()` : first + place,
            title_en: ticket.title.en,
            title_fr: ticket.title.fr,
            state: more.state ?? 'open',
            kind: ticket.kind ?? 'incident',
            source: ticket.source ?? 'alert',
            updated_at: ticket.openedAt,
            priority: ticket.priority,
            cause_kind: ticket.cause?.kind ?? null,
            cause_id: ticket.cause?.id ?? null,
            cause_name: ticket.cause?.name ?? null,
            cause_key: ticket.causeKey,
            failing_since: ticket.failingSince,
            opened_at: ticket.openedAt,
            silenced: ticket.silenced,
          })),
        )
        .returningAll()
        .execute();
      return rows.map((row) => toRecord({ ...row, alert_count: 0, open_alert_count: 0 }));
    },
    async change(id: string, change: TicketChange): Promise<void> {
      await db.updateTable('desk.ticket').set(columnsOf(change)).where('id', '=', id).execute();
    },
  };
}

/** All SQL about tickets. */
export function ticketStore(db: Database<'desk'>) {
  return { ...ticketReader(db), ...ticketLister(db), ...ticketWriter(db) };
}
