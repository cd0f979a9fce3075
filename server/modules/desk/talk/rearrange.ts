import { v7 as uuid } from 'uuid';
import type { TicketKind } from '#contract/desk.ts';
import type { Rearrangement } from '#contract/desk-words.ts';
import { ticketState } from '#contract/desk.ts';
import type { Doer, Language } from '#contract/words.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { holdTicket, type DeskParts } from '../tickets/hold-ticket.ts';
import { messageStore } from './store-messages.ts';
import { rearrangeStore, undoUntil, type KeptRearrangement } from './store-rearrange.ts';
import { searchStore } from '../finding/store-search.ts';
import { storyStore } from '../tickets/store-story.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { workStore } from '../tickets/store-work.ts';

interface By {
  readonly who: Doer;
  readonly at: Date;
  readonly language: Language;
}

async function refresh(unit: Unit<'desk'>, ticketIds: readonly string[]): Promise<void> {
  await rearrangeStore(unit.db).recount(ticketIds);
  await searchStore(unit.db).rebuild(ticketIds);
  for (const id of ticketIds) await unit.live('desk.ticket', id);
}

/** Two tickets, always held in the same order, so that two who merge them crosswise do not wait for each other for ever. */
async function holdBoth(unit: Unit<'desk'>, oneId: string, otherId: string): Promise<[TicketRecord, TicketRecord]> {
  const [first, second] = oneId < otherId ? [oneId, otherId] : [otherId, oneId];
  const held = [await holdTicket(unit, first), await holdTicket(unit, second)] as const;
  return oneId < otherId ? [held[0], held[1]] : [held[1], held[0]];
}

async function mergeOne(
  unit: Unit<'desk'>,
  fromId: string,
  intoId: string,
  { who, at, language }: By,
): Promise<string> {
  const store = rearrangeStore(unit.db);
  if (fromId === intoId) throw new Refusal('ticket_circle');
  const [from, into] = await holdBoth(unit, fromId, intoId);
  if (from.mergedIntoId !== null) throw new Refusal('already_resolved', { number: from.number });
  // What its checks say belongs to its cause: the other one is merged into it instead.
  if (from.alertCount > 0) throw new Refusal('cause_is_open');
  const moved = await store.readElsewhere(fromId, intoId);
  await ticketStore(unit.db).change(fromId, {
    state: 'cancelled',
    resolvedAt: from.resolvedAt ?? at,
    resolvedBy: who,
    snoozedUntil: null,
  });
  await store.mergeInto(fromId, intoId);
  const helped = [from.requesterId, ...(await store.participants(fromId))].filter(
    (id): id is string => id !== null && id !== into.requesterId,
  );
  const participants = await store.participate(intoId, [...new Set(helped)]);
  const watchers = await workStore(unit.db).watch(intoId, await store.watcherIds(fromId), true);
  const id = uuid();
  await store.keep(
    {
      id,
      kind: 'merge',
      fromId,
      toId: intoId,
      messageIds: moved,
      before: {
        state: from.state,
        resolvedAt: from.resolvedAt?.toISOString() ?? null,
        participants,
        watchers,
        homes: {},
      },
      at,
    },
    who,
  );
  const story = storyStore(unit.db);
  const title = (ticket: TicketRecord): string => ticket.title[language];
  await story.tell(fromId, {
    at,
    who,
    said: { code: 'merged_away', data: { number: into.number, title: title(into) } },
  });
  await story.tell(intoId, {
    at,
    who,
    said: { code: 'merged_here', data: { number: from.number, title: title(from), count: moved.length } },
  });
  await refresh(unit, [fromId, intoId]);
  return id;
}

/** Merges tickets into one. What is written to one of them later is read in the one that stayed. */
export async function mergeTickets(
  { db, transact, clock }: DeskParts,
  ids: readonly string[],
  intoId: string,
  { who, language }: { who: Doer; language: Language },
): Promise<Rearrangement[]> {
  const made = await transact(async (unit) => {
    // Into one that was itself merged means into the one that stayed.
    const into = await rearrangeStore(unit.db).rootOf(intoId);
    await holdTicket(unit, into);
    const done: string[] = [];
    for (const id of new Set(ids)) done.push(await mergeOne(unit, id, into, { who, at: clock.now(), language }));
    return done;
  });
  return rearrangeStore(db).some(made, language);
}

async function carry(
  unit: Unit<'desk'>,
  {
    from,
    to,
    messageIds,
    kind,
  }: { from: TicketRecord; to: TicketRecord; messageIds: readonly string[]; kind: 'split' | 'move' },
  { who, at }: By,
): Promise<string> {
  const store = rearrangeStore(unit.db);
  const known = await messageStore(unit.db).among(from.id, messageIds);
  if (known.length !== new Set(messageIds).size) throw new Refusal('not_found');
  const homes = await store.homesOf(known);
  await store.rehome(Object.fromEntries(known.map((id) => [id, to.id])));
  const id = uuid();
  await store.keep(
    {
      id,
      kind,
      fromId: from.id,
      toId: to.id,
      messageIds: known,
      before: { participants: [], watchers: [], homes },
      at,
    },
    who,
  );
  const story = storyStore(unit.db);
  const count = known.length;
  const split = kind === 'split';
  await story.tell(from.id, { at, who, said: { code: 'messages_to', data: { number: to.number, count, split } } });
  await story.tell(to.id, { at, who, said: { code: 'messages_from', data: { number: from.number, count, split } } });
  await refresh(unit, [from.id, to.id]);
  return id;
}

async function one(parts: DeskParts, id: string, language: Language): Promise<Rearrangement> {
  const [made] = await rearrangeStore(parts.db).some([id], language);
  return made ?? Promise.reject(new Refusal('not_found'));
}

/** Makes a ticket of its own of some messages: with the same requester, category and queue. */
export async function splitTicket(
  parts: DeskParts,
  id: string,
  { messageIds, title, kind }: { messageIds: readonly string[]; title: string; kind?: TicketKind | undefined },
  { who, language }: { who: Doer; language: Language },
): Promise<Rearrangement> {
  const at = parts.clock.now();
  const made = await parts.transact(async (unit) => {
    const from = await holdTicket(unit, id);
    const tickets = ticketStore(unit.db);
    const newId = uuid();
    await tickets.add({
      id: newId,
      kind: kind ?? from.kind,
      source: 'hand',
      title: { en: title, fr: title },
      priority: from.priority,
      cause: from.alertCount > 0 ? null : from.cause,
      causeKey: null,
      failingSince: at,
      openedAt: at,
      silenced: false,
    });
    const { requesterId, categoryId, teamId, impact, urgency } = from;
    await tickets.change(newId, { priorityByHand: true, requesterId, categoryId, teamId, impact, urgency });
    const to = await holdTicket(unit, newId);
    return carry(unit, { from, to, messageIds, kind: 'split' }, { who, at, language });
  });
  return one(parts, made, language);
}

/** Moves messages to another ticket. */
export async function moveMessages(
  parts: DeskParts,
  id: string,
  { messageIds, toId }: { messageIds: readonly string[]; toId: string },
  { who, language }: { who: Doer; language: Language },
): Promise<Rearrangement> {
  const made = await parts.transact(async (unit) => {
    const target = await rearrangeStore(unit.db).rootOf(toId);
    if (target === id) throw new Refusal('ticket_circle');
    const [from, to] = await holdBoth(unit, id, target);
    return carry(unit, { from, to, messageIds, kind: 'move' }, { who, at: parts.clock.now(), language });
  });
  return one(parts, made, language);
}

async function undoMerge(
  unit: Unit<'desk'>,
  made: KeptRearrangement,
  { who }: By,
): Promise<{ moved: number; touched: string[] }> {
  const store = rearrangeStore(unit.db);
  const from = await holdTicket(unit, made.fromId);
  if (from.mergedIntoId !== made.toId) throw new Refusal('undo_too_late');
  await store.mergeInto(made.fromId, null);
  const { state, resolvedAt = null } = made.before;
  await ticketStore(unit.db).change(made.fromId, {
    state: ticketState.parse(state),
    resolvedAt: resolvedAt === null ? null : new Date(resolvedAt),
    resolvedBy: resolvedAt === null ? null : who,
  });
  await store.unparticipate(made.toId, made.before.participants);
  await workStore(unit.db).watch(made.toId, made.before.watchers, false);
  return store.settle(made.fromId);
}

async function undoCarry(
  unit: Unit<'desk'>,
  made: KeptRearrangement,
  { who, at }: By,
): Promise<{ moved: number; touched: string[] }> {
  const store = rearrangeStore(unit.db);
  const now = await store.homesOf(made.messageIds);
  // A message that somebody has carried on since stays where it is.
  const back = Object.fromEntries(Object.entries(made.before.homes).filter(([id]) => now[id] === made.toId));
  await store.rehome(back);
  if (made.kind === 'split') {
    const to = await holdTicket(unit, made.toId);
    await store.rehomeAll(made.toId, made.fromId);
    await ticketStore(unit.db).change(made.toId, {
      state: 'cancelled',
      resolvedAt: to.resolvedAt ?? at,
      resolvedBy: who,
    });
    await store.mergeInto(made.toId, made.fromId);
  }
  const settled = await store.settle(made.fromId);
  return { moved: Object.keys(back).length + settled.moved, touched: [made.fromId, made.toId, ...settled.touched] };
}

/** Undoes a merge, split or move: each message goes back to where it belongs, those that came after too. */
export async function undoRearrangement(
  parts: DeskParts,
  id: string,
  { who, language }: { who: Doer; language: Language },
): Promise<Rearrangement> {
  const at = parts.clock.now();
  await parts.transact(async (unit) => {
    const store = rearrangeStore(unit.db);
    const made = await store.hold(id);
    if (made === null) throw new Refusal('not_found');
    if (made.undoneAt !== null || undoUntil(made.at) < at) throw new Refusal('undo_too_late');
    const [from, to] = await holdBoth(unit, made.fromId, made.toId);
    const by = { who, at, language };
    const { moved, touched } =
      made.kind === 'merge' ? await undoMerge(unit, made, by) : await undoCarry(unit, made, by);
    await store.undone(id, at);
    const story = storyStore(unit.db);
    const said = (number: number) => ({ code: 'put_back', data: { number, kind: made.kind, count: moved } }) as const;
    await story.tell(from.id, { at, who, said: said(to.number) });
    await story.tell(to.id, { at, who, said: said(from.number) });
    await refresh(unit, [...new Set([from.id, to.id, ...touched])]);
  });
  return one(parts, id, language);
}
