import { v7 as uuid } from 'uuid';
import type { Transaction } from 'kysely';
import { facts, type Fact, type FactName, type FactPayload } from '#contract/facts.ts';
import type { Person } from '#contract/people.ts';
import { writeAuditLine, withoutSecrets } from '#platform/audit.ts';
import type { Caller } from '#platform/caller.ts';
import { tablesOf, type Rows } from '#platform/database.ts';
import { react } from '#platform/react-to-facts.ts';
import type { FactDraft, Transact, Unit } from '#platform/outbox.ts';
import type { House } from '../app/house.ts';
import { createModules, type Modules } from '../app/modules.ts';
import { reactionsTo } from '../app/reaction-names.ts';
import { createReactions } from '../app/reactions.ts';

/** Who acts in the story. */
export type Actor = Pick<Person, 'id' | 'name' | 'role' | 'language'>;

/**
 * The modules themselves, with a clock that says the past: what is played on it is decided, stored and written into the
 * logbook by the same code as the present. All of it is one transaction, so that a past is there as a whole or not at all.
 */
export interface Stage {
  readonly modules: Modules;
  /** The time that the clock says. It only goes forward: the chains are written in the order of time. */
  readonly now: () => Date;
  readonly passTo: (at: Date) => void;
  /** Lets a person send a request; its line of the audit trail is written, and everything that follows from it happens. */
  readonly act: <Input, Output>(
    who: Actor,
    request: string,
    input: Input,
    handler: (input: Input, caller: Caller, signal: AbortSignal) => Promise<Output>,
  ) => Promise<Output>;
  /** Lets something happen that nobody asked for. */
  readonly happen: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
  /** Publishes a fact that a part which does not run here would have published. */
  readonly tell: <Name extends FactName>(name: Name, payload: FactPayload<Name>) => Promise<void>;
  /** What was asked by a fact of this name, newest last. */
  readonly asked: <Name extends FactName>(name: Name) => readonly FactPayload<Name>[];
}

/** Reactions that wait for checks to run, which they do not while the past is played. */
const outward = /^watch\./u;

function callerOf({ id, name, role, language }: Actor): Caller {
  return {
    actor: { id, name, role, language, sessionId: id },
    language,
    address: '192.0.2.254',
    keepSession: () => undefined,
  };
}

function isOf<Name extends FactName>(fact: Fact, name: Name): fact is Fact<Name> {
  return fact.name === name;
}

const silent = async (): Promise<void> => undefined;

/** Sets the stage on a transaction. */
export function openStage(house: House, trx: Transaction<Rows>, begin: Date): Stage {
  let now = begin;
  const clock = { now: () => now };
  const waiting: Fact[] = [];
  const told: Fact[] = [];
  const publish = async <Name extends FactName>(name: Name, payload: FactPayload<Name>): Promise<void> => {
    waiting.push({ id: uuid(), name, at: now, payload: facts[name].parse(payload) });
  };
  const transactOf = <Module extends string>(): Transact<Module> => {
    const publishAll = async (drafts: readonly FactDraft[]): Promise<void> => {
      for (const { name, payload } of drafts) await publish(name, payload);
    };
    const quiet = { live: silent, liveAll: silent, wake: silent };
    const unit: Unit<Module> = { db: tablesOf<Module>(trx), publish, publishAll, ...quiet };
    return Object.assign(<Answer>(work: (given: Unit<Module>) => Promise<Answer>) => work(unit), {
      once: <Answer>(_factId: string, _reaction: string, work: (given: Unit<Module>) => Promise<Answer>) => work(unit),
      onceEach: (
        factIds: readonly string[],
        _reaction: string,
        work: (given: Unit<Module>, fresh: ReadonlySet<string>) => Promise<void>,
      ) => work(unit, new Set(factIds)),
    });
  };
  const modules = createModules(
    // In the past its notices were sent: they are written as any others, and nobody delivers them meanwhile.
    {
      ...house,
      config: { ...house.config, demonstration: false },
      clock,
      database: { ...house.database, kysely: trx },
      live: { ...house.live, tell: silent },
    },
    transactOf,
  );
  const reactions = createReactions(modules);
  const deliver = async (): Promise<void> => {
    for (let fact = waiting.shift(); fact !== undefined; fact = waiting.shift()) {
      told.push(fact);
      for (const reaction of reactionsTo(fact.name))
        if (!outward.test(reaction)) await react(reactions, reaction, [fact]);
    }
  };
  const happen = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const answer = await work();
    await deliver();
    return answer;
  };
  return {
    modules,
    now: clock.now,
    passTo(at) {
      if (at.getTime() > now.getTime()) now = at;
    },
    async act(who, request, input, handler) {
      const draft = {
        who: { kind: 'person', id: who.id, name: who.name },
        request,
        outcome: 'done',
        subject: null,
      } as const;
      return happen(async () => {
        const answer = await handler(input, callerOf(who), new AbortController().signal);
        await writeAuditLine(trx, { ...draft, detail: { input: withoutSecrets(input) } }, now);
        return answer;
      });
    },
    happen,
    tell: (name, payload) => happen(() => publish(name, payload)),
    asked: (name) => told.filter((fact) => isOf(fact, name)).map(({ payload }) => payload),
  };
}
