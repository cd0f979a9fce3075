import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { MaintenanceTurn, Needs } from '../needs.ts';
import { turnStore, type Turn } from './store-turn.ts';
import { coveredNow, isInDoubt, stoodBefore, worseThan } from './turn-outcome.ts';
import type { StoredResult } from '../watched-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'maintenanceAt'>;
}

type RunNow = (ids: readonly string[]) => Promise<ReadonlyMap<string, StoredResult>>;

/** So many are looked at together when a turn ends, and so many at most. */
const runAtOnce = 500;
const mostVerified = 5_000;
/** So long quick re-checks may take until it is said how a check stands after a turn; it is said then in any case. */
const settleMs = 120_000;

/**
 * Follows the maintenance windows: notes how all stands when a turn begins, follows changes of the window meanwhile, and
 * when it ends looks whether all stands as before. What does not had its alert held back, and is told at once.
 */
export async function followWindows(parts: Parts, run: RunNow): Promise<void> {
  const { db, clock, needs } = parts;
  const now = clock.now();
  const [due, open] = await Promise.all([needs.maintenanceAt(now), turnStore(db).open()]);
  const going = new Set<Turn>();
  for (const turn of due) {
    // A window whose beginning was moved while its turn goes on has the same turn still.
    const begun = open.find(({ windowId, endedAt }) => windowId === turn.windowId && endedAt === null);
    if (begun === undefined) await begin(parts, turn);
    else {
      going.add(begun);
      await follow(parts, begun, turn);
    }
  }
  for (const turn of open) if (!going.has(turn)) await end(parts, turn, run);
}

async function begin({ transact }: Parts, { windowId, name, from, until, targets }: MaintenanceTurn): Promise<void> {
  await transact(async (unit) => {
    const store = turnStore(unit.db);
    const none = { checkNumbers: [], wellNumbers: [], degradedNumbers: [] };
    const covered = coveredNow(none, await store.checksBelow(targets));
    if (await store.begin({ windowId, name, from, until, ...covered })) await unit.live('watch.window', windowId);
  });
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((one, other) => one - other);
}

/** Also what is added below its targets while it goes on is covered. */
async function follow({ db, transact }: Parts, begun: Turn, { name, until, targets }: MaintenanceTurn): Promise<void> {
  const checks = await turnStore(db).checksBelow(targets);
  const { windowId, from, checkNumbers, wellNumbers, degradedNumbers } = begun;
  const before = { windowId, from, name: begun.name, until: begun.until, checkNumbers, wellNumbers, degradedNumbers };
  const covered = coveredNow(begun, checks);
  const isSame =
    name === begun.name &&
    until.getTime() === begun.until.getTime() &&
    isDeepStrictEqual(sorted(covered.checkNumbers), sorted(checkNumbers));
  if (isSame) return;
  await transact(async (unit) => {
    await turnStore(unit.db).follow({ ...before, name, until, ...covered });
    await unit.live('watch.window', windowId);
  });
}

async function end({ db, transact, clock }: Parts, turn: Turn, run: RunNow): Promise<void> {
  const ended = turn.endedAt ?? (clock.now() < turn.until ? clock.now() : turn.until);
  if (turn.endedAt === null) await turnStore(db).end(turn.windowId, turn.from, ended);
  const before = stoodBefore(turn);
  const checks = (await turnStore(db).statesOf([...before.keys()])).slice(0, mostVerified);
  const results = new Map<string, StoredResult>();
  for (let from = 0; from < checks.length; from += runAtOnce) {
    const ids = checks.slice(from, from + runAtOnce).map(({ id }) => id);
    for (const [id, result] of await run(ids)) results.set(id, result);
  }
  const after = (await turnStore(db).statesOf([...before.keys()])).map((each) => ({
    ...each,
    verdict: results.get(each.id)?.verdict,
  }));
  // Without any answer nobody watches just now: it is asked again.
  const unsure = isInDoubt(before, after) || (checks.length > 0 && results.size === 0);
  if (unsure && clock.now().getTime() - ended.getTime() < settleMs) return;
  const worse = worseThan(before, after);
  await transact(async (unit) => {
    const store = turnStore(unit.db);
    await store.verify(turn.windowId, turn.from, { at: clock.now(), worse });
    const named = await store.named(worse.map(({ number }) => number));
    await unit.publish('watch.windowVerified', {
      windowId: turn.windowId,
      name: turn.name,
      from: turn.from.toISOString(),
      until: ended.toISOString(),
      checks: turn.checkNumbers.length,
      worse: named.slice(0, mostTold).map(({ name, target }) => `${target} – ${name}`),
      worseCount: worse.length,
    });
    await unit.live('watch.window', turn.windowId);
  });
}

/** So many names are told in one sentence. */
const mostTold = 10;
