import { z } from 'zod';
import type { Fact, FactName } from '#contract/facts.ts';
import type { DatabaseParts } from './database.ts';
import type { Log } from './log.ts';
import { readFacts } from './outbox.ts';
import { addReactJobs } from './react-jobs.ts';

/** Done at least once for each fact, and idempotent on the fact's id. */
export type ReactToOne<Name extends FactName> = (fact: Fact<Name>) => Promise<void>;

/** The same for facts that were published together: all of them in one transaction, so that a storm is cheap. */
export interface ReactToMany<Name extends FactName> {
  readonly together: (facts: readonly Fact<Name>[]) => Promise<void>;
}

/** What happens when facts were published: reactions by name. */
export type Reactions = {
  readonly [Name in FactName]?: Readonly<Record<string, ReactToOne<Name> | ReactToMany<Name>>>;
};

const reactPayload = z.union([
  z.object({ factIds: z.array(z.string()).min(1), reaction: z.string() }),
  // As jobs of one fact are written, and all that wait since before there were others.
  z
    .object({ factId: z.string(), reaction: z.string() })
    .transform(({ factId, reaction }) => ({ factIds: [factId], reaction })),
]);

/** Does one reaction to facts of one name. The pair of fact and reaction is typed by the fact's own name. */
export async function react<Name extends FactName>(
  reactions: Reactions,
  reaction: string,
  facts: readonly Fact<Name>[],
): Promise<void> {
  const [first] = facts;
  if (first === undefined) return;
  const known = reactions[first.name]?.[reaction];
  if (known === undefined) return;
  if (typeof known === 'object') await known.together(facts);
  else for (const fact of facts) await known(fact);
}

interface Parts {
  readonly database: DatabaseParts;
  readonly log: Log;
  readonly reactions: Reactions;
}

/**
 * The task that does jobs of reactions. Of facts that cannot be reacted to together each goes on as a job of its own, so
 * that the one with the fault holds up itself only.
 */
export function reactTask({ database, reactions, log }: Parts): (payload: unknown) => Promise<void> {
  return async (payload) => {
    const { factIds, reaction } = reactPayload.parse(payload);
    const facts = await readFacts(database, factIds);
    if (facts.length < factIds.length) log.warn({ factIds, reaction }, 'facts are no longer kept; nothing to react to');
    try {
      for (const ofName of Map.groupBy(facts, ({ name }) => name).values()) await react(reactions, reaction, ofName);
    } catch (error) {
      if (factIds.length === 1) throw error;
      log.warn({ error, reaction, facts: facts.length }, 'a reaction to many facts failed; each is tried by itself');
      await addReactJobs(
        database.kysely,
        facts.map(({ id }) => JSON.stringify({ factId: id, reaction })),
      );
    }
  };
}
