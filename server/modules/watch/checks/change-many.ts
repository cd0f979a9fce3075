import type { BulkChange } from '#contract/bulk.ts';
import type { Caller } from '#platform/caller.ts';
import { Refusal } from '#platform/refusal.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { refuseCircle } from './composite-circle.ts';
import { tellChecks } from '../profiles/follow-profile.ts';
import {
  allowKind,
  allowSettings,
  dropCheck,
  keepOwn,
  mayMoveSecrets,
  pause,
  watchDuty,
  type KeepParts,
} from './keep-check.ts';
import { kindNamed, readSettings } from './read-settings.ts';
import { hideSecrets } from './secret-settings.ts';
import { checkStore } from './store-check.ts';
import { profileStore } from '../profiles/store-profile.ts';
import type { StoredCheck } from '../watched-check.ts';

/** Changes many checks in one transaction, and answers with the changes that undo it. A secret that was replaced is not brought back. */
export async function changeMany(
  parts: KeepParts,
  changes: readonly BulkChange[],
  caller: Caller,
): Promise<{ changed: number; undo: BulkChange[] }> {
  const wanted = new Map(changes.map((each) => [each.id, each]));
  return parts.transact(async (unit) => {
    const checks = checkStore(unit.db);
    const found = await checks.holdAll([...wanted.keys()]);
    if (found.length < wanted.size) throw new Refusal('not_found');
    const at = parts.clock.now();
    const pairs = found.map((before) => {
      const change = wanted.get(before.id) ?? { id: before.id };
      return { before, change, now: changed(parts, before, change, caller) };
    });
    refuseCircles(
      pairs.map(({ now }) => now),
      await checks.settingsOf('composite'),
    );
    await profileStore(unit.db).changeChecks(
      pairs.map(({ now, before, change }) => ({
        ...now,
        secretsMoved: change.settings !== undefined && mayMoveSecrets(before, now.settings, caller),
      })),
      at,
    );
    const pausing = pairs.filter(
      ({ change, before }) => change.paused !== undefined && change.paused !== before.paused,
    );
    for (const paused of [true, false]) {
      const those = pausing.filter(({ change }) => change.paused === paused).map(({ before }) => before);
      await checks.setPaused(
        those.map(({ id }) => id),
        paused,
        at,
      );
      if (paused) for (const check of those) await pause(unit, check, at);
    }
    await tellChecks(unit, [...wanted.keys()]);
    await unit.wake(watchDuty);
    return { changed: found.length, undo: pairs.map(({ before, change }) => inverse(before, change)) };
  });
}

function changed(parts: KeepParts, before: StoredCheck, change: BulkChange, caller: Caller): StoredCheck {
  const kind = change.settings === undefined ? null : kindNamed(before.kind);
  if (kind !== null) {
    allowKind(kind, caller);
    allowSettings(before, caller);
  }
  const settings =
    kind === null
      ? before.settings
      : readSettings(parts.vault, {
          kind,
          given: { ...hideSecrets(kind, before.settings), ...change.settings },
          before: before.settings,
          language: caller.language,
        });
  return {
    ...before,
    name: change.name ?? before.name,
    settings,
    intervalMs: change.intervalSeconds === undefined ? before.intervalMs : Math.round(change.intervalSeconds * 1_000),
    importance: change.importance ?? before.importance,
  };
}

/** Several may be changed towards each other at once: each is held against what all will be. */
function refuseCircles(
  checks: readonly StoredCheck[],
  others: ReadonlyMap<string, Readonly<Record<string, unknown>>>,
): void {
  const composites = checks.filter(({ kind }) => kind === 'composite');
  if (composites.length === 0) return;
  const all = new Map([...others, ...composites.map(({ id, settings }) => [id, settings] as const)]);
  for (const { id, settings } of composites) refuseCircle(id, settings, all);
}

function inverse(before: StoredCheck, change: BulkChange): BulkChange {
  const told = hideSecrets(kinds.get(before.kind), before.settings);
  return {
    id: before.id,
    ...(change.name === undefined ? {} : { name: before.name }),
    ...(change.intervalSeconds === undefined ? {} : { intervalSeconds: before.intervalMs / 1_000 }),
    ...(change.importance === undefined ? {} : { importance: before.importance }),
    ...(change.paused === undefined ? {} : { paused: before.paused }),
    ...(change.settings === undefined
      ? {}
      : { settings: Object.fromEntries(Object.keys(change.settings).map((name) => [name, told[name]])) }),
  };
}

/** Removes many checks in one transaction. */
export async function removeMany({ transact, clock }: KeepParts, ids: readonly string[]): Promise<number> {
  const all = [...new Set(ids)];
  return transact(async (unit) => {
    await keepOwn(unit, all);
    for (const id of all) if (!(await dropCheck(unit, id, clock.now()))) throw new Refusal('not_found');
    await unit.wake(watchDuty);
    return all.length;
  });
}
