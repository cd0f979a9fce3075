import { v7 as uuid } from 'uuid';
import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { FactPayload } from '#contract/facts.ts';
import type { Clock } from '#platform/clock.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { causeKeyOf } from '../running/cause.ts';
import { decideAlert } from './decide-alert.ts';
import { reasonInBoth } from './reason-text.ts';
import { alertStore, type StoredAlert } from './store-alert.ts';
import { checkStore } from '../checks/store-check.ts';
import { heldBy } from './held-by.ts';
import { silenceStore } from '../calm/store-silence.ts';
import { turnStore } from '../calm/store-turn.ts';
import type { StoredCheck, StoredResult } from '../watched-check.ts';

interface Parts {
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
}

/** A change that was confirmed, with what led to it. */
export interface Settled {
  readonly checkId: string;
  readonly target: NamedThing;
  /** What the failure comes from when that is not the target itself. */
  readonly cause?: NamedThing;
  readonly state: State;
  readonly flapping: boolean;
  readonly because: NamedThing | null;
  /** When the first result came that differed: a failure counts from here, and so does a recovery. */
  readonly first: Date;
  /** The last result that agreed with the state before, if there is one. */
  readonly agreed?: Date | null;
  /** What is told of it. */
  readonly result: StoredResult;
}

/** An alert as the facts tell it. */
export function alertFact(alert: StoredAlert): Omit<FactPayload<'watch.alertRaised'>, 'silenced'> {
  return {
    alertId: alert.id,
    checkId: alert.check.id,
    checkName: alert.check.name,
    checkKind: alert.check.kind,
    target: alert.target,
    cause: alert.cause,
    causeKey: alert.causeKey,
    state: alert.state,
    failingSince: alert.failingSince.toISOString(),
    summary: reasonInBoth(alert.check.kind, alert.reason),
  };
}

/** Stores a change of state with what follows from it for the alert, and publishes both. False when the check is gone. */
export function settleState({ transact, clock }: Parts, settled: Settled): Promise<StoredCheck | null> {
  const at = clock.now();
  return transact(async (unit) => {
    const checks = checkStore(unit.db);
    const before = await checks.hold(settled.checkId);
    if (before === null || before.paused) return null;
    const { state, because, flapping } = settled;
    const failing = state !== 'up' && state !== 'unknown';
    const now = {
      state,
      flapping,
      because,
      since: before.state === state ? before.since : at,
      failingSince: failing ? (before.failingSince ?? settled.first) : null,
    };
    await checks.setState(before.id, now);
    if (before.state !== state) await tellChange(unit, before, settled, at);
    await followAlert(unit, { ...before, ...now }, settled, at);
    await unit.live('watch.check', before.id, { state });
    return { ...before, ...now };
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

async function tellChange(unit: Unit<'watch'>, before: StoredCheck, settled: Settled, at: Date): Promise<void> {
  const { state: to, because, target, result } = settled;
  const change = { at, from: before.state, to, because, reason: result.reason };
  await alertStore(unit.db).addChange(before.number, change, { first: settled.first, agreed: settled.agreed ?? null });
  await unit.publish('watch.stateChanged', {
    checkId: before.id,
    checkName: before.name,
    target,
    from: before.state,
    to,
    because,
    at: at.toISOString(),
  });
}

async function followAlert(unit: Unit<'watch'>, check: StoredCheck, settled: Settled, at: Date): Promise<void> {
  const alerts = alertStore(unit.db);
  const open = await alerts.holdOpen(check.id);
  const causeKey = settled.because === null ? undefined : causeKeyOf(settled.because);
  switch (decideAlert({ ...settled, causeKey }, open)) {
    case 'raise':
      return raise(unit, check, settled, at);
    case 'worsen':
      if (open === null) return;
      await alerts.worsen(open.id, {
        state: settled.state,
        reason: settled.result.reason,
        output: settled.result.output,
      });
      await tellWorse(unit, open, settled, at);
      return unit.live('watch.alert', open.id, { open: true });
    case 'join':
      if (open === null || settled.because === null) return;
      return join(unit, open, settled.because);
    case 'clear':
      if (open === null) return;
      return clearAlert(unit, open, { goodSince: settled.first, removed: false, at });
    case 'leave':
  }
}

/** What got worse is told, also when a silence held only what was milder. */
async function tellWorse(unit: Unit<'watch'>, open: StoredAlert, settled: Settled, at: Date): Promise<void> {
  const now = { ...open, state: settled.state, reason: settled.result.reason, output: settled.result.output };
  const silenced = open.silenced && (await heldBackBy(unit, now, at)) !== null;
  if (open.silenced && !silenced) await alertStore(unit.db).unsilence(open.id);
  await unit.publish('watch.alertChanged', { ...alertFact(now), silenced, how: 'worsened' });
}

/** What it needs was found to be down only after it had alarmed: it becomes part of that. */
async function join(unit: Unit<'watch'>, open: StoredAlert, cause: NamedThing): Promise<void> {
  const causeKey = causeKeyOf(cause);
  await alertStore(unit.db).setCause(open.id, cause, causeKey);
  const now = { ...open, cause, causeKey };
  await unit.publish('watch.alertChanged', { ...alertFact(now), silenced: open.silenced, how: 'joined' });
  await unit.live('watch.alert', open.id, { open: true });
}

async function heldBackBy(unit: Unit<'watch'>, alert: StoredAlert, at: Date): Promise<string | null> {
  const silences = (await silenceStore(unit.db).open()).filter(({ until }) => until > at);
  return heldBy(alert, silences, await turnStore(unit.db).coveredBy(at));
}

async function raise(unit: Unit<'watch'>, check: StoredCheck, settled: Settled, at: Date): Promise<void> {
  const { target, result } = settled;
  const raised: StoredAlert = {
    id: uuid(),
    check: { id: check.id, name: check.name, kind: check.kind },
    target,
    cause: settled.cause ?? target,
    causeKey: causeKeyOf(settled.cause ?? target),
    // A check that comes and goes is not well even in the moments in which it answers.
    state: settled.state === 'up' ? 'degraded' : settled.state,
    failingSince: check.failingSince ?? settled.first,
    raisedAt: at,
    goodSince: null,
    clearedAt: null,
    reason: result.reason,
    output: result.output,
    silenced: false,
  };
  const by = await heldBackBy(unit, raised, at);
  const alert = { ...raised, silenced: by !== null };
  await alertStore(unit.db).add(alert);
  if (by !== null) await alertStore(unit.db).noteHolder(alert.id, by);
  await unit.publish('watch.alertRaised', { ...alertFact(alert), silenced: alert.silenced });
  await unit.live('watch.alert', alert.id, { open: true });
}

/** Closes an alert: the check is well again, or it is watched no more (`removed`). */
export async function clearAlert(
  unit: Unit<'watch'>,
  alert: StoredAlert,
  end: { readonly goodSince: Date; readonly removed: boolean; readonly at: Date },
): Promise<void> {
  await alertStore(unit.db).clear(alert.id, end.goodSince, end.at);
  await unit.publish('watch.alertCleared', {
    ...alertFact(alert),
    goodSince: end.goodSince.toISOString(),
    removed: end.removed,
  });
  await unit.live('watch.alert', alert.id, { open: false });
}
