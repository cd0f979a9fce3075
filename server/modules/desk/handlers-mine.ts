import type { desk } from '#contract/desk-requests.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { whoIs } from './handlers-tickets.ts';
import type { DeskParts } from './hold-ticket.ts';
import { openIn } from './open-ticket.ts';
import { sayIn } from './say-message.ts';
import { messageStore } from './store-messages.ts';
import { mineStore } from './store-mine.ts';
import { requesterStore } from './store-requesters.ts';

/** The public conversation shows so many messages. */
const mostMessages = 200;

/** What is one's own: tickets of which one is the requester. Whose they are is decided in the query itself. */
export function mineHandlers(parts: DeskParts): Handlers<typeof desk>['mine'] {
  const { db, transact, clock } = parts;
  const one = async (id: string, caller: Caller) =>
    (await mineStore(db).get(id, actorOf(caller).id, caller.language)) ?? Promise.reject(new Refusal('not_found'));
  return {
    list: (input, caller) => mineStore(db).list(input, actorOf(caller).id, caller.language),
    async get({ id }, caller) {
      const ticket = await one(id, caller);
      return { ...ticket, ...(await messageStore(db).publicStream(id, mostMessages)) };
    },
    async ask(input, caller) {
      const { id: personId } = actorOf(caller);
      const id = await transact(async (unit) => {
        const at = clock.now();
        const requesterId = await requesterStore(unit.db).ensurePerson(personId, at);
        const asked = {
          ...input,
          description: input.text,
          cause: null,
          requesterId,
          teamId: null,
          assigneeId: null,
          tags: [],
          dueAt: null,
          source: 'portal' as const,
        };
        return openIn(unit, { asked, cause: null, who: whoIs(caller), at });
      });
      // An id that was somebody else's is not told to be there.
      return one(id, caller);
    },
    async answer({ id, messageId, body }, caller) {
      await one(id, caller);
      const saying = {
        messageId,
        visibility: 'public' as const,
        format: 'plain' as const,
        body,
        channel: 'portal' as const,
        attachmentIds: [],
        mentionIds: [],
        asRequester: true,
      };
      const written = await transact((unit) =>
        sayIn(unit, id, { saying, who: whoIs(caller), at: clock.now(), language: caller.language }),
      );
      return (await messageStore(db).get(written)) ?? Promise.reject(new Refusal('not_found'));
    },
  };
}
