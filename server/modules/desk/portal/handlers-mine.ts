import { v7 as uuid } from 'uuid';
import type { desk } from '#contract/desk-requests.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { whoIs } from '../tickets/handlers-tickets.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { knownOutages } from './known-outages.ts';
import { openIn } from '../tickets/open-ticket.ts';
import { sayIn } from '../talk/say-message.ts';
import { fileStore } from '../talk/store-files.ts';
import { messageStore } from '../talk/store-messages.ts';
import { mineStore } from './store-mine.ts';
import { requesterStore } from '../tickets/store-requesters.ts';
import { satisfactionStore } from './store-satisfaction.ts';
import { settingStore } from '../many/store-settings.ts';
import { storyStore } from '../tickets/store-story.ts';
import { largestFileBytes } from '../talk/take-file.ts';

/** The public conversation shows so many messages. */
const mostMessages = 100;

/** A ticket of one's own. */
const oneOf =
  ({ db }: DeskParts) =>
  async (id: string, caller: Caller) =>
    (await mineStore(db).get(id, actorOf(caller).id, caller.language)) ?? Promise.reject(new Refusal('not_found'));

type Mine = Handlers<typeof desk>['mine'];

/** What is done beside asking and answering. */
function besideHandlers(
  parts: DeskParts,
  one: ReturnType<typeof oneOf>,
): Pick<Mine, 'attach' | 'rate' | 'categories' | 'outages'> {
  const { db, transact, clock } = parts;
  return {
    async attach({ id, name, sizeBytes }, caller) {
      if (sizeBytes > largestFileBytes) throw new Refusal('too_large', { limit: '150 MiB' });
      await one(id, caller);
      const attachmentId = uuid();
      const { id: byId, name: byName } = actorOf(caller);
      await transact(({ db: trx }) =>
        fileStore(trx).announce({ id: attachmentId, ticketId: id, name, at: clock.now(), byId, byName }),
      );
      return { attachmentId, path: `/files/${attachmentId}` };
    },
    async rate({ id, score, comment }, caller) {
      const ticket = await one(id, caller);
      if (!ticket.mayRate) throw new Refusal('not_in_this_state', { state: ticket.state });
      await transact(async (unit) => {
        if (!(await satisfactionStore(unit.db).say(id, score, comment, clock.now())))
          throw new Refusal('not_in_this_state', { state: ticket.state });
        await storyStore(unit.db).tell(id, {
          at: clock.now(),
          who: whoIs(caller),
          said: { code: 'rated', data: { score, comment } },
        });
        await unit.live('desk.ticket', id);
      });
      return one(id, caller);
    },
    categories: async (_input, { language }) => ({
      items: (await settingStore(db).categories())
        .filter(({ active }) => active)
        .map(({ id, name }) => ({ id, name: name[language] })),
    }),
    outages: async (_input, caller) => ({ items: await knownOutages(parts, actorOf(caller).id) }),
  };
}

/** What is one's own: tickets of which one is the requester. Whose they are is decided in the query itself. */
export function mineHandlers(parts: DeskParts): Handlers<typeof desk>['mine'] {
  const { db, transact, clock } = parts;
  const one = oneOf(parts);
  return {
    list: (input, caller) => mineStore(db).list(input, actorOf(caller).id, caller.language),
    async get({ id, before }, caller) {
      const ticket = await one(id, caller);
      return { ...ticket, ...(await messageStore(db).publicStream(id, { before, limit: mostMessages })) };
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
    ...besideHandlers(parts, one),
    async answer({ id, messageId, body, attachmentIds }, caller) {
      await one(id, caller);
      const saying = {
        messageId,
        visibility: 'public' as const,
        format: 'plain' as const,
        body,
        channel: 'portal' as const,
        attachmentIds,
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
