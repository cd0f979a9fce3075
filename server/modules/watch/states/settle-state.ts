import type { Clock } from '#platform/clock.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { FactDraft, Transact, Unit } from '#platform/outbox.ts';
import { checkStore } from '../checks/store-check.ts';
import { silenceStore } from '../calm/store-silence.ts';
import { turnStore } from '../calm/store-turn.ts';
import { heldBy } from './held-by.ts';
import {
  alertDecision,
  clearAlert,
  joinAlert,
  raiseAlert,
  worsenAlert,
  type AlertMove,
  type HeldBy,
} from './move-alert.ts';
import type { Settled } from './settled.ts';
import { alertStore, type BoundedChange, type RaisedAlert, type StoredAlert } from './store-alert.ts';
import type { StoredCheck } from '../watched-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

/** A check before and after a change. */
interface Change {
  readonly settled: Settled;
  readonly before: StoredCheck;
  readonly now: StoredCheck;
}

/**
 * Stores changes of state, each of another check, with what follows for their alerts, and publishes all of it: one
 * transaction for all of them. Gives the checks as they are now, by id; what is gone or paused is left out.
 */
export function settleStates(
  { transact, clock }: Parts,
  settled: readonly Settled[],
): Promise<ReadonlyMap<string, StoredCheck>> {
  const at = clock.now();
  return transact(async (unit) => {
    const checks = checkStore(unit.db);
    const held = new Map((await checks.holdAll(settled.map(({ checkId }) => checkId))).map((each) => [each.id, each]));
    const changes = settled.flatMap((each) => {
      const before = held.get(each.checkId);
      return before === undefined || before.paused ? [] : [changeOf(before, each, at)];
    });
    await checks.setStates(changes.map(({ now }) => now));
    const moved = changes.filter(({ before, now }) => before.state !== now.state);
    await alertStore(unit.db).addChanges(moved.map((each) => storedChange(each, at)));
    const moves = await followAlerts(unit, changes, at);
    // What became of a check is told before what became of its alert.
    await unit.publishAll(
      changes.flatMap((each): readonly FactDraft[] => [
        ...(each.before.state === each.now.state ? [] : [changeFact(each, at)]),
        ...(moves.get(each.now.id)?.facts ?? []),
      ]),
    );
    await unit.liveAll(
      changes.flatMap(({ now }) => [
        ...(moves.get(now.id)?.live ?? []),
        { topic: 'watch.check', id: now.id, extra: { state: now.state } },
      ]),
    );
    return new Map(changes.map(({ now }) => [now.id, now]));
  });
}

/**
 * Stores that checks are up with their first good result, many at once. No fact tells of it: nothing has happened but that
 * they are watched. What has an open alert or is not unknown any more is left; returns the ids of the others.
 */
export async function settleFirstUps(
  { transact, clock, live }: Parts & { readonly live: Pick<LiveLine, 'tell'> },
  settled: readonly Settled[],
): Promise<ReadonlySet<string>> {
  const at = clock.now();
  const results = new Map(settled.map(({ checkId, result }) => [checkId, result]));
  const done = await transact(async ({ db }) => {
    const first = await checkStore(db).setFirstUp([...results.keys()], at);
    await alertStore(db).addFirstChanges(
      first.map(({ id, number }) => {
        const { reason = { code: '', data: {} }, at: firstAt = at } = results.get(id) ?? {};
        return { number, reason, first: firstAt };
      }),
      at,
    );
    return first.map(({ id }) => id);
  });
  await live.tell(done.map((id) => ({ topic: 'watch.check', id, extra: { state: 'up' } })));
  return new Set(done);
}

function changeOf(before: StoredCheck, settled: Settled, at: Date): Change {
  const { state, because, flapping, first } = settled;
  const failing = state !== 'up' && state !== 'unknown';
  const since = before.state === state ? before.since : at;
  const failingSince = failing ? (before.failingSince ?? first) : null;
  return { settled, before, now: { ...before, state, flapping, because, since, failingSince } };
}

function storedChange({ settled, before }: Change, at: Date): BoundedChange {
  const { state: to, because, result, first, agreed = null } = settled;
  return { checkNumber: before.number, at, from: before.state, to, because, reason: result.reason, first, agreed };
}

function changeFact({ settled, before }: Change, at: Date): FactDraft {
  const { state: to, because, target } = settled;
  const check = { checkId: before.id, checkName: before.name, target };
  return { name: 'watch.stateChanged', payload: { ...check, from: before.state, to, because, at: at.toISOString() } };
}

/** Stores what becomes of the alerts of checks that changed; gives it by check. */
async function followAlerts(
  unit: Unit<'watch'>,
  changes: readonly Change[],
  at: Date,
): Promise<ReadonlyMap<string, AlertMove>> {
  const alerts = alertStore(unit.db);
  const open = await alerts.holdOpen(changes.map(({ now }) => now.id));
  const decided = changes.map(({ settled, now }) => {
    const alert = open.get(now.id) ?? null;
    return { check: now, settled, open: alert, decision: alertDecision(settled, alert) };
  });
  const isLoud = decided.some(({ decision }) => decision === 'raise' || decision === 'worsen');
  const holding = isLoud ? await readHolding(unit, at) : () => null;
  const moves = new Map<string, AlertMove>();
  const raised: RaisedAlert[] = [];
  const saved: StoredAlert[] = [];
  for (const { check, settled, open: alert, decision } of decided) {
    if (decision === 'raise') {
      const move = raiseAlert(check, settled, { heldBy: holding, at });
      raised.push(move.now);
      moves.set(check.id, move);
    } else if (alert !== null) {
      const move = moveOpen(alert, settled, { decision, holding, at });
      if (move === null) continue;
      saved.push(move.now);
      moves.set(check.id, move);
    }
  }
  await alerts.addAll(raised);
  await alerts.saveAll(saved);
  return moves;
}

function moveOpen(
  open: StoredAlert,
  settled: Settled,
  given: { readonly decision: string; readonly holding: HeldBy; readonly at: Date },
): AlertMove | null {
  const { decision, holding, at } = given;
  if (decision === 'worsen') return worsenAlert(open, settled, holding);
  if (decision === 'join' && settled.because !== null) return joinAlert(open, settled.because);
  return decision === 'clear' ? clearAlert(open, { goodSince: settled.first, removed: false, at }) : null;
}

/** What holds alerts back at a moment, read once for all of them. */
async function readHolding(unit: Unit<'watch'>, at: Date): Promise<HeldBy> {
  const silences = (await silenceStore(unit.db).open()).filter(({ until }) => until > at);
  const workOn = await turnStore(unit.db).coveredBy(at);
  return (alert) => heldBy(alert, silences, workOn);
}
