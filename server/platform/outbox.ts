import { AsyncLocalStorage } from 'node:async_hooks';
import { sql, type Transaction } from 'kysely';
import { v7 as uuid } from 'uuid';
import { facts, type Fact, type FactName, type FactPayload } from '#contract/facts.ts';
import type { LiveEvent } from '#contract/house.ts';
import type { AuditDraft } from './audit-content.ts';
import { againAfterDeadlock } from './again-after-deadlock.ts';
import { writeAuditLine } from './audit.ts';
import type { Clock } from './clock.ts';
import { tablesOf, type Database, type DatabaseParts, type Rows } from './database.ts';
import { liveChannel, livePayload, sendTellings, wakeChannel, wakePayload, type Telling } from './live-line.ts';
import { addReactJobs, reactJobs } from './react-jobs.ts';

/** A fact that is to be published. */
export type FactDraft = {
  readonly [Name in FactName]: { readonly name: Name; readonly payload: FactPayload<Name> };
}[FactName];

/** What an act has in hand inside its one transaction. */
export interface Unit<Module extends string> {
  /** The transaction, as the module's store sees it. */
  readonly db: Database<Module>;
  /** Writes a fact to the outbox: it is delivered to every reaction, at least once, after commit and only then. */
  readonly publish: <Name extends FactName>(name: Name, payload: FactPayload<Name>) => Promise<void>;
  /** The same for many facts, in their order, with two statements for all of them. */
  readonly publishAll: (drafts: readonly FactDraft[]) => Promise<void>;
  /** Tells the screens, on commit. */
  readonly live: (topic: string, id: string | null, extra?: LiveEvent['extra']) => Promise<void>;
  /** The same for many events. */
  readonly liveAll: (events: readonly Omit<LiveEvent, 'at'>[]) => Promise<void>;
  /** Wakes a background duty, on commit, and says what is to be looked at. */
  readonly wake: (duty: string, of?: string) => Promise<void>;
}

/**
 * Runs one act's work in one transaction. Work that PostgreSQL ended because of a deadlock is run again, so it changes
 * nothing but what its unit stores.
 */
export interface Transact<Module extends string> {
  <Answer>(work: (unit: Unit<Module>) => Promise<Answer>): Promise<Answer>;
  /**
   * The same for a reaction: the work is done once for this fact, however often it is delivered.
   * Returns undefined when it was done before.
   */
  once<Answer>(
    factId: string,
    reaction: string,
    work: (unit: Unit<Module>) => Promise<Answer>,
  ): Promise<Answer | undefined>;
  /** The same for facts that are reacted to together: the work is given the ids of those that it was not done for. */
  onceEach(
    factIds: readonly string[],
    reaction: string,
    work: (unit: Unit<Module>, fresh: ReadonlySet<string>) => Promise<void>,
  ): Promise<void>;
}

/** The names of the reactions to each fact, known at start. */
export type ReactionNames = (fact: FactName) => readonly string[];

/** The audit line that the first transaction of a changing request writes along. */
export const auditOfRequest = new AsyncLocalStorage<{ draft: AuditDraft; written: boolean }>();

interface Parts {
  readonly database: DatabaseParts;
  readonly clock: Clock;
  readonly reactionsTo: ReactionNames;
}

/** Writes facts with jobs for the reactions to them. */
async function storeFacts(
  trx: Transaction<Rows>,
  drafts: readonly { readonly name: FactName; readonly payload: unknown }[],
  { clock, reactionsTo }: Parts,
): Promise<void> {
  if (drafts.length === 0) return;
  const at = clock.now();
  const rows = drafts.map(({ name, payload }) => ({
    id: uuid(),
    name,
    payload: JSON.stringify(facts[name].parse(payload)),
    at,
  }));
  await trx.insertInto('platform.fact').values(rows).execute();
  await addReactJobs(trx, reactJobs(rows.map(({ id, name }) => ({ id, reactions: reactionsTo(name) }))));
}

/** `told` is what screens and duties are to hear: it is sent with the last statement of the transaction. */
function unitOf<Module extends string>(trx: Transaction<Rows>, parts: Parts, told: Telling[]): Unit<Module> {
  const liveAll = async (events: readonly Omit<LiveEvent, 'at'>[]): Promise<void> => {
    const at = parts.clock.now();
    for (const event of events) told.push({ channel: liveChannel, payload: livePayload(event, at) });
  };
  return {
    db: tablesOf<Module>(trx),
    publish: (name, payload) => storeFacts(trx, [{ name, payload }], parts),
    publishAll: (drafts) => storeFacts(trx, drafts, parts),
    live: (topic, id, extra) => liveAll([{ topic, id, ...(extra === undefined ? {} : { extra }) }]),
    liveAll,
    wake: async (duty, of) => void told.push({ channel: wakeChannel, payload: wakePayload(duty, of ?? null) }),
  };
}

/** Makes the function with which a module's acts store what they decided. */
export function createTransact<Module extends string>(parts: Parts): Transact<Module> {
  const run = async <Answer>(
    work: (unit: Unit<Module>, trx: Transaction<Rows>) => Promise<Answer>,
  ): Promise<Answer> => {
    const asked = auditOfRequest.getStore();
    const answer = await againAfterDeadlock(() =>
      parts.database.kysely.transaction().execute(async (trx) => {
        const told: Telling[] = [];
        const result = await work(unitOf<Module>(trx, parts, told), trx);
        if (asked !== undefined && !asked.written) await writeAuditLine(trx, asked.draft, parts.clock.now(), told);
        else await sendTellings(trx, told);
        return result;
      }),
    );
    if (asked !== undefined) asked.written = true;
    return answer;
  };
  const transact = <Answer>(work: (unit: Unit<Module>) => Promise<Answer>): Promise<Answer> => run(work);
  const once = <Answer>(
    factId: string,
    reaction: string,
    work: (unit: Unit<Module>) => Promise<Answer>,
  ): Promise<Answer | undefined> =>
    run(async (unit, trx) => {
      const mark = await trx
        .insertInto('platform.reaction_done')
        .values({ fact_id: factId, reaction })
        .onConflict((conflict) => conflict.doNothing())
        .returning('fact_id')
        .executeTakeFirst();
      return mark === undefined ? undefined : await work(unit);
    });
  const onceEach = (
    factIds: readonly string[],
    reaction: string,
    work: (unit: Unit<Module>, fresh: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> =>
    run(async (unit, trx) => {
      // Always in one order, so that two who react to the same facts never wait for each other in a circle.
      const marks = factIds.toSorted().map((fact_id) => ({ fact_id, reaction }));
      if (marks.length === 0) return;
      const fresh = await trx
        .insertInto('platform.reaction_done')
        .values(marks)
        .onConflict((conflict) => conflict.doNothing())
        .returning('fact_id')
        .execute();
      if (fresh.length > 0) await work(unit, new Set(fresh.map(({ fact_id }) => fact_id)));
    });
  return Object.assign(transact, { once, onceEach });
}

/** Reads published facts back, in the order in which they were published; without those that are no longer kept. */
export async function readFacts(database: DatabaseParts, factIds: readonly string[]): Promise<Fact[]> {
  const rows = await database.kysely
    .selectFrom('platform.fact')
    .selectAll()
    .where('id', '=', sql<string>`any(${[...factIds]}::uuid[])`)
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, name, at, payload }) =>
    isFactName(name) ? [{ id, name, at, payload: facts[name].parse(payload) }] : [],
  );
}

function isFactName(name: string): name is FactName {
  return name in facts;
}
