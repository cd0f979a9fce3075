import { v7 as uuid } from 'uuid';
import type { desk } from '#contract/desk-requests.ts';
import type { Doer } from '#contract/words.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { editTicket } from './edit-ticket.ts';
import { listRows } from '../finding/find-tickets.ts';
import { holdTicket, type DeskParts } from './hold-ticket.ts';
import { moveTicket } from './move-ticket.ts';
import { readSheet } from './read-sheet.ts';
import { messageStore } from '../talk/store-messages.ts';
import { storyStore } from './store-story.ts';
import { ticketStore } from './store-tickets.ts';
import { workStore } from './store-work.ts';

/** Who asks, as a story names them. */
export function whoIs(caller: Caller): Doer {
  const { id, name } = actorOf(caller);
  return { kind: 'person', id, name };
}

/** Who looks, and in which language. */
export function readerOf(caller: Caller) {
  return { me: actorOf(caller).id, language: caller.language };
}

type Tickets = Handlers<typeof desk>['tickets'];

type Work = Pick<Tickets, 'plan' | 'watch' | 'link' | 'spend' | 'unspend' | 'checklist'>;

function linkHandlers(parts: DeskParts): Pick<Work, 'plan' | 'watch' | 'link'> {
  const { transact, clock } = parts;
  return {
    async plan({ id, startsAt, endsAt, ...plan }, caller) {
      await transact(async (unit) => {
        const ticket = await holdTicket(unit, id);
        if (ticket.kind !== 'change') throw new Refusal('not_a_change');
        // What was agreed to is not written anew behind the back of whoever agreed.
        if (ticket.state !== 'open') throw new Refusal('not_in_this_state', { state: ticket.state });
        await workStore(unit.db).putPlan(id, {
          ...plan,
          startsAt: startsAt === null ? null : new Date(startsAt),
          endsAt: endsAt === null ? null : new Date(endsAt),
        });
        const said = { code: 'plan_written', data: undefined } as const;
        await storyStore(unit.db).tell(id, { at: clock.now(), who: whoIs(caller), said });
        await unit.live('desk.ticket', id);
      });
      return readSheet(parts, id, readerOf(caller));
    },
    async watch({ id, personId, on }, caller) {
      await transact(async (unit) => {
        await holdTicket(unit, id);
        await workStore(unit.db).watch(id, [personId], on);
        await unit.live('desk.ticket', id);
      });
      return readSheet(parts, id, readerOf(caller));
    },
    async link({ id, kind, otherId, on }, caller) {
      await transact(async (unit) => {
        if (id === otherId) throw new Refusal('ticket_circle');
        await holdTicket(unit, id);
        const other = await ticketStore(unit.db).get(otherId);
        if (other === null) throw new Refusal('not_found');
        if (!(await workStore(unit.db).link(id, kind, otherId, on))) return;
        const said = { code: 'linked', data: { kind, number: other.number, on } } as const;
        await storyStore(unit.db).tell(id, { at: clock.now(), who: whoIs(caller), said });
        await unit.live('desk.ticket', id);
        await unit.live('desk.ticket', otherId);
      });
      return readSheet(parts, id, readerOf(caller));
    },
  };
}

function workHandlers(parts: DeskParts): Pick<Work, 'spend' | 'unspend' | 'checklist'> {
  const { db, transact, clock } = parts;
  return {
    async spend({ id, minutes, note }, caller) {
      const { id: personId, name: personName } = actorOf(caller);
      await transact(async (unit) => {
        await holdTicket(unit, id);
        await workStore(unit.db).spend(id, { personId, personName, minutes, note, at: clock.now() });
        await unit.live('desk.ticket', id);
      });
      return { items: (await workStore(db).times(id)).times };
    },
    async unspend({ id, timeId }, caller) {
      await transact(async (unit) => {
        if (!(await workStore(unit.db).unspend(id, timeId, actorOf(caller).id))) throw new Refusal('not_found');
        await unit.live('desk.ticket', id);
      });
      return { items: (await workStore(db).times(id)).times };
    },
    async checklist({ id, items }, caller) {
      await transact(async (unit) => {
        await holdTicket(unit, id);
        const before = new Map((await workStore(unit.db).checklist(id)).map((item) => [item.id, item]));
        const now = clock.now();
        const next = items.map(({ id: itemId, text, done }) => {
          const known = itemId === undefined ? undefined : before.get(itemId);
          // Who ticked it first stays who did it.
          const doneOn = !done ? null : new Date(known?.doneAt ?? now);
          const doneBy = !done ? null : (known?.doneBy ?? actorOf(caller).name);
          return { id: known?.id ?? uuid(), text, doneOn, doneBy, doneAt: null };
        });
        await workStore(unit.db).putChecklist(id, next);
        await unit.live('desk.ticket', id);
      });
      return { items: await workStore(db).checklist(id) };
    },
  };
}

/** What is asked of tickets of every kind. */
export function moreTicketHandlers(
  parts: DeskParts,
): Pick<Tickets, keyof Work | 'find' | 'sheet' | 'stream' | 'edit' | 'move'> {
  return {
    find: (input, caller) => listRows(parts, input, readerOf(caller)),
    sheet: ({ id }, caller) => readSheet(parts, id, readerOf(caller)),
    async stream({ id, before, limit }, { language }) {
      if ((await ticketStore(parts.db).get(id)) === null) throw new Refusal('not_found');
      return messageStore(parts.db).stream(id, { before, limit }, language);
    },
    async edit({ id, ...edit }, caller) {
      await editTicket(parts, id, edit, whoIs(caller));
      return readSheet(parts, id, readerOf(caller));
    },
    async move({ id, ...move }, caller) {
      await moveTicket(parts, id, move, { who: whoIs(caller), language: caller.language });
      return readSheet(parts, id, readerOf(caller));
    },
    ...linkHandlers(parts),
    ...workHandlers(parts),
  };
}
