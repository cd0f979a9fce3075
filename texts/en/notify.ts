import { durationText } from '../duration.ts';

const priorities: Readonly<Record<string, string>> = {
  low: 'low',
  normal: 'normal',
  high: 'high',
  critical: 'critical',
};
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' });

interface Incident {
  readonly title: string;
  readonly number: number;
}

/** What the subject of each kind of notice says. */
export const subjects = {
  opened: (d: Incident): string => `[Vigie #${d.number}] ${d.title}`,
  reminder: (d: Incident): string => `[Vigie #${d.number}] Reminder: ${d.title}`,
  solved: (d: Incident): string => `[Vigie #${d.number}] Well again: ${d.title}`,
  resolved: (d: Incident): string => `[Vigie #${d.number}] Resolved: ${d.title}`,
  approval: (d: { readonly runbook: string; readonly host: string }): string =>
    `[Vigie] To approve: “${d.runbook}” on ${d.host}`,
  test: (d: { readonly channel: string }): string => `[Vigie] Test of the channel “${d.channel}”`,
};

/** The sentences of a notice. */
export const lines = {
  opened: (d: { readonly number: number; readonly priority: string }): string =>
    `Incident ${d.number} is open, with ${priorities[d.priority] ?? d.priority} priority.`,
  since: (at: Date): string => `Failing since ${moment.format(at)}.`,
  cause: (name: string): string => `Cause: ${name}.`,
  reminder: (d: { readonly number: number; readonly seconds: number }): string =>
    `Incident ${d.number} has lasted ${durationText(d.seconds, 'en')}, and nobody has taken it in hand.`,
  acknowledge: 'Take it in hand, and reminders stop:',
  solved: (d: { readonly number: number }): string =>
    `Incident ${d.number}: every failed check is well again. A person has still to agree that it is resolved.`,
  goodSince: (at: Date): string => `Well since ${moment.format(at)}.`,
  outage: (seconds: number): string => `Measured outage: ${durationText(seconds, 'en')}.`,
  resolved: (d: { readonly number: number; readonly by: string }): string =>
    d.by === '' ? `Incident ${d.number} is resolved.` : `Incident ${d.number} was resolved by ${d.by}.`,
  causeText: (cause: string): string => `Cause: ${cause}`,
  remedyText: (remedy: string): string => `Remedy: ${remedy}`,
  open: 'Open it:',
  approval: (d: { readonly by: string; readonly runbook: string; readonly host: string }): string =>
    `${d.by} proposes to run “${d.runbook}” on ${d.host}. It waits for another person’s approval.`,
  approve: 'Read it and decide:',
  test: (d: { readonly channel: string }): string =>
    `This is a test. Notices for the channel “${d.channel}” arrive here.`,
  footer: 'Vigie sent this by itself; answers are not read.',
};

/** Why a notice was held, or why it failed, where the other side gave no answer of its own. */
export const reasons = {
  silenced: 'Held: the incident is silenced.',
  acknowledged: 'Held: somebody has taken the incident in hand, or it is over.',
  decided: 'Held: the run was decided meanwhile.',
  below_threshold: 'Held: the incident’s priority is below the one this channel asks for.',
  switched_off: 'Held: the channel is switched off.',
  removed: 'Held: the channel was removed.',
  demonstration: 'Held: this is the demonstration, nothing leaves it.',
  no_mail_server: 'No mail server is set. An administrator can set it.',
  forbidden_address: 'The address is link-local or a provider’s metadata service; webhooks never go there.',
  redirected: 'The server answered with a redirection, which webhooks do not follow. Give the final address.',
  timed_out: 'No answer in time.',
  unreachable: 'The server could not be reached.',
  gave_up: 'Given up after a day of attempts.',
};

/** The answer with both its parts: the reason, and what the other side said. */
export const answerWith = (reason: string, detail: string): string =>
  detail === '' ? reason : `${reason} (${detail})`;
