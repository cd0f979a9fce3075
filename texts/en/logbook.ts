import type { InBoth, NamedThing } from '#contract/words.ts';
import { durationText } from '../duration.ts';

/** Words of the states of checks within a sentence. */
const states: Readonly<Record<string, string>> = {
  up: 'up',
  degraded: 'degraded',
  down: 'down',
  unreachable: 'unreachable',
  unknown: 'unknown',
};
const runStates: Readonly<Record<string, string>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  stopped: 'was stopped',
  lost: 'was lost: how it ended is not known',
};
const things: Readonly<Record<NamedThing['kind'], string>> = { site: 'Site', host: 'Host', service: 'Service' };
const fields: Readonly<Record<string, string>> = {
  name: 'name',
  address: 'address',
  kind: 'kind',
  system: 'system',
  siteId: 'site',
  site: 'site',
  note: 'note',
  place: 'place',
  summary: 'summary',
  importance: 'importance',
  ownerId: 'owner',
  owner: 'owner',
  users: 'users',
};

interface OfRun {
  readonly runbook: string;
  readonly host: string;
}
type Thing = Pick<NamedThing, 'kind' | 'name'>;

/** What each kind of entry says; told when it is read, in the reader's language. */
export const entries = {
  note: (d: { readonly text: string }): string => d.text,
  incident_opened: (d: { readonly title: InBoth; readonly summary: InBoth; readonly silenced: boolean }): string =>
    `Incident opened${d.silenced ? ' (silenced)' : ''}: ${d.title.en}${d.title.en.includes(d.summary.en) ? '' : `\n${d.summary.en}`}`,
  incident_acknowledged: (d: { readonly title: InBoth }): string => `Incident taken in hand: ${d.title.en}`,
  incident_solved: (d: { readonly title: InBoth; readonly outageSeconds: number }): string =>
    `All failed checks are up again after ${durationText(d.outageSeconds, 'en')}; a person has still to agree: ${d.title.en}`,
  incident_reopened: (d: { readonly title: InBoth; readonly summary: InBoth }): string =>
    `Incident failing again: ${d.title.en}${d.title.en.includes(d.summary.en) ? '' : `\n${d.summary.en}`}`,
  incident_resolved: (d: {
    readonly title: InBoth;
    readonly outageSeconds: number | null;
    readonly cause: string;
    readonly remedy: string;
  }): string =>
    `Incident resolved${d.outageSeconds === null ? '' : ` after an outage of ${durationText(d.outageSeconds, 'en')}`}: ${d.title.en}\nCause: ${d.cause}\nRemedy: ${d.remedy}`,
  incident_comment: (d: { readonly text: string }): string => d.text,
  run_proposed: (d: OfRun & { readonly safe: boolean }): string =>
    `Run of “${d.runbook}” on ${d.host} proposed${d.safe ? ' (safe, needs no approval)' : ''}.`,
  run_approved: (d: OfRun): string => `Run of “${d.runbook}” on ${d.host} approved.`,
  run_refused: (d: OfRun & { readonly reason: string }): string =>
    `Run of “${d.runbook}” on ${d.host} refused: ${d.reason}`,
  run_emergency: (d: OfRun & { readonly reason: string }): string =>
    `Emergency declared: “${d.runbook}” on ${d.host} runs without approval. Reason: ${d.reason}`,
  run_reviewed: (d: OfRun & { readonly note: string }): string =>
    `Emergency run of “${d.runbook}” on ${d.host} reviewed${d.note === '' ? '.' : `: ${d.note}`}`,
  run_started: (d: OfRun): string => `“${d.runbook}” started on ${d.host}.`,
  run_reattached: (d: OfRun & { readonly atByte: number }): string =>
    `Vigie came back to “${d.runbook}” on ${d.host} and went on reading at byte ${d.atByte.toLocaleString('en')}; nothing was run twice.`,
  run_ended: (d: OfRun & { readonly state: string; readonly seconds: number }): string =>
    `“${d.runbook}” on ${d.host} ${runStates[d.state] ?? d.state} after ${durationText(d.seconds, 'en')}.`,
  step_failed: (
    d: OfRun & { readonly title: string; readonly state: string; readonly exitCode: number | null },
  ): string =>
    `Step “${d.title}” of “${d.runbook}” on ${d.host} ${runStates[d.state] ?? d.state}${d.exitCode === null ? '' : ` (exit code ${d.exitCode})`}.`,
  access_changed: (d: { readonly host: string }): string => `How Vigie signs in on ${d.host} was changed.`,
  state_changed: (d: {
    readonly check: string;
    readonly target: string;
    readonly from: string;
    readonly to: string;
  }): string => `${d.check} on ${d.target}: ${states[d.from] ?? d.from} → ${states[d.to] ?? d.to}`,
  check_unsteady: (d: { readonly check: string; readonly target: string }): string =>
    `${d.check} on ${d.target} changes its state again and again; further changes within the hour are not written here.`,
  window_verified: (d: {
    readonly name: string;
    readonly checks: number;
    readonly worse: readonly string[];
    readonly worseCount: number;
  }): string => {
    const over = `Agreed work “${d.name}” is over`;
    if (d.checks === 0) return `${over}; it covered no check.`;
    if (d.worseCount === 0)
      return `${over}; ${d.checks === 1 ? 'its check stands' : `its ${d.checks} checks stand`} as before.`;
    const more = d.worseCount > d.worse.length ? ` and ${d.worseCount - d.worse.length} more` : '';
    return `${over}; ${d.worseCount} of ${d.checks} ${d.checks === 1 ? 'check does' : 'checks do'} not stand as before: ${d.worse.join(', ')}${more}.`;
  },
  thing_added: (d: { readonly thing: Thing }): string => `${things[d.thing.kind]} ${d.thing.name} added.`,
  thing_changed: (d: { readonly thing: Thing; readonly what: readonly string[] }): string =>
    `${things[d.thing.kind]} ${d.thing.name} changed${d.what.length === 0 ? '.' : `: ${d.what.map((field) => fields[field] ?? field).join(', ')}.`}`,
  thing_removed: (d: { readonly thing: Thing }): string => `${things[d.thing.kind]} ${d.thing.name} removed.`,
  dependency_added: (d: { readonly dependent: string; readonly on: string }): string =>
    `${d.dependent} now depends on ${d.on}.`,
  dependency_removed: (d: { readonly dependent: string; readonly on: string }): string =>
    `${d.dependent} no longer depends on ${d.on}.`,
  person_added: (d: { readonly name: string }): string => `${d.name} was added to the team.`,
};

/** Why a solution is suggested. */
export const reasons = {
  sameCauseAndKind: (thing: string, kinds: string): string =>
    `Same cause (${thing}) and same kind of check (${kinds}).`,
  sameCause: (thing: string): string => `Same cause: ${thing}.`,
  sameKind: (kinds: string): string => `Same kind of check (${kinds}).`,
  sameWords: (words: string): string => `Words in common: ${words}.`,
  worked: (worked: number, of: number): string =>
    worked === of
      ? `It worked ${of === 1 ? 'the one time' : `all ${of} times`} it was used.`
      : `It worked ${worked} of ${of} times.`,
  passage: (text: string): string => `It says: “${text}”.`,
  neverUsed: 'It has not been used yet.',
};
