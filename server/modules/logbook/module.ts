/*
 * Logbook: what was seen and done, written by itself and by people, and the solutions that grew out of it.
 * Words: entry, chain, solution, use, suggestion.
 * It never rewrites an entry, and it never decides that an incident is over: it only learns from it.
 */
import { v7 as uuid } from 'uuid';
import type { logbook } from '#contract/logbook.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Duty } from '#platform/duties.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { appendEntry } from './append-entry.ts';
import type { AnyFact } from './entry-of-fact.ts';
import { tellEntry } from './entry-words.ts';
import { KnownAnswers } from './known-answers.ts';
import { recordFacts } from './record-fact.ts';
import { entryStore } from './store-entry.ts';
import { incidentStore } from './store-incident.ts';
import { solutionStore } from './store-solution.ts';
import { thingStore } from './store-thing.ts';
import { suggestSolutions } from './suggest-solutions.ts';
import { verifyLogbook } from './verify-logbook.ts';

interface Parts {
  readonly db: Database<'logbook'>;
  readonly transact: Transact<'logbook'>;
  readonly clock: Clock;
}

export interface LogbookModule {
  readonly handlers: Handlers<typeof logbook>;
  /** The reaction to every fact that is worth a line or a lesson; done once per fact. */
  readonly record: (facts: readonly AnyFact[]) => Promise<void>;
  readonly duties: readonly Duty[];
}

const mostChanges = 200;
const hourMs = 3_600_000;

function doerOf(caller: Caller): { kind: 'person'; id: string; name: string } {
  const { id, name } = actorOf(caller);
  return { kind: 'person', id, name };
}

function entryHandlers({ db, transact, clock }: Parts): Handlers<typeof logbook>['entries'] {
  return {
    async list(input, caller) {
      const { items, total } = await entryStore(db).list(input, caller.language);
      return { items, total, next: items.length === input.limit ? String(items.at(-1)?.sequence) : null };
    },
    add: (input, caller) =>
      transact(async (unit) => {
        const thing = input.thing === null ? null : await thingStore(unit.db).thing(input.thing);
        const { ticketId } = input;
        const ticketNumber = ticketId === null ? null : await incidentStore(unit.db).number(ticketId);
        if ((input.thing !== null && thing === null) || (ticketId !== null && ticketNumber === null))
          throw new Refusal('not_found');
        const { said, ...draft } = {
          kind: 'note',
          said: { code: 'note', data: { text: input.text } },
          who: doerOf(caller),
          thing,
          ticketId,
          ticketNumber,
          runId: null,
        } as const;
        const entry = await appendEntry(unit, { ...draft, said }, { at: clock.now(), factId: null });
        const { id, sequence, at, hash } = entry;
        const text = tellEntry(said.code, said.data, caller.language);
        return { id, sequence, at: at.toISOString(), ...draft, text, hash };
      }),
    verify: () => verifyLogbook((after, limit) => entryStore(db).chain(after, limit)),
  };
}

function solutionHandlers({ db, transact, clock }: Parts, known: KnownAnswers): Handlers<typeof logbook>['solutions'] {
  return {
    async list(input) {
      const { items, total } = await solutionStore(db).list(input);
      return { items, total, next: nextOffset(input.after, items.length, total) };
    },
    get: async (input) => (await solutionStore(db).get(input.id)) ?? Promise.reject(new Refusal('not_found')),
    create: (input, caller) =>
      transact(async (unit) => {
        const store = solutionStore(unit.db);
        const id = uuid();
        await store.add({
          ...input,
          id,
          thing: null,
          state: 'kept',
          createdAt: clock.now(),
          createdBy: doerOf(caller),
          fromTicketId: null,
          checkKinds: [],
        });
        await unit.live('logbook.solution', id);
        return (await store.get(id)) ?? Promise.reject(new Refusal('not_found'));
      }),
    change: ({ id, ...change }) =>
      transact(async (unit) => {
        const store = solutionStore(unit.db);
        await store.change(id, change);
        await unit.live('logbook.solution', id);
        return (await store.get(id)) ?? Promise.reject(new Refusal('not_found'));
      }),
    suggest: async (input, caller) => ({
      items: await suggestSolutions({ db, known, now: clock.now() }, input.ticketId, caller.language),
    }),
  };
}

/** Puts the module together. */
export function createLogbook(parts: Parts): LogbookModule {
  const { db, transact, clock } = parts;
  const known = new KnownAnswers(db);
  return {
    handlers: {
      entries: entryHandlers(parts),
      async changes({ kind, id, before, hours }, caller) {
        const until = before === undefined ? clock.now() : new Date(before);
        const from = new Date(until.getTime() - hours * hourMs);
        return {
          items: await thingStore(db).changes({ kind, id }, { from, until, limit: mostChanges }, caller.language),
        };
      },
      solutions: solutionHandlers(parts, known),
    },
    record: (facts) => recordFacts(transact, facts),
    // So that whoever asks first does not wait until all is read.
    duties: [{ name: 'known answers', everySeconds: 30, work: (signal) => known.renew(signal) }],
  };
}
