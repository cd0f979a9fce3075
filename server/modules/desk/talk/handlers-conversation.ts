import { v7 as uuid } from 'uuid';
import type { desk } from '#contract/desk-requests.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { readerOf, whoIs } from '../tickets/handlers-tickets.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { keepDraft } from './keep-draft.ts';
import { mergeTickets, moveMessages, splitTicket, undoRearrangement } from './rearrange.ts';
import { say } from './say-message.ts';
import { draftStore } from './store-drafts.ts';
import { fileStore } from './store-files.ts';
import { mentionStore } from './store-mentions.ts';
import { messageStore } from './store-messages.ts';
import { ticketStore } from '../tickets/store-tickets.ts';
import { largestFileBytes } from './take-file.ts';

type Desk = Handlers<typeof desk>;

/** So long is believed that somebody is still there who said so; screens say it again three times as often. */
const presenceMs = 45_000;

function draftHandlers(parts: DeskParts): Pick<Desk, 'drafts' | 'presence'> {
  const { db, transact, clock } = parts;
  return {
    drafts: {
      list: async (_input, caller) => ({
        items: await draftStore(db).ofPerson(actorOf(caller).id, caller.language),
      }),
      save: ({ id, ...saving }, caller) => keepDraft(parts, id, actorOf(caller).id, saving),
      async end({ id }, caller) {
        const ended = await transact(({ db: trx }) => draftStore(trx).end(id, actorOf(caller).id, clock.now()));
        if (!ended) throw new Refusal('not_found');
        return {};
      },
    },
    presence: {
      async say({ id, device, doing }, caller) {
        const { id: personId, name } = actorOf(caller);
        const now = clock.now();
        const items = await transact(async (unit) => {
          const store = draftStore(unit.db);
          const who = { ticketId: id, personId, device, name };
          if (doing === 'leaves') {
            await store.leave(id, personId, device);
            await unit.live('desk.presence', id);
          } else if (await store.say(who, doing, { now, until: new Date(now.getTime() + presenceMs) }))
            await unit.live('desk.presence', id);
          return store.present(id, personId, now);
        });
        return { items };
      },
    },
  };
}

function fileHandlers(parts: DeskParts): Pick<Desk, 'attachments'> {
  const { db, transact, clock } = parts;
  return {
    attachments: {
      async begin({ id, name, sizeBytes }, caller) {
        if (sizeBytes > largestFileBytes) throw new Refusal('too_large', { limit: '150 MiB' });
        if ((await ticketStore(db).get(id)) === null) throw new Refusal('not_found');
        const attachmentId = uuid();
        const { id: byId, name: byName } = actorOf(caller);
        await transact(({ db: trx }) =>
          fileStore(trx).announce({ id: attachmentId, ticketId: id, name, at: clock.now(), byId, byName }),
        );
        return { attachmentId, path: `/files/${attachmentId}` };
      },
      async remove({ id }, caller) {
        const file = await fileStore(db).announced(id);
        if (file === null || file.addedById !== actorOf(caller).id) throw new Refusal('not_found');
        if (file.sent) throw new Refusal('not_in_this_state');
        await transact(({ db: trx }) => fileStore(trx).remove(id));
        return {};
      },
      async list({ id }) {
        if ((await ticketStore(db).get(id)) === null) throw new Refusal('not_found');
        return fileStore(db).ofTicket(id);
      },
    },
  };
}

const by = (caller: Caller) => ({ who: whoIs(caller), language: caller.language });

/** What is asked of the conversation: messages, drafts, presence, files, merging and splitting. */
export function conversationHandlers(
  parts: DeskParts,
): Pick<Desk, 'messages' | 'mentions' | 'drafts' | 'presence' | 'attachments' | 'merges'> {
  const { db, transact, clock } = parts;
  return {
    messages: {
      add: ({ id, ...saying }, caller) =>
        say(parts, id, { ...saying, channel: saying.asRequester ? 'phone' : 'screen' }, by(caller)),
      take: ({ id, ...which }, caller) => moveMessages(parts, id, which, by(caller)),
    },
    mentions: {
      list: async (_input, caller) => ({ items: await mentionStore(db).unseen(readerOf(caller)) }),
      async see({ ticketId }, caller) {
        await transact(({ db: trx }) => messageStore(trx).seeMentions(ticketId, actorOf(caller).id, clock.now()));
        return {};
      },
    },
    ...draftHandlers(parts),
    ...fileHandlers(parts),
    merges: {
      merge: async ({ ids, intoId }, caller) => ({ items: await mergeTickets(parts, ids, intoId, by(caller)) }),
      split: ({ id, ...which }, caller) => splitTicket(parts, id, which, by(caller)),
      undo: ({ id }, caller) => undoRearrangement(parts, id, by(caller)),
    },
  };
}
