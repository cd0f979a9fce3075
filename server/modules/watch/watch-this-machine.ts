import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { localHost } from '#probe/checks/local-host/local-host.ts';
import { vigie } from '#probe/checks/vigie/vigie.ts';
import { ownLine } from '#probe/checks/own-line/own-line.ts';
import { addCheck, watchDuty } from './keep-check.ts';
import type { Needs } from './needs.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'localHost'>;
}

/** Before others are accused, the own line is looked at; and whoever counts on the watch has to know when it is late. */
const first = [
  ['Machine', localHost],
  ['Line', ownLine],
  ['Vigie', vigie],
] as const;

/**
 * Starts the checks of the machine that Vigie runs on, the first time ever. Somebody who removed one does not get it
 * back: they are added only when nothing was ever watched.
 */
export async function watchThisMachine({ transact, clock, needs }: Parts): Promise<void> {
  const host = await needs.localHost();
  await transact(async (unit) => {
    if (!(await checkStore(unit.db).isFirst())) return;
    const target = { kind: 'host', id: host.id } as const;
    // One word in both languages: the first start knows no reader yet. It can be changed like any other.
    for (const [name, kind] of first) {
      const { intervalMs } = kind.defaults;
      const check = { name, kind: kind.name, target, settings: kind.complete({}), intervalMs, specialAllowed: false };
      await addCheck(unit, check, clock.now());
    }
    await unit.wake(watchDuty);
  });
}
