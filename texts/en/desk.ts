import type { InBoth } from '#contract/words.ts';
import { durationText } from '../duration.ts';
import { momentText } from '../moment.ts';

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

/** The words of a ticket's states, kinds and the like, within a sentence. */
export const kinds: Readonly<Record<string, string>> = {
  incident: 'incident',
  request: 'request',
  problem: 'problem',
  change: 'change',
};
export const states: Readonly<Record<string, string>> = {
  open: 'open',
  in_progress: 'in progress',
  waiting: 'waiting',
  solved: 'to be agreed',
  known_error: 'known error',
  approval: 'awaiting approval',
  approved: 'approved',
  review: 'to be reviewed',
  resolved: 'resolved',
  cancelled: 'cancelled',
};
const waits: Readonly<Record<string, string>> = {
  requester: 'for the requester',
  supplier: 'for a supplier',
  delivery: 'for a delivery',
  change: 'for a change',
  other: 'for something else',
};
const fields: Readonly<Record<string, string>> = {
  kind: 'Kind',
  impact: 'Impact',
  urgency: 'Urgency',
  requester: 'Requester',
  category: 'Category',
  team: 'Team',
  tags: 'Tags',
  due: 'Due',
  snooze: 'Put off until',
  thing: 'Concerns',
  parent: 'Part of',
  workaround: 'Workaround',
};
const scores = ['Not satisfied', 'Half satisfied', 'Satisfied'];
const goals: Readonly<Record<string, string>> = {
  first: 'First answer',
  next: 'Answer',
  resolution: 'Resolution',
};
const levels: Readonly<Record<string, string>> = { low: 'low', normal: 'normal', high: 'high' };
const links: Readonly<Record<string, string>> = {
  related: 'related to',
  blocks: 'blocks',
  duplicates: 'duplicate of',
  caused_by: 'caused by',
};
const rearrangements: Readonly<Record<string, string>> = { merge: 'merge', split: 'split', move: 'move' };

const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`);
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function valueWord(field: string, value: string): string {
  if (field === 'kind') return kinds[value] ?? value;
  if (field === 'impact' || field === 'urgency') return levels[value] ?? value;
  if (field === 'due' || field === 'snooze')
    return momentText(new Date(value), 'en', new Intl.DateTimeFormat().resolvedOptions().timeZone);
  return value;
}

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
  opened_ticket: (d: { readonly kind: string }): string => `${capital(kinds[d.kind] ?? d.kind)} opened.`,
  moved: (d: {
    readonly from: string;
    readonly to: string;
    readonly why: string;
    readonly waitingFor: string | null;
  }): string =>
    `${capital(states[d.from] ?? d.from)} → ${states[d.to] ?? d.to}${d.waitingFor === null ? '' : ` (${waits[d.waitingFor] ?? d.waitingFor})`}${d.why === '' ? '.' : `: ${d.why}`}`,
  set: (d: { readonly field: string; readonly from: string | null; readonly to: string | null }): string =>
    `${fields[d.field] ?? d.field}: ${d.from === null || d.from === '' ? 'none' : valueWord(d.field, d.from)} → ${d.to === null || d.to === '' ? 'none' : valueWord(d.field, d.to)}.`,
  priority_reasoned: (d: { readonly from: string; readonly to: string; readonly reason: string }): string =>
    `Priority changed from ${priorities[d.from] ?? d.from} to ${priorities[d.to] ?? d.to}: ${d.reason}`,
  plan_written: (): string => 'The plan of the change was written.',
  linked: (d: { readonly kind: string; readonly number: number; readonly on: boolean }): string =>
    `${d.on ? 'Linked' : 'No longer linked'}: ${links[d.kind] ?? d.kind} #${d.number}.`,
  merged_here: (d: { readonly number: number; readonly title: string; readonly count: number }): string =>
    `#${d.number} “${d.title}” was merged into this ticket (${messages(d.count)}).`,
  merged_away: (d: { readonly number: number; readonly title: string }): string =>
    `Merged into #${d.number} “${d.title}”: the conversation goes on there.`,
  messages_to: (d: { readonly number: number; readonly count: number; readonly split: boolean }): string =>
    d.split
      ? `#${d.number} was made of ${messages(d.count)} of this ticket.`
      : `${capital(messages(d.count))} moved to #${d.number}.`,
  messages_from: (d: { readonly number: number; readonly count: number; readonly split: boolean }): string =>
    d.split ? `Made of ${messages(d.count)} of #${d.number}.` : `${capital(messages(d.count))} came from #${d.number}.`,
  put_back: (d: { readonly number: number; readonly kind: string; readonly count: number }): string =>
    `The ${rearrangements[d.kind] ?? d.kind} with #${d.number} was undone: ${messages(d.count)} went back.`,
  mail_bounced: (d: { readonly to: string; readonly said: string }) => `A mail to ${d.to} did not arrive: ${d.said}`,
  woke: (): string => 'Back in the list: the time until which it was put off is over.',
  rated: (d: { readonly score: number; readonly comment: string }): string =>
    `${scores[d.score - 1] ?? ''}${d.comment === '' ? '.' : `: ${d.comment}`}`,
  promise_step: (d: {
    readonly goal: string;
    readonly act: string;
    readonly to: string;
    readonly dueAt: string;
    readonly over: boolean;
  }): string => {
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const due = `${goals[d.goal] ?? d.goal} ${d.over ? 'was due' : 'is due'} ${momentText(new Date(d.dueAt), 'en', zone)}`;
    if (d.act === 'raise') return `${due}: priority raised to ${priorities[d.to] ?? d.to}.`;
    if (d.act === 'assign') return `${due}: given to ${d.to}.`;
    return d.to === '0' ? `${due}: nobody to tell.` : `${due}: ${d.to === '1' ? '1 person' : `${d.to} people`} told.`;
  },
};
