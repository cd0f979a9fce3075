import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { localHost } from '#probe/checks/local-host/local-host.ts';
import { ownLine } from '#probe/checks/own-line/own-line.ts';
import { addCheck, watchDuty } from './keep-check.ts';
import type { Needs } from './needs.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'localHost'>;
}

/**
 * Starts the check of the machine that Vigie runs on, the first time ever. Somebody who removed it does not get it back:
 * it is added only when nothing was ever watched.
 */
export async function watchThisMachine({ transact, clock, needs }: Parts): Promise<void> {
  const host = await needs.localHost();
  await transact(async (unit) => {
    if (!(await checkStore(unit.db).isFirst())) return;
    const kind = localHost;
    const target = { kind: 'host', id: host.id } as const;
    // One word in both languages: the first start knows no reader yet. It can be changed like any other.
    const check = {
      name: 'Machine',
      kind: kind.name,
      target,
      settings: kind.complete({}),
      intervalMs: kind.defaults.intervalMs,
      specialAllowed: false,
    };
    await addCheck(unit, check, clock.now());
    // Before others are accused, the own line is looked at.
    const line = { kind: ownLine.name, settings: ownLine.complete({}), intervalMs: ownLine.defaults.intervalMs };
    await addCheck(unit, { ...check, ...line, name: 'Line' }, clock.now());
    await unit.wake(watchDuty);
  });
}
