import { v7 as uuid } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Transact } from '#platform/outbox.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { engineStore } from './store-engine.ts';
import type { StoredResult } from '../watched-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly live: Pick<LiveLine, 'onWake'>;
}

/** Whoever watches hears by this that runs are wanted, and who asked, that they have run. */
export const runsWanted = 'watch runs wanted';
export const runsDone = 'watch runs done';

/** A request may come before the watch has begun, or while whoever held it dies. */
const untilTakenMs = 8_000;
/** Beyond the longest time that any kind of check is given. */
export const untilDoneMs = 150_000;
// Wake-ups come at once; this is for one that was lost with its connection.
const lookAgainMs = 1_000;

/** Has checks run at once by whoever watches, in this process or another. Empty when nobody does. */
export async function askRuns(parts: Parts, checkIds: readonly string[]): Promise<Map<string, StoredResult>> {
  if (checkIds.length === 0) return new Map();
  const { requests } = engineStore(parts.db);
  const id = uuid();
  const heard = new AbortController();
  let woken = Promise.withResolvers<void>();
  parts.live.onWake(runsDone, () => woken.resolve(), heard.signal);
  const askedMs = steadyClock.nowMs();
  try {
    await parts.transact(async ({ db, wake }) => {
      await engineStore(db).requests.ask(id, checkIds, parts.clock.now());
      await wake(runsWanted);
    });
    for (;;) {
      woken = Promise.withResolvers();
      const now = await requests.lookAt(id);
      if (now === null) return new Map();
      if (now.results !== null) return now.results;
      const waitedMs = steadyClock.nowMs() - askedMs;
      if (waitedMs > (now.taken ? untilDoneMs : untilTakenMs)) return new Map();
      const timer = setTimeout(() => woken.resolve(), lookAgainMs);
      await woken.promise;
      clearTimeout(timer);
    }
  } finally {
    heard.abort();
    await requests.drop(id);
  }
}
