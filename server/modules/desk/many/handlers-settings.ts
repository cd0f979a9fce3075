import type { desk } from '#contract/desk-requests.ts';
import type { Requester } from '#contract/desk-words.ts';
import type { Language } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { readerOf, whoIs } from '../tickets/handlers-tickets.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { readSheet } from '../tickets/read-sheet.ts';
import { requesterStore } from '../tickets/store-requesters.ts';
import { mostCategories, settingStore } from './store-settings.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { fillTemplate } from './template-words.ts';
import { applyTemplate } from './apply-template.ts';

type Desk = Handlers<typeof desk>;

function viewHandlers({ db, transact }: DeskParts): Desk['views'] {
  return {
    list: (input, caller) => settingStore(db).views(actorOf(caller).id, input),
    async put(input, caller) {
      const { id: ownerId, name: owner } = actorOf(caller);
      await transact(async (unit) => {
        const store = settingStore(unit.db);
        const holder = await store.ownerOfView(input.id);
        if (holder !== null && holder !== ownerId) throw new Refusal('not_yours');
        await store.putView(input, { id: ownerId, name: owner });
        await unit.live('desk.view', input.id);
      });
      return { ...input, mine: true, owner };
    },
    async remove({ id }, caller) {
      await transact(async (unit) => {
        const holder = await settingStore(unit.db).ownerOfView(id);
        if (holder === null) throw new Refusal('not_found');
        if (holder !== actorOf(caller).id) throw new Refusal('not_yours');
        await settingStore(unit.db).removeView(id);
        await unit.live('desk.view', id);
      });
      return {};
    },
  };
}

function firstName(name: string): string {
  return name.split(/\s+/u)[0] ?? name;
}

async function filled(
  { db, clock }: DeskParts,
  { templateId, ticketId, asked }: { templateId: string; ticketId: string; asked: Language | undefined },
  { me, operator, language: mine }: { me: string; operator: string; language: Language },
) {
  const template = await settingStore(db).template(templateId, me);
  const ticket = await ticketStore(db).get(ticketId);
  if (template === null || ticket === null) throw new Refusal('not_found');
  const requester = ticket.requesterId === null ? null : await requesterStore(db).get(ticket.requesterId);
  const language = asked ?? requester?.language ?? mine;
  const { text, missing } = fillTemplate(template.body[language], {
    'requester.name': requester?.name ?? '',
    'requester.firstname': firstName(requester?.name ?? ''),
    'ticket.number': String(ticket.number),
    'ticket.title': ticket.title[language],
    'ticket.thing': ticket.cause?.name ?? '',
    'operator.name': operator,
    'operator.firstname': firstName(operator),
    today: clock.now().toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', { dateStyle: 'long' }),
  });
  return { body: text, language, missing };
}

function templateHandlers(parts: DeskParts): Desk['templates'] {
  const { db, transact } = parts;
  return {
    list: (input, caller) => settingStore(db).templates(actorOf(caller).id, input),
    async put(input, caller) {
      const { id: ownerId } = actorOf(caller);
      await transact(async ({ db: trx }) => {
        const holder = await settingStore(trx).ownerOfTemplate(input.id);
        if (holder !== null && holder !== ownerId) throw new Refusal('not_yours');
        await settingStore(trx).putTemplate(input, ownerId);
      });
      return { ...input, mine: true };
    },
    async remove({ id }, caller) {
      await transact(async ({ db: trx }) => {
        const holder = await settingStore(trx).ownerOfTemplate(id);
        if (holder === null) throw new Refusal('not_found');
        if (holder !== actorOf(caller).id) throw new Refusal('not_yours');
        await settingStore(trx).removeTemplate(id);
      });
      return {};
    },
    filled: ({ id, ticketId, language }, caller) =>
      filled(
        parts,
        { templateId: id, ticketId, asked: language },
        { ...readerOf(caller), operator: actorOf(caller).name },
      ),
    async use({ id, ticketId }, caller) {
      await applyTemplate(parts, { templateId: id, ticketId }, { who: whoIs(caller), language: caller.language });
      return readSheet(parts, ticketId, readerOf(caller));
    },
  };
}

function categoryHandlers({ db, transact }: DeskParts): Desk['categories'] {
  return {
    list: async () => ({ items: await settingStore(db).categories() }),
    async put(input) {
      await transact(async ({ db: trx }) => {
        const store = settingStore(trx);
        const all = new Map((await store.categories()).map((one) => [one.id, one]));
        if (!all.has(input.id) && all.size >= mostCategories) throw new Refusal('desk_full', { most: mostCategories });
        if (input.parentId !== null && !all.has(input.parentId)) throw new Refusal('not_found');
        if (input.teamId !== null && (await store.team(input.teamId)) === null) throw new Refusal('not_found');
        // Up the tree from its parent one must not meet itself.
        for (let up = input.parentId, steps = 0; up !== null && steps <= all.size; steps++) {
          if (up === input.id) throw new Refusal('ticket_circle');
          up = all.get(up)?.parentId ?? null;
        }
        await store.putCategory(input);
      });
      return input;
    },
  };
}

async function keepRequester(
  { transact, clock }: DeskParts,
  input: Omit<Requester, 'name'> & { readonly name?: string | undefined },
): Promise<Requester> {
  return transact(async ({ db }) => {
    const store = requesterStore(db);
    const known = await store.get(input.id);
    if (input.personId !== null && known === null) {
      const id = await store.ensurePerson(input.personId, clock.now());
      const made = id === null ? null : await store.get(id);
      if (made === null) throw new Refusal('not_found');
      return made;
    }
    const name = input.name ?? known?.name;
    if (name === undefined) throw new Refusal('bad_input', {}, [{ path: 'name', reason: 'one_line' }]);
    const next = { ...input, personId: known?.personId ?? input.personId, name };
    if (!(await store.put(next, clock.now()))) throw new Refusal('mail_taken', { mail: input.mail ?? '' });
    return next;
  });
}

/** What is asked of views, templates, categories and requesters. */
export function settingHandlers(parts: DeskParts): Pick<Desk, 'views' | 'templates' | 'categories' | 'requesters'> {
  const { db } = parts;
  return {
    views: viewHandlers(parts),
    templates: templateHandlers(parts),
    categories: categoryHandlers(parts),
    requesters: {
      list: async ({ search, limit }) => ({ items: await requesterStore(db).search(search, limit) }),
      get: async ({ id }) => (await requesterStore(db).get(id)) ?? Promise.reject(new Refusal('not_found')),
      put: (input) => keepRequester(parts, input),
    },
  };
}
