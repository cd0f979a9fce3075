import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { MaintenanceTurn, Needs } from './needs.ts';
import { turnStore, type Turn } from './store-turn.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'maintenanceAt'>;
}

/** Looked at once more before it is said that all is as it was. */
const mostVerified = 500;
const keyOf = (windowId: string, from: Date): string => `${windowId} ${from.getTime()}`;

/**
 * Follows the maintenance windows: notes what is well when a turn begins, and when it ends looks whether that is well
 * again. What is not had its alert held back, and is told at once.
 */
export async function followWindows(parts: Parts, run: (ids: readonly string[]) => Promise<unknown>): Promise<void> {
  const { db, clock, needs } = parts;
  const now = clock.now();
  const [due, open] = await Promise.all([needs.maintenanceAt(now), turnStore(db).open()]);
  const known = new Map(open.map((turn) => [keyOf(turn.windowId, turn.from), turn]));
  for (const turn of due) {
    const begun = known.get(keyOf(turn.windowId, turn.from));
    if (begun === undefined) await begin(parts, turn);
    else if (begun.until.getTime() !== turn.until.getTime())
      await turnStore(db).extend(turn.windowId, turn.from, turn.until);
  }
  const going = new Set(due.map(({ windowId, from }) => keyOf(windowId, from)));
  for (const turn of open) if (!going.has(keyOf(turn.windowId, turn.from))) await end(parts, turn, run);
}

async function begin({ transact }: Parts, { windowId, name, from, until, targets }: MaintenanceTurn): Promise<void> {
  await transact(async (unit) => {
    const store = turnStore(unit.db);
    const checks = await store.checksBelow(targets);
    const checkNumbers = checks.map(({ number }) => number);
    const wellNumbers = checks.flatMap(({ number, state }) => (state === 'up' ? number : []));
    if (await store.begin({ windowId, name, from, until, checkNumbers, wellNumbers }))
      await unit.live('watch.window', windowId);
  });
}

async function end(
  { db, transact, clock }: Parts,
  turn: Turn,
  run: (ids: readonly string[]) => Promise<unknown>,
): Promise<void> {
  const ended = clock.now() < turn.until ? clock.now() : turn.until;
  await turnStore(db).end(turn.windowId, turn.from, ended);
  const before = await turnStore(db).statesOf(turn.wellNumbers);
  await run(before.slice(0, mostVerified).map(({ id }) => id));
  await transact(async (unit) => {
    const store = turnStore(unit.db);
    const after = await store.statesOf(turn.wellNumbers);
    const worse = after.flatMap(({ number, state }) => (state === 'up' ? [] : number));
    await store.verify(turn.windowId, turn.from, { at: clock.now(), worse });
    await unit.live('watch.window', turn.windowId);
  });
}
