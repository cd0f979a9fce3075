import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { localHost } from '#probe/checks/local-host/local-host.ts';
import { vigie } from '#probe/checks/vigie/vigie.ts';
import { ownLine } from '#probe/checks/own-line/own-line.ts';
import { addCheck, watchDuty } from './keep-check.ts';
import type { Needs } from '../needs.ts';
import { checkStore } from './store-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'localHost'>;
}

/** Looked at from the first start on; somebody who removes it does not get it back. */
const machine = ['Machine', localHost] as const;

/**
 * Before others are accused, the own line is looked at; and whoever counts on the watch has to know when it is late. An
 * installation that comes from an earlier version has these from its next start on.
 */
const always = [
  ['Line', ownLine],
  ['Vigie', vigie],
] as const;

/** Puts the machine that Vigie runs on under watch, and sees to it that the watch knows itself. */
export async function watchThisMachine({ transact, clock, needs }: Parts): Promise<void> {
  const host = await needs.localHost();
  await transact(async (unit) => {
    const checks = checkStore(unit.db);
    await checks.aloneWithThisMachine();
    const isFirst = await checks.isFirst();
    const target = { kind: 'host', id: host.id } as const;
    let added = false;
    // One word in both languages: a start knows no reader. It can be changed like any other.
    for (const [name, kind] of [machine, ...always]) {
      const isThere = kind === localHost ? !isFirst : (await checks.idsOfKind(kind.name)).length > 0;
      if (isThere) continue;
      const { intervalMs } = kind.defaults;
      const check = { name, kind: kind.name, target, settings: kind.complete({}), intervalMs, specialAllowed: false };
      await addCheck(unit, check, clock.now());
      added = true;
    }
    if (added) await unit.wake(watchDuty);
  });
}
