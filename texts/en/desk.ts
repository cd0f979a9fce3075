import type { InBoth } from '#contract/words.ts';
import { durationText } from '../duration.ts';

interface OfRun {
  readonly runbook: string;
  readonly host: string;
}
interface OfAlert {
  readonly check: string;
  readonly target: string;
  readonly summary: InBoth;
}

/** Words of the ways in which a run can end. */
const ends: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  stopped: 'was stopped',
  lost: 'was lost: how it ended is not known',
};
const priorities: Readonly<Record<string, string>> = {
  low: 'low',
  normal: 'normal',
  high: 'high',
  critical: 'critical',
};

const checks = (count: number): string => (count === 1 ? '1 check' : `${count} checks`);

/** The title of an incident that an alert opened. */
export const incidentTitle = (cause: string, summary: string): string =>
  summary === '' ? `${cause} fails` : `${cause}: ${summary}`;

/** What each event of a ticket's story says; told when it is read, in the reader's language. */
export const story = {
  opened_by_alert: (d: OfAlert & { readonly silenced: boolean }): string =>
    `Incident opened${d.silenced ? ' (silenced)' : ''}: the check “${d.check}” of ${d.target} fails. ${d.summary.en}`.trimEnd(),
  opened_by_hand: (d: { readonly description: string }): string =>
    d.description === '' ? 'Incident opened by hand.' : d.description,
  alert_added: (d: OfAlert): string =>
    `Same cause: the check “${d.check}” of ${d.target} fails too. ${d.summary.en}`.trimEnd(),
  alert_worsened: (d: OfAlert): string =>
    `It got worse: the check “${d.check}” of ${d.target}. ${d.summary.en}`.trimEnd(),
  cause_found: (d: { readonly cause: string; readonly target: string }): string =>
    `${d.target} is unreachable because of ${d.cause}: this incident is now that of ${d.cause}.`,
  joined_to: (d: { readonly number: number; readonly cause: string }): string =>
    `Closed: it comes from ${d.cause} and is dealt with in incident ${d.number}.`,
  alert_cleared: (d: { readonly check: string; readonly target: string; readonly removed: boolean }): string =>
    d.removed
      ? `The check “${d.check}” of ${d.target} was removed; it no longer counts.`
      : `The check “${d.check}” of ${d.target} is well again.`,
  acknowledged: (): string => 'Taken in hand; reminders stop.',
  assigned: (d: { readonly to: string | null }): string =>
    d.to === null ? 'Given back to the queue.' : `Given to ${d.to}.`,
  comment: (d: { readonly text: string }): string => d.text,
  run_proposed: (d: OfRun & { readonly safe: boolean }): string =>
    `Run of “${d.runbook}” on ${d.host} proposed${d.safe ? ' (safe, needs no approval)' : ''}.`,
  run_approved: (d: OfRun): string => `Run of “${d.runbook}” on ${d.host} approved.`,
  run_refused: (d: OfRun & { readonly reason: string }): string =>
    `Run of “${d.runbook}” on ${d.host} refused: ${d.reason}`,
  run_emergency: (d: OfRun & { readonly reason: string }): string =>
    `Emergency declared: “${d.runbook}” runs on ${d.host} without approval. Reason: ${d.reason}`,
  run_reviewed: (d: OfRun & { readonly note: string }): string =>
    `Emergency run of “${d.runbook}” on ${d.host} reviewed${d.note === '' ? '.' : `: ${d.note}`}`,
  run_started: (d: OfRun): string => `Run of “${d.runbook}” on ${d.host} started.`,
  run_reattached: (d: OfRun): string =>
    `Vigie came back after an interruption and took up the run of “${d.runbook}” on ${d.host} where it was.`,
  run_ended: (d: OfRun & { readonly state: string; readonly seconds: number }): string =>
    `Run of “${d.runbook}” on ${d.host} ${ends[d.state] ?? d.state} after ${durationText(d.seconds, 'en')}.`,
  proof_green: (d: { readonly count: number }): string =>
    `Proof: ${checks(d.count)} ran again and ${d.count === 1 ? 'is' : 'are all'} well.`,
  proof_failing: (d: {
    readonly count: number;
    readonly failing: readonly { readonly check: string; readonly summary: InBoth }[];
  }): string =>
    [
      `Proof: ${checks(d.count)} ran again; not well yet:`,
      ...d.failing.map(({ check, summary }) => `“${check}”${summary.en === '' ? '' : `: ${summary.en}`}`),
    ].join('\n'),
  proof_nothing: (): string => 'Proof: there is no check to run for this incident.',
  solved: (d: { readonly outageSeconds: number }): string =>
    `Every failed check is well again; measured outage: ${durationText(d.outageSeconds, 'en')}. Proposed as resolved.`,
  reopened: (d: OfAlert): string => `Fails again: the check “${d.check}” of ${d.target}. ${d.summary.en}`.trimEnd(),
  resolved: (d: { readonly cause: string; readonly remedy: string; readonly outageSeconds: number | null }): string =>
    `Resolved${d.outageSeconds === null ? '' : ` (outage ${durationText(d.outageSeconds, 'en')})`}.\nCause: ${d.cause}\nRemedy: ${d.remedy}`,
  cause_written: (d: { readonly cause: string | null; readonly remedy: string | null }): string =>
    [d.cause === null ? [] : `Cause: ${d.cause}`, d.remedy === null ? [] : `Remedy: ${d.remedy}`].flat().join('\n'),
  title_changed: (d: { readonly to: string }): string => `Title changed to “${d.to}”.`,
  priority_changed: (d: { readonly from: string; readonly to: string }): string =>
    `Priority changed from ${priorities[d.from] ?? d.from} to ${priorities[d.to] ?? d.to}.`,
};
