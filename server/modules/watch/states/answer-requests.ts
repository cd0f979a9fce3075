import type { Fact } from '#contract/facts.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import { reasonInBoth } from './reason-text.ts';
import { alertStore } from './store-alert.ts';
import { checkStore } from '../checks/store-check.ts';
import type { StoredResult } from '../watched-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly runNow: (ids: readonly string[]) => Promise<Map<string, StoredResult>>;
}

const mostChecks = 50;

/** Runs the checks that somebody wants as a proof, and publishes what they say. Done once for each fact. */
export async function answerRequest(
  parts: Parts,
  fact: Fact<'upkeep.checkRequested'> | Fact<'desk.proofWanted'>,
): Promise<void> {
  const { db, transact } = parts;
  const ids = isProof(fact) ? fact.payload.checkIds : await checksOfHost(db, fact.payload.hostId);
  const checks = (await checkStore(db).byIds(ids.slice(0, mostChecks))).filter(({ paused }) => !paused);
  const results = await parts.runNow(checks.map(({ id }) => id));
  const outcomes = checks.flatMap(({ id, name, kind }) => {
    const result = results.get(id);
    return result === undefined
      ? []
      : [{ checkId: id, checkName: name, verdict: result.verdict, summary: reasonInBoth(kind, result.reason) }];
  });
  await transact.once(fact.id, 'watch.answerRequest', (unit) =>
    unit.publish('watch.checksRan', { requestId: fact.payload.requestId, outcomes }),
  );
}

function isProof(fact: Fact<'upkeep.checkRequested'> | Fact<'desk.proofWanted'>): fact is Fact<'desk.proofWanted'> {
  return fact.name === 'desk.proofWanted';
}

/** Those that fail on the host or because of it; when none does, all that watch it. */
async function checksOfHost(db: Database<'watch'>, hostId: string): Promise<string[]> {
  const host = { kind: 'host', id: hostId } as const;
  const failing = await alertStore(db).openCheckIds(host, mostChecks);
  return failing.length > 0 ? failing : (await checkStore(db).ofThing(host)).map(({ id }) => id);
}
