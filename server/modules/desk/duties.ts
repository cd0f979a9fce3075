import type { Duty } from '#platform/duties.ts';
import type { Log } from '#platform/log.ts';
import { goOn } from './many/change-many.ts';
import type { DeskParts } from './tickets/hold-ticket.ts';
import { searchStore } from './finding/store-search.ts';
import { readWaiting } from './reading/keep-reading.ts';
import { keepPromises } from './levels/reckon-promises.ts';
import { bulkStore } from './many/store-bulk.ts';
import { draftStore } from './talk/store-drafts.ts';
import { fileStore } from './talk/store-files.ts';
import { storyStore } from './tickets/store-story.ts';
import { ticketStore } from './tickets/store-tickets.ts';
import { vigie } from './tickets/ticket-fact.ts';

const hourMs = 3_600_000;
/** What was announced and not sent, and drafts that were sent, are kept so long. */
const sweepMs = 7 * 24 * hourMs;
/** A change of many that nobody went on with for so long was left by a process that died. */
const leftMs = 20_000;

/** What the desk does by itself. */
export function deskDuties(parts: DeskParts & { readonly log: Log }): readonly Duty[] {
  const { db, transact, clock } = parts;
  return [
    {
      name: 'wake tickets',
      everySeconds: 20,
      async work() {
        await transact(async (unit) => {
          const at = clock.now();
          for (const id of await ticketStore(unit.db).wake(at)) {
            await storyStore(unit.db).tell(id, { at, who: vigie, said: { code: 'woke', data: undefined } });
            await unit.live('desk.ticket', id);
          }
          for (const id of await draftStore(unit.db).forget(at)) await unit.live('desk.presence', id);
        });
      },
    },
    { name: 'read documents', everySeconds: 5, work: (signal) => readWaiting(parts, signal) },
    { name: 'keep promises', everySeconds: 3, work: () => keepPromises(parts) },
    { name: 'sort new words', everySeconds: 5, work: () => searchStore(db).settle() },
    {
      name: 'finish changes of many tickets',
      everySeconds: 10,
      async work() {
        for (const id of await bulkStore(db).left(new Date(clock.now().getTime() - leftMs))) await goOn(parts, id);
      },
    },
    {
      name: 'sweep files and drafts',
      everySeconds: 3_600,
      async work() {
        const before = new Date(clock.now().getTime() - sweepMs);
        await transact(async (unit) => {
          await fileStore(unit.db).sweep(before);
          await draftStore(unit.db).sweep(before);
        });
      },
    },
  ];
}
