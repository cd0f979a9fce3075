import { v7 as uuid } from 'uuid';
import type { FactPayload } from '#contract/facts.ts';
import type { LiveEvent } from '#contract/house.ts';
import type { FactDraft } from '#platform/outbox.ts';
import { causeKeyOf } from '../running/cause.ts';
import { decideAlert, type AlertDecision } from './decide-alert.ts';
import { reasonInBoth } from './reason-text.ts';
import type { Settled } from './settled.ts';
import type { RaisedAlert, StoredAlert } from './store-alert.ts';
import type { StoredCheck } from '../watched-check.ts';

/** What becomes of an alert, and what is told of it. */
export interface AlertMove {
  readonly now: StoredAlert;
  readonly facts: readonly FactDraft[];
  readonly live: readonly Omit<LiveEvent, 'at'>[];
}

/** What holds an alert back; null when nothing does. */
export type HeldBy = (alert: StoredAlert) => string | null;

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

/** What is to be done about the alert of a check that changed. */
export function alertDecision(settled: Settled, open: StoredAlert | null): AlertDecision {
  const causeKey = settled.because === null ? undefined : causeKeyOf(settled.because);
  return decideAlert({ ...settled, causeKey }, open);
}

function seen(alert: StoredAlert, open: boolean): AlertMove['live'] {
  return [{ topic: 'watch.alert', id: alert.id, extra: { open } }];
}

/** Opens an alert for a check that stands as it stands now. */
export function raiseAlert(
  check: StoredCheck,
  { target, cause = target, state, first, result }: Settled,
  { heldBy, at }: { readonly heldBy: HeldBy; readonly at: Date },
): AlertMove & { readonly now: RaisedAlert } {
  const raised: StoredAlert = {
    id: uuid(),
    check: { id: check.id, name: check.name, kind: check.kind },
    target,
    cause,
    causeKey: causeKeyOf(cause),
    // A check that comes and goes is not well even in the moments in which it answers.
    state: state === 'up' ? 'degraded' : state,
    failingSince: check.failingSince ?? first,
    raisedAt: at,
    goodSince: null,
    clearedAt: null,
    reason: result.reason,
    output: result.output,
    silenced: false,
  };
  const by = heldBy(raised);
  const now = { ...raised, silenced: by !== null, heldBy: by };
  const payload = { ...alertFact(now), silenced: now.silenced };
  return { now, facts: [{ name: 'watch.alertRaised', payload }], live: seen(now, true) };
}

/** What got worse is told, also when a silence held only what was milder. */
export function worsenAlert(open: StoredAlert, { state, result }: Settled, heldBy: HeldBy): AlertMove {
  const worse = { ...open, state, reason: result.reason, output: result.output };
  const now = { ...worse, silenced: open.silenced && heldBy(worse) !== null };
  const payload = { ...alertFact(now), silenced: now.silenced, how: 'worsened' } as const;
  return { now, facts: [{ name: 'watch.alertChanged', payload }], live: seen(now, true) };
}

/** What it needs was found to be down only after it had alarmed: it becomes part of that. */
export function joinAlert(open: StoredAlert, cause: StoredAlert['cause']): AlertMove {
  const now = { ...open, cause, causeKey: causeKeyOf(cause) };
  const payload = { ...alertFact(now), silenced: now.silenced, how: 'joined' } as const;
  return { now, facts: [{ name: 'watch.alertChanged', payload }], live: seen(now, true) };
}

/** Closes an alert: the check is well again, or it is watched no more (`removed`). */
export function clearAlert(
  open: StoredAlert,
  { goodSince, removed, at }: { readonly goodSince: Date; readonly removed: boolean; readonly at: Date },
): AlertMove {
  const now = { ...open, goodSince, clearedAt: at };
  const payload = { ...alertFact(open), goodSince: goodSince.toISOString(), removed };
  return { now, facts: [{ name: 'watch.alertCleared', payload }], live: seen(now, false) };
}
