import { z } from 'zod';
import { priority, ticketKind, ticketState } from '#contract/desk.ts';
import type { BulkChange } from '#contract/desk-words.ts';
import type { Doer } from '#contract/words.ts';
import type { Said } from '../tickets/story-words.ts';
import { isOver, movesOf } from '../tickets/ticket-moves.ts';

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

const iso = (at: string | null | undefined): string | null =>
  typeof at === 'string' ? new Date(at).toISOString() : null;

function mayMove(ticket: BulkTicket, to: BulkTicket['state']): boolean {
  if (to === ticket.state || !movesOf(ticket).includes(to)) return false;
  // What a check opened is not withdrawn, and what is approved or looked back on is looked at one by one.
  if (ticket.alerted && (to === 'cancelled' || to === 'solved')) return false;
  return ticket.kind !== 'change' || (to !== 'approved' && to !== 'resolved');
}

function moved(ticket: BulkTicket, change: NonNullable<BulkChange['move']>, { who, at }: BulkNames): BulkPart | null {
  const { to, reason, waitingFor } = change;
  if (!mayMove(ticket, to)) return null;
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

interface Step {
  readonly change: BulkPart;
  readonly said: readonly Said[];
}

function set(field: string, from: string | null, to: string | null): Said {
  return { code: 'set', data: { field, from, to } };
}

function queueStep(ticket: BulkTicket, change: BulkChange, names: BulkNames): Step[] {
  const steps: Step[] = [];
  const { assigneeId, teamId, categoryId } = change;
  if (assigneeId !== undefined && assigneeId !== ticket.assignee_id) {
    const name = names.assignee?.name ?? null;
    steps.push({
      change: { assignee_id: names.assignee?.id ?? null, assignee_name: name },
      said: [{ code: 'assigned', data: { to: name } }],
    });
  }
  if (teamId !== undefined && teamId !== ticket.team_id)
    steps.push({ change: { team_id: teamId }, said: [set('team', names.nameOf(ticket.team_id), names.team)] });
  if (categoryId !== undefined && categoryId !== ticket.category_id)
    steps.push({
      change: { category_id: categoryId },
      said: [set('category', names.nameOf(ticket.category_id), names.category)],
    });
  return steps;
}

function factStep(ticket: BulkTicket, change: BulkChange): Step[] {
  const steps: Step[] = [];
  const { priority: wanted, dueAt, snoozedUntil } = change;
  if (wanted !== undefined && wanted !== ticket.priority)
    steps.push({
      change: { priority: wanted, priority_by_hand: true },
      said: [{ code: 'priority_changed', data: { from: ticket.priority, to: wanted } }],
    });
  const removed = new Set(change.removeTags);
  const kept = ticket.tags.filter((tag) => !removed.has(tag));
  const tags = [...new Set([...kept, ...(change.addTags ?? [])])].toSorted().slice(0, 30);
  if (tags.join(' ') !== ticket.tags.toSorted().join(' '))
    steps.push({ change: { tags }, said: [set('tags', ticket.tags.join(' '), tags.join(' '))] });
  if (dueAt !== undefined && iso(dueAt) !== ticket.due_at)
    steps.push({ change: { due_at: iso(dueAt) }, said: [set('due', ticket.due_at, iso(dueAt))] });
  if (snoozedUntil !== undefined && iso(snoozedUntil) !== ticket.snoozed_until)
    steps.push({
      change: { snoozed_until: iso(snoozedUntil) },
      said: [set('snooze', ticket.snoozed_until, iso(snoozedUntil))],
    });
  return steps;
}

function moveStep(ticket: BulkTicket, change: BulkChange, names: BulkNames): Step[] {
  const step = change.move === undefined ? null : moved(ticket, change.move, names);
  if (step === null || change.move === undefined) return [];
  const { to, reason } = change.move;
  const data = { from: ticket.state, to, why: reason, waitingFor: step.waiting_for ?? null };
  return [{ change: step, said: [{ code: 'moved', data }] }];
}

/** The fields of one ticket that a change of many makes different, and what its story says; null when it stays as it is. */
export function bulkStep(
  ticket: BulkTicket,
  change: BulkChange,
  names: BulkNames,
): { change: BulkPart; said: Said[] } | null {
  if (isOver(ticket.state) && change.move === undefined) return null;
  const steps = [...queueStep(ticket, change, names), ...factStep(ticket, change), ...moveStep(ticket, change, names)];
  if (steps.length === 0) return null;
  const next: BulkPart = {};
  for (const step of steps) Object.assign(next, step.change);
  return { change: next, said: steps.flatMap(({ said }) => [...said]) };
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What undoing gives back: the fields that are still as the change of many left them. */
export function bulkBack(
  now: BulkColumns,
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): BulkPart | null {
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
