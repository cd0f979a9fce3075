import { v7 as uuid } from 'uuid';
import type { watch } from '#contract/watch.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Needs } from './needs.ts';
import { alertFact } from './settle-state.ts';
import { alertStore } from './store-alert.ts';
import { checkStore } from './store-check.ts';
import { silenceStore, type StoredSilence } from './store-silence.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'namedThings'>;
}

type Asked = Parameters<Handlers<typeof watch>['silences']['create']>[0];

/** Holds the alerts of a check or of a thing back until a moment. Alerts that are open already stay as they are. */
export async function silenceAlerts(
  { db, transact, clock, needs }: Parts,
  asked: Asked,
  caller: Caller,
): Promise<StoredSilence> {
  const [target = null] = asked.target === undefined ? [] : await needs.namedThings([asked.target]);
  const checkId = asked.checkId ?? null;
  if (asked.target !== undefined && target === null) throw new Refusal('not_found');
  if (checkId !== null && (await checkStore(db).get(checkId)) === null) throw new Refusal('not_found');
  const { id, name } = actorOf(caller);
  const silence: StoredSilence = {
    id: uuid(),
    target,
    checkId,
    reason: asked.reason,
    until: new Date(asked.until),
    by: { kind: 'person', id, name },
    createdAt: clock.now(),
  };
  await transact(async (unit) => {
    await silenceStore(unit.db).add(silence);
    await unit.live('watch.silence', silence.id);
  });
  return silence;
}

/** Tells the alerts that were raised in a silence and are still open though it has ended: nothing held back is forgotten. */
export async function tellHeldBack({ transact, clock }: Parts): Promise<void> {
  await transact(async (unit) => {
    const alerts = alertStore(unit.db);
    const held = await alerts.openSilenced();
    if (held.length === 0) return;
    const silences = await silenceStore(unit.db).open(clock.now());
    for (const alert of held) {
      const silent = silences.some(
        ({ checkId, target }) => checkId === alert.check.id || target?.id === alert.target.id,
      );
      if (silent) continue;
      await alerts.unsilence(alert.id);
      await unit.publish('watch.alertRaised', { ...alertFact(alert), silenced: false });
      await unit.live('watch.alert', alert.id, { open: true });
    }
  });
}
