import type { Alert } from '#contract/alert.ts';
import type { z } from 'zod';
import type { Check, result, stateChange } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { phaseOf } from '#probe/phase-of.ts';
import { slotMs } from '#probe/schedule.ts';
import { reasonText } from '../states/reason-text.ts';
import { hideSecrets } from './secret-settings.ts';
import type { StoredAlert, StoredChange } from '../states/store-alert.ts';
import type { ListedCheck } from './store-check.ts';
import type { SilenceIndex } from '../calm/silence-index.ts';
import type { StoredResult } from '../watched-check.ts';

/** What is needed beside the check itself to show it. */
export interface Around {
  readonly addresses: ReadonlyMap<string, string>;
  readonly silenceOf: SilenceIndex;
  readonly now: Date;
  readonly language: Language;
}

/** A check as the contract shows it, told in the reader's language. */
export function tellCheck({ check, targetName, last }: ListedCheck, around: Around): Check {
  const what = { checkId: check.id, checkKind: check.kind, checkName: check.name, targetId: check.target.id };
  const silence = around.silenceOf(what);
  return {
    id: check.id,
    name: check.name,
    kind: check.kind,
    target: { ...check.target, name: targetName },
    address: around.addresses.get(`${check.target.kind}:${check.target.id}`) ?? '',
    settings: hideSecrets(kinds.get(check.kind), check.settings),
    intervalSeconds: check.intervalMs / 1_000,
    importance: check.importance,
    paused: check.paused,
    state: check.state,
    since: check.since.toISOString(),
    flapping: check.flapping,
    because: check.because,
    silencedUntil: silence?.until.toISOString() ?? null,
    summary: last === null ? '' : reasonText(check.kind, last.reason, around.language),
    lastResultAt: last?.at.toISOString() ?? null,
    nextAt: check.paused ? null : nextRun(check.id, check.kind, check.intervalMs, around.now),
  };
}

/** The next moment of the plan, which follows from the id alone. */
function nextRun(id: string, kind: string, intervalMs: number, now: Date): string {
  const phaseMs = phaseOf(id, intervalMs, Math.max(kinds.get(kind)?.slotMs ?? 0, slotMs));
  const rounds = Math.floor((now.getTime() - phaseMs) / intervalMs) + 1;
  return new Date(rounds * intervalMs + phaseMs).toISOString();
}

/** A result as the contract shows it. */
export function tellResult(kind: string, stored: StoredResult, language: Language): z.infer<typeof result> {
  return {
    at: stored.at.toISOString(),
    verdict: stored.verdict,
    summary: reasonText(kind, stored.reason, language),
    output: stored.output,
    durationMs: stored.durationMs,
    confirming: stored.confirming,
  };
}

/** A change of state as the contract shows it. */
export function tellChange(kind: string, change: StoredChange, language: Language): z.infer<typeof stateChange> {
  return {
    at: change.at.toISOString(),
    from: change.from,
    to: change.to,
    because: change.because,
    summary: reasonText(kind, change.reason, language),
  };
}

/** An alert as the contract shows it. */
export function tellAlert(alert: StoredAlert, language: Language): Alert {
  return {
    id: alert.id,
    check: alert.check,
    target: alert.target,
    cause: alert.cause,
    causeKey: alert.causeKey,
    state: alert.state,
    failingSince: alert.failingSince.toISOString(),
    raisedAt: alert.raisedAt.toISOString(),
    clearedAt: alert.clearedAt?.toISOString() ?? null,
    summary: reasonText(alert.check.kind, alert.reason, language),
    output: alert.output,
    silenced: alert.silenced,
  };
}
