import { z } from 'zod';
import { priority, ticketKind, ticketState } from '#contract/desk.ts';
import type { BulkChange } from '#contract/desk-words.ts';
import type { Doer } from '#contract/words.ts';
import type { Said } from './story-words.ts';
import { isOver, movesOf } from './ticket-moves.ts';

/** What of a ticket a change of many can touch, as it lies in the database. */
export const bulkColumns = z.object({
  state: ticketState,
  priority,
  priority_by_hand: z.boolean(),
  assignee_id: z.string().nullable(),
  assignee_name: z.string().nullable(),
  team_id: z.string().nullable(),
  category_id: z.string().nullable(),
  tags: z.array(z.string()),
  due_at: z.string().nullable(),
  snoozed_until: z.string().nullable(),
  waiting_for: z.string().nullable(),
  waiting_reason: z.string(),
  resolved_at: z.string().nullable(),
  resolved_by_id: z.string().nullable(),
  resolved_by_name: z.string().nullable(),
  cause_text: z.string(),
  remedy_text: z.string(),
});
export type BulkColumns = z.infer<typeof bulkColumns>;
export const bulkPart = bulkColumns.partial();
export type BulkPart = z.infer<typeof bulkPart>;
export const bulkTicket = bulkColumns.extend({
  id: z.string(),
  number: z.number(),
  kind: ticketKind,
  alerted: z.boolean(),
  emergency: z.boolean(),
});
export type BulkTicket = z.infer<typeof bulkTicket>;

/** What the ids of a change of many stand for, looked up once. */
export interface BulkNames {
  readonly assignee: Doer | null;
  readonly team: string | null;
  readonly category: string | null;
  readonly who: Doer;
  readonly at: Date;
  readonly nameOf: (id: string | null) => string | null;
}

const iso = (at: string | null | undefined): string | null => (at == null ? null : new Date(at).toISOString());

function moved(ticket: BulkTicket, change: NonNullable<BulkChange['move']>, { who, at }: BulkNames): BulkPart | null {
  const { to, reason, waitingFor } = change;
  if (to === ticket.state || !movesOf(ticket).includes(to)) return null;
  // What a check opened is not withdrawn, and what was withdrawn or approved is looked at one by one.
  if (ticket.alerted && (to === 'cancelled' || to === 'solved')) return null;
  if (ticket.kind === 'change' && (to === 'approved' || to === 'resolved')) return null;
  const needsCause = to === 'resolved' && (ticket.kind === 'incident' || ticket.kind === 'problem');
  if (needsCause && (change.causeText ?? ticket.cause_text) === '') return null;
  return {
    state: to,
    waiting_for: to === 'waiting' ? (waitingFor ?? 'other') : null,
    waiting_reason: to === 'waiting' ? reason : '',
    resolved_at: isOver(to) ? at.toISOString() : null,
    resolved_by_id: isOver(to) ? who.id : null,
    resolved_by_name: isOver(to) ? who.name : null,
    ...(needsCause
      ? { cause_text: change.causeText ?? ticket.cause_text, remedy_text: change.remedyText ?? ticket.remedy_text }
      : {}),
  };
}

/** The fields of one ticket that a change of many makes different, and what its story says; null when it stays as it is. */
export function bulkStep(
  ticket: BulkTicket,
  change: BulkChange,
  names: BulkNames,
): { change: BulkPart; said: Said[] } | null {
  if (isOver(ticket.state) && change.move === undefined) return null;
  const said: Said[] = [];
  const next: BulkPart = {};
  const tell = (field: string, from: string | null, to: string | null): void => {
    said.push({ code: 'set', data: { field, from, to } });
  };
  if (change.assigneeId !== undefined && change.assigneeId !== ticket.assignee_id) {
    Object.assign(next, { assignee_id: names.assignee?.id ?? null, assignee_name: names.assignee?.name ?? null });
    said.push({ code: 'assigned', data: { to: names.assignee?.name ?? null } });
  }
  if (change.teamId !== undefined && change.teamId !== ticket.team_id) {
    next.team_id = change.teamId;
    tell('team', names.nameOf(ticket.team_id), names.team);
  }
  if (change.categoryId !== undefined && change.categoryId !== ticket.category_id) {
    next.category_id = change.categoryId;
    tell('category', names.nameOf(ticket.category_id), names.category);
  }
  if (change.priority !== undefined && change.priority !== ticket.priority) {
    Object.assign(next, { priority: change.priority, priority_by_hand: true });
    said.push({ code: 'priority_changed', data: { from: ticket.priority, to: change.priority } });
  }
  const removed = new Set(change.removeTags);
  const tags = [...new Set([...ticket.tags.filter((tag) => !removed.has(tag)), ...(change.addTags ?? [])])].toSorted();
  if (tags.join(' ') !== ticket.tags.toSorted().join(' ')) {
    next.tags = tags.slice(0, 30);
    tell('tags', ticket.tags.join(' '), tags.join(' '));
  }
  if (change.dueAt !== undefined && iso(change.dueAt) !== ticket.due_at) {
    next.due_at = iso(change.dueAt);
    tell('due', ticket.due_at, next.due_at);
  }
  if (change.snoozedUntil !== undefined && iso(change.snoozedUntil) !== ticket.snoozed_until) {
    next.snoozed_until = iso(change.snoozedUntil);
    tell('snooze', ticket.snoozed_until, next.snoozed_until);
  }
  if (change.move !== undefined) {
    const step = moved(ticket, change.move, names);
    if (step !== null) {
      Object.assign(next, step);
      const data = {
        from: ticket.state,
        to: change.move.to,
        why: change.move.reason,
        waitingFor: step.waiting_for ?? null,
      };
      said.push({ code: 'moved', data });
    }
  }
  return said.length === 0 ? null : { change: next, said };
}

/** What undoing gives back: the fields that are still as the change of many left them. */
export function bulkBack(
  now: BulkColumns,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): BulkPart | null {
  const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
  const back = Object.entries(after).filter(([key, value]) => same(Reflect.get(now, key), value));
  // A state and what belongs to it go back together or not at all.
  const stateKept = 'state' in after && !same(now.state, after['state']);
  const ofState = new Set([
    'state',
    'waiting_for',
    'waiting_reason',
    'resolved_at',
    'resolved_by_id',
    'resolved_by_name',
  ]);
  const fields = back.filter(([key]) => !(stateKept && ofState.has(key))).map(([key]) => [key, before[key]] as const);
  return fields.length === 0 ? null : bulkColumns.partial().parse(Object.fromEntries(fields));
}
