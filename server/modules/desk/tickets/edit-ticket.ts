import type { TicketEdit } from '#contract/desk-words.ts';
import type { Doer, NamedThing } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { changeOf } from './handle-ticket.ts';
import { holdOpen, type DeskParts } from './hold-ticket.ts';
import { priorityFrom } from './priority.ts';
import { requesterStore } from './store-requesters.ts';
import { searchStore } from '../finding/store-search.ts';
import { settingStore } from '../many/store-settings.ts';
import { storyStore } from './store-story.ts';
import { ticketStore, type TicketChange, type TicketRecord } from './store-tickets.ts';
import { workStore } from './store-work.ts';
import type { Said } from './story-words.ts';
import { stateAs } from './ticket-moves.ts';

/** What a wanted edit comes to: the columns that change, and what the story says of each. */
interface Step {
  readonly change: TicketChange;
  readonly said: readonly Said[];
}

const none: Step = { change: {}, said: [] };

function setting(field: string, from: string | null, to: string | null): Said {
  return { code: 'set', data: { field, from, to } };
}

/** The priority after an edit: a person's own choice with its reason, else what impact and urgency give. */
export function priorityStep(
  ticket: Pick<TicketRecord, 'priority' | 'priorityByHand' | 'priorityReason' | 'impact' | 'urgency'>,
  edit: Pick<TicketEdit, 'priority' | 'priorityReason' | 'impact' | 'urgency'>,
): Step {
  const impact = edit.impact === undefined ? ticket.impact : edit.impact;
  const urgency = edit.urgency === undefined ? ticket.urgency : edit.urgency;
  const said: Said[] = [];
  let change: TicketChange = {};
  if (impact !== ticket.impact) {
    change = { ...change, impact };
    said.push(setting('impact', ticket.impact, impact));
  }
  if (urgency !== ticket.urgency) {
    change = { ...change, urgency };
    said.push(setting('urgency', ticket.urgency, urgency));
  }
  const byMatrix = priorityFrom(impact, urgency);
  const weighed = impact !== null || urgency !== null;
  return chosenPriority(ticket, edit, { change, said, byMatrix, weighed });
}

function chosenPriority(
  ticket: Pick<TicketRecord, 'priority' | 'priorityByHand' | 'priorityReason'>,
  edit: Pick<TicketEdit, 'priority' | 'priorityReason'>,
  before: { change: TicketChange; said: Said[]; byMatrix: TicketRecord['priority']; weighed: boolean },
): Step {
  const { change, said, byMatrix, weighed } = before;
  if (edit.priority !== undefined && edit.priority !== null) {
    const reason = edit.priorityReason?.trim() ?? '';
    // Against impact and urgency one has a reason.
    if (weighed && edit.priority !== byMatrix && reason === '') throw new Refusal('reason_missing');
    if (edit.priority === ticket.priority && reason === ticket.priorityReason) return { change, said };
    said.push(
      reason === ''
        ? { code: 'priority_changed', data: { from: ticket.priority, to: edit.priority } }
        : { code: 'priority_reasoned', data: { from: ticket.priority, to: edit.priority, reason } },
    );
    return { change: { ...change, priority: edit.priority, priorityByHand: true, priorityReason: reason }, said };
  }
  const freed = edit.priority === null;
  const derived = freed || (weighed && (!ticket.priorityByHand || ticket.priorityReason === '') && said.length > 0);
  if (!derived) return { change, said };
  if (byMatrix !== ticket.priority)
    said.push({ code: 'priority_changed', data: { from: ticket.priority, to: byMatrix } });
  return { change: { ...change, priority: byMatrix, priorityByHand: false, priorityReason: '' }, said };
}

async function peopleStep({ db }: Unit<'desk'>, ticket: TicketRecord, edit: TicketEdit): Promise<Step> {
  const said: Said[] = [];
  let change: TicketChange = {};
  const { requesterId, assigneeId } = edit;
  if (requesterId !== undefined && requesterId !== ticket.requesterId) {
    const requesters = requesterStore(db);
    const to = requesterId === null ? null : await requesters.get(requesterId);
    if (requesterId !== null && to === null) throw new Refusal('not_found');
    const from = ticket.requesterId === null ? null : await requesters.get(ticket.requesterId);
    change = { ...change, requesterId };
    said.push(setting('requester', from?.name ?? null, to?.name ?? null));
  }
  if (assigneeId !== undefined && assigneeId !== (ticket.assignee?.id ?? null)) {
    const to = assigneeId === null ? null : await storyStore(db).assignable(assigneeId);
    if (assigneeId !== null && to === null) throw new Refusal('not_found');
    change = { ...change, assignee: to };
    said.push({ code: 'assigned', data: { to: to?.name ?? null } });
  }
  return { change, said };
}

async function queueStep({ db }: Unit<'desk'>, ticket: TicketRecord, edit: TicketEdit): Promise<Step> {
  const settings = settingStore(db);
  const said: Said[] = [];
  let change: TicketChange = {};
  const { categoryId, teamId } = edit;
  if (categoryId !== undefined && categoryId !== ticket.categoryId) {
    const to = categoryId === null ? null : await settings.category(categoryId);
    if (categoryId !== null && to === null) throw new Refusal('not_found');
    const from = ticket.categoryId === null ? null : await settings.category(ticket.categoryId);
    // Its queue comes along where the ticket has none yet.
    const team = ticket.teamId === null && teamId === undefined ? (to?.teamId ?? null) : null;
    change = { ...change, categoryId, ...(team === null ? {} : { teamId: team }) };
    said.push(setting('category', from?.name.fr ?? null, to?.name.fr ?? null));
  }
  return { change, said };
}

async function teamStep({ db }: Unit<'desk'>, ticket: TicketRecord, { teamId }: TicketEdit): Promise<Step> {
  if (teamId === undefined || teamId === ticket.teamId) return none;
  const settings = settingStore(db);
  const to = teamId === null ? null : await settings.team(teamId);
  if (teamId !== null && to === null) throw new Refusal('not_found');
  const from = ticket.teamId === null ? null : await settings.team(ticket.teamId);
  return { change: { teamId }, said: [setting('team', from?.name ?? null, to?.name ?? null)] };
}

function tagStep(ticket: TicketRecord, { tags }: TicketEdit): Step {
  const wanted = tags === undefined ? null : [...new Set(tags)].toSorted();
  if (wanted === null || wanted.join(' ') === ticket.tags.toSorted().join(' ')) return none;
  return { change: { tags: wanted }, said: [setting('tags', ticket.tags.join(' '), wanted.join(' '))] };
}

const moment = (at: Date | null): string | null => at?.toISOString() ?? null;

function timeStep(ticket: TicketRecord, edit: TicketEdit): Step {
  const said: Said[] = [];
  let change: TicketChange = {};
  if (edit.dueAt !== undefined) {
    const dueAt = edit.dueAt === null ? null : new Date(edit.dueAt);
    if (moment(dueAt) !== moment(ticket.dueAt)) {
      change = { ...change, dueAt };
      said.push(setting('due', moment(ticket.dueAt), moment(dueAt)));
    }
  }
  if (edit.snoozedUntil !== undefined) {
    const snoozedUntil = edit.snoozedUntil === null ? null : new Date(edit.snoozedUntil);
    if (moment(snoozedUntil) !== moment(ticket.snoozedUntil)) {
      change = { ...change, snoozedUntil };
      said.push(setting('snooze', moment(ticket.snoozedUntil), moment(snoozedUntil)));
    }
  }
  if (edit.workaround !== undefined && edit.workaround !== ticket.workaround) {
    change = { ...change, workaround: edit.workaround };
    said.push(setting('workaround', null, edit.workaround));
  }
  return { change, said };
}

const shown = (one: TicketRecord | null): string | null => (one === null ? null : `#${one.number}`);

async function placeStep({ db }: Unit<'desk'>, ticket: TicketRecord, edit: TicketEdit): Promise<Step> {
  const { parentId } = edit;
  if (parentId === undefined || parentId === ticket.parentId) return none;
  const tickets = ticketStore(db);
  const to = parentId === null ? null : await tickets.get(parentId);
  if (parentId !== null && to === null) throw new Refusal('not_found');
  if (parentId !== null && (await workStore(db).liesAbove(ticket.id, parentId))) throw new Refusal('ticket_circle');
  const from = ticket.parentId === null ? null : await tickets.get(ticket.parentId);
  return { change: { parentId }, said: [setting('parent', shown(from), shown(to))] };
}

function kindStep(ticket: TicketRecord, edit: TicketEdit): Step {
  const { kind } = edit;
  if (kind === undefined || kind === ticket.kind) return none;
  if (ticket.alertCount > 0) throw new Refusal('cause_is_open');
  return { change: { kind, state: stateAs(kind, ticket.state) }, said: [setting('kind', ticket.kind, kind)] };
}

function thingStep(ticket: TicketRecord, edit: TicketEdit, thing: NamedThing | null): Step {
  if (edit.thing === undefined || (ticket.cause?.id ?? null) === (thing?.id ?? null)) return none;
  // What its alerts come from is found by the watch.
  if (ticket.alertCount > 0) throw new Refusal('cause_is_open');
  return { change: { cause: thing }, said: [setting('thing', ticket.cause?.name ?? null, thing?.name ?? null)] };
}

/** Sets what is known of a ticket; each difference stands in its story. */
export async function editTicket(
  { transact, clock, needs }: DeskParts,
  id: string,
  edit: TicketEdit,
  who: Doer,
): Promise<void> {
  const wanted = edit.thing ?? null;
  const [thing = null] = wanted === null ? [] : await needs.namedThings([wanted]);
  if (wanted !== null && thing === null) throw new Refusal('not_found');
  await transact(async (unit) => {
    const ticket = await holdOpen(unit, id);
    const { title, causeText, remedyText } = edit;
    const plain = changeOf(ticket, { title, causeText, remedyText });
    const steps: readonly Step[] = [
      plain,
      kindStep(ticket, edit),
      priorityStep(ticket, edit),
      await peopleStep(unit, ticket, edit),
      await queueStep(unit, ticket, edit),
      await teamStep(unit, ticket, edit),
      tagStep(ticket, edit),
      timeStep(ticket, edit),
      await placeStep(unit, ticket, edit),
      thingStep(ticket, edit, thing),
    ];
    const said = steps.flatMap((step) => step.said);
    const change: TicketChange = {};
    for (const step of steps) Object.assign(change, step.change);
    if (Object.keys(change).length === 0) return;
    await ticketStore(unit.db).change(id, change);
    const at = clock.now();
    for (const one of said) await storyStore(unit.db).tell(id, { at, who, said: one });
    await searchStore(unit.db).rebuild([id]);
    await unit.live('desk.ticket', id);
  });
}
