import { v7 as uuid } from 'uuid';
import type { BulkChange, BulkState } from '#contract/desk-words.ts';
import type { Doer } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { bulkStore, type BulkDone, type BulkItem, type BulkWork } from './store-bulk.ts';
import { undoUntil } from '../talk/store-rearrange.ts';
import { settingStore } from './store-settings.ts';
import { storyStore } from '../tickets/store-story.ts';
import type { Said } from '../tickets/story-words.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import {
  bulkBack,
  bulkColumns,
  bulkStep,
  type BulkColumns,
  type BulkPart,
  type BulkNames,
  type BulkTicket,
} from './ticket-columns.ts';
import { ticketFact } from '../tickets/ticket-fact.ts';

/** So many tickets are changed in one transaction: few enough that others hardly wait. */
const batch = 250;
/** So many may be changed at once. */
export const mostTickets = 10_000;
/** Who asked waits so long for the end; the rest is done by itself. */
const waitMs = 8_000;

async function namesFor(unit: Unit<'desk'>, change: BulkChange, who: Doer, at: Date): Promise<BulkNames> {
  const settings = settingStore(unit.db);
  const { assigneeId, teamId, categoryId } = change;
  const assignee = typeof assigneeId !== 'string' ? null : await storyStore(unit.db).assignable(assigneeId);
  const team = typeof teamId !== 'string' ? null : await settings.team(teamId);
  const category = typeof categoryId !== 'string' ? null : await settings.category(categoryId);
  const names = await bulkStore(unit.db).names('fr');
  return {
    assignee,
    team: team?.name ?? null,
    category: category?.name.fr ?? null,
    who,
    at,
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
  };
}

function pick(columns: BulkColumns, like: Readonly<Record<string, unknown>>): BulkPart {
  const entries = Object.keys(like).map((key) => [key, Reflect.get(columns, key)] as const);
  return bulkColumns.partial().parse(Object.fromEntries(entries));
}

async function publishMoves(
  unit: Unit<'desk'>,
  done: readonly BulkDone[],
  tickets: ReadonlyMap<string, BulkTicket>,
  who: Doer,
) {
  for (const { ticketId, after } of done) {
    const ticket = tickets.get(ticketId);
    if (after.state === undefined || ticket === undefined) continue;
    const { number, kind, state } = ticket;
    await unit.publish('desk.ticketMoved', { ticketId, number, kind, from: state, to: after.state, by: who.name });
    if (kind !== 'incident' || after.state !== 'resolved') continue;
    const record = await ticketStore(unit.db).get(ticketId);
    if (record === null) continue;
    await unit.publish('desk.incidentResolved', {
      ...ticketFact(record),
      by: who.name,
      goodSince: record.goodSince?.toISOString() ?? null,
      outageSeconds: null,
      causeText: record.causeText,
      remedyText: record.remedyText,
      solutionId: null,
      runbookIds: [],
    });
  }
}

async function doBatch(unit: Unit<'desk'>, id: string, work: BulkWork, at: Date): Promise<boolean> {
  const store = bulkStore(unit.db);
  const items = await store.next(id, 'waiting', batch);
  const tickets = await store.tickets(items.map(({ ticketId }) => ticketId));
  const names = await namesFor(unit, work.change, work.by, at);
  const done: BulkDone[] = [];
  const skipped: number[] = [];
  for (const { ordinal, ticketId } of items) {
    const ticket = tickets.get(ticketId);
    const step = ticket === undefined ? null : bulkStep(ticket, work.change, names);
    if (ticket === undefined || step === null) skipped.push(ordinal);
    else
      done.push({
        ordinal,
        ticketId,
        next: bulkColumns.parse({ ...ticket, ...step.change }),
        before: pick(ticket, step.change),
        after: step.change,
        said: step.said,
      });
  }
  await store.write(id, done, { who: work.by, at, state: 'done' });
  await store.mark(id, skipped, 'skipped');
  await store.progress(id, done.length, skipped.length, at);
  await publishMoves(unit, done, tickets, work.by);
  if (items.length < batch) await store.become(id, 'done', at);
  return items.length === batch;
}

type NameOf = BulkNames['nameOf'];

/** What the story says of queue, category and dates that were given back. */
function saidOfSet(ticket: BulkTicket, back: BulkPart, nameOf: NameOf): Said[] {
  const said: Said[] = [];
  const tell = (field: string, from: string | null, to: string | null): number =>
    said.push({ code: 'set', data: { field, from, to } });
  if (back.team_id !== undefined) tell('team', nameOf(ticket.team_id), nameOf(back.team_id));
  if (back.category_id !== undefined) tell('category', nameOf(ticket.category_id), nameOf(back.category_id));
  if (back.due_at !== undefined) tell('due', ticket.due_at, back.due_at);
  if (back.snoozed_until !== undefined) tell('snooze', ticket.snoozed_until, back.snoozed_until);
  return said;
}

function backOf(item: BulkItem, ticket: BulkTicket | undefined, nameOf: NameOf): BulkDone | null {
  const back = ticket === undefined ? null : bulkBack(ticket, item.before, item.after);
  if (ticket === undefined || back === null) return null;
  const said: Said[] = [];
  if (back.state !== undefined)
    said.push({ code: 'moved', data: { from: ticket.state, to: back.state, why: '', waitingFor: null } });
  if (back.priority !== undefined)
    said.push({ code: 'priority_changed', data: { from: ticket.priority, to: back.priority } });
  if (back.assignee_name !== undefined) said.push({ code: 'assigned', data: { to: back.assignee_name } });
  if (back.tags !== undefined)
    said.push({ code: 'set', data: { field: 'tags', from: ticket.tags.join(' '), to: back.tags.join(' ') } });
  said.push(...saidOfSet(ticket, back, nameOf));
  return {
    ordinal: item.ordinal,
    ticketId: item.ticketId,
    next: bulkColumns.parse({ ...ticket, ...back }),
    before: {},
    after: {},
    said,
  };
}

async function undoBatch(unit: Unit<'desk'>, id: string, work: BulkWork, at: Date): Promise<boolean> {
  const store = bulkStore(unit.db);
  const items = await store.next(id, 'done', batch);
  const tickets = await store.tickets(items.map(({ ticketId }) => ticketId));
  const { nameOf } = await namesFor(unit, {}, work.by, at);
  const back = items.map((item) => ({ item, done: backOf(item, tickets.get(item.ticketId), nameOf) }));
  const done = back.flatMap((one) => (one.done === null ? [] : [one.done]));
  await store.write(id, done, { who: work.by, at, state: 'undone' });
  await store.mark(
    id,
    back.filter((one) => one.done === null).map(({ item }) => item.ordinal),
    'kept',
  );
  await store.progress(id, -items.length, 0, at);
  if (items.length < batch) await store.become(id, 'undone', at);
  return items.length === batch;
}

/** Goes on with a change of many tickets, batch by batch; what another process has in hand is left to it. */
export async function goOn({ transact, clock }: DeskParts, id: string, untilMs = Infinity): Promise<void> {
  const begun = clock.now().getTime();
  for (let more = true; more && clock.now().getTime() - begun < untilMs;) {
    more = await transact(async (unit) => {
      const work = await bulkStore(unit.db).hold(id);
      if (work === null) return false;
      const left = await (work.state === 'undoing' ? undoBatch : doBatch)(unit, id, work, clock.now());
      await unit.live('desk.bulk', id);
      if (!left) await unit.live('desk.ticket', null);
      return left;
    });
  }
}

async function stateOf({ db }: DeskParts, id: string): Promise<BulkState> {
  return (await bulkStore(db).get(id)) ?? Promise.reject(new Refusal('not_found'));
}

/** The tickets that a change of many would make different; nothing is changed. */
export async function previewMany(
  { transact, clock }: DeskParts,
  ids: readonly string[],
  change: BulkChange,
  who: Doer,
): Promise<string[]> {
  if (ids.length > mostTickets) return [...ids];
  return transact(async (unit) => {
    const names = await namesFor(unit, change, who, clock.now());
    const tickets = await bulkStore(unit.db).look(ids);
    return ids.filter((id) => {
      const ticket = tickets.get(id);
      return ticket !== undefined && bulkStep(ticket, change, names) !== null;
    });
  });
}

/** Changes many tickets. What is kept of each before makes it possible to undo it. */
export async function changeMany(
  parts: DeskParts,
  ids: readonly string[],
  change: BulkChange,
  who: Doer,
): Promise<BulkState> {
  if (ids.length > mostTickets) throw new Refusal('too_many_tickets', { count: ids.length, most: mostTickets });
  const id = uuid();
  await parts.transact(async (unit) => {
    const names = await namesFor(unit, change, who, parts.clock.now());
    const missing =
      (typeof change.assigneeId === 'string' && names.assignee === null) ||
      (typeof change.teamId === 'string' && names.team === null) ||
      (typeof change.categoryId === 'string' && names.category === null);
    if (missing) throw new Refusal('not_found');
    await bulkStore(unit.db).start(id, change, [...new Set(ids)], who, parts.clock.now());
  });
  await goOn(parts, id, waitMs);
  return stateOf(parts, id);
}

/** Undoes a change of many tickets, except where somebody has changed the same since. */
export async function undoMany(parts: DeskParts, id: string): Promise<BulkState> {
  const state = await stateOf(parts, id);
  const now = parts.clock.now();
  if (state.state !== 'done') throw new Refusal('not_in_this_state', { state: state.state });
  if (undoUntil(new Date(state.at)) < now) throw new Refusal('undo_too_late');
  await parts.transact((unit) => bulkStore(unit.db).become(id, 'undoing', now));
  await goOn(parts, id, waitMs);
  return stateOf(parts, id);
}
