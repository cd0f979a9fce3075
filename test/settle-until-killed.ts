import { systemClock } from '#platform/clock.ts';
import { openDatabase, tablesOf } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTransact } from '#platform/outbox.ts';
import { reactionsTo } from '../server/app/reaction-names.ts';
import { watchedOf } from '../server/modules/watch/running/watched.ts';
import { checkStore } from '../server/modules/watch/checks/store-check.ts';
import { settleFirstUps, settleStates } from '../server/modules/watch/states/settle-state.ts';
import { StateWriter } from '../server/modules/watch/states/state-writer.ts';
import type { StoredCheck, StoredResult } from '../server/modules/watch/watched-check.ts';

/** A program that lets all checks fail and recover, as far as they did not yet, until it has done so or is killed. */

const [url = ''] = process.argv.slice(2);
const database = openDatabase(url, { onError: () => undefined });
const db = tablesOf<'watch'>(database.kysely);
const transact = createTransact<'watch'>({ database, clock: systemClock, reactionsTo });
const parts = { transact, clock: systemClock, live: { tell: () => Promise.resolve() } };
const writer = new StateWriter({
  flush: () => Promise.resolve(true),
  settle: (settled) => settleStates(parts, settled),
  settleFirst: (settled) => settleFirstUps(parts, settled),
  log: createLog('silent'),
});

function put(check: StoredCheck, from: 'unknown' | 'down', state: 'down' | 'up'): void {
  const target = { ...check.target, name: 'h' };
  const watched = watchedOf(check, { target, address: '', hostId: null, needs: [] });
  const at = systemClock.now();
  const reason = { code: 'refused', data: { address: '10.0.0.1', port: 80 } };
  const result: StoredResult = { at, verdict: state, reason, confirming: false, durationMs: 1, output: '' };
  const settled = { checkId: check.id, target, state, flapping: false, because: null, first: at, agreed: null, result };
  writer.put(watched, settled, from);
}

const rows = await db.selectFrom('watch.check').select('id').where('state', '!=', 'up').execute();
for (const check of await checkStore(db).byIds(rows.map(({ id }) => id))) {
  if (check.state === 'unknown') put(check, 'unknown', 'down');
  put(check, 'down', 'up');
}
