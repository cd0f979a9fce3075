import { durationText } from '../duration.ts';

const priorities: Readonly<Record<string, string>> = {
  low: 'low',
  normal: 'normal',
  high: 'high',
  critical: 'critical',
};
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long' });

interface Cover {
  readonly rota: string;
  readonly person: string;
  readonly askedBy: string;
  readonly by: string;
}

interface Spanned {
  readonly span: { readonly from: string; readonly until: string };
}

interface Incident {
  readonly title: string;
  readonly number: number;
}

const goals = { first: 'the first answer', next: 'an answer', resolution: 'the resolution' };

/** What the subject of each kind of notice says. */
export const subjects = {
  opened: (d: Incident): string => `[Vigie #${d.number}] ${d.title}`,
  reminder: (d: Incident): string => `[Vigie #${d.number}] Reminder: ${d.title}`,
  solved: (d: Incident): string => `[Vigie #${d.number}] Well again: ${d.title}`,
  resolved: (d: Incident): string => `[Vigie #${d.number}] Resolved: ${d.title}`,
  acknowledged: (d: Incident): string => `[Vigie #${d.number}] Taken: ${d.title}`,
  unrouted: (d: Incident): string => `[Vigie #${d.number}] ${d.title}`,
  joined: (d: Incident): string => `[Vigie #${d.number}] ${d.title}`,
  cover: {
    asked: (d: Cover): string => `[Vigie] ${d.askedBy} asks you to be on call on “${d.rota}”`,
    accepted: (d: Cover): string => `[Vigie] ${d.person} is on call on “${d.rota}” for a while`,
    refused: (d: Cover): string => `[Vigie] ${d.person} does not take the shift on “${d.rota}”`,
    withdrawn: (d: Cover): string => `[Vigie] The cover on “${d.rota}” was withdrawn`,
  },
  digest: (d: { readonly incidents: number; readonly seconds: number }): string =>
    d.incidents === 1
      ? `[Vigie] 1 incident changed in ${durationText(d.seconds, 'en')}`
      : `[Vigie] ${d.incidents} incidents in ${durationText(d.seconds, 'en')}`,
  approval: (d: { readonly runbook: string; readonly host: string }): string =>
    `[Vigie] To approve: “${d.runbook}” on ${d.host}`,
  decided: (d: { readonly runbook: string; readonly host: string }): string =>
    `[Vigie] Decided: “${d.runbook}” on ${d.host}`,
  promise: (d: { readonly ticket: number; readonly name: string; readonly over: boolean }): string =>
    `[Vigie #${d.ticket}] ${d.over ? 'Promised time is over' : 'Promised time runs out'}: ${d.name}`,
  mention: (d: { readonly ticket: number; readonly by: string }): string => `[Vigie #${d.ticket}] ${d.by} mentions you`,
  signIn: '[Vigie] Your link to sign in',
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
  acknowledged: (d: { readonly number: number; readonly by: string }): string =>
    `${d.by} has taken incident ${d.number}.`,
  digest:
    'So many notices came at once that Vigie tells them in one message. Each stands in the log. Vigie sent this by itself; answers are not read.',
  digestMore: (count: number): string => `And ${count} more, in Vigie.`,
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
  decided: (d: { readonly runbook: string; readonly host: string }): string =>
    `“${d.runbook}” on ${d.host} waits for approval no more.`,
  cover: {
    asked: (d: Cover & Spanned): string =>
      `${d.askedBy} asks you to be on call on “${d.rota}” from ${d.span.from} until ${d.span.until}. It counts once you agree.`,
    accepted: (d: Cover & Spanned): string =>
      `${d.person} is on call on “${d.rota}” from ${d.span.from} until ${d.span.until}.`,
    refused: (d: Cover & Spanned): string =>
      `${d.person} does not take “${d.rota}” from ${d.span.from} until ${d.span.until}; who was on call stays so.`,
    withdrawn: (d: Cover & Spanned): string =>
      `${d.by} withdrew the cover of ${d.person} on “${d.rota}” from ${d.span.from} until ${d.span.until}; who was on call is so again.`,
  },
  coverNote: (note: string): string => `Note: ${note}`,
  openRota: 'See the rota, and answer:',
  test: (d: { readonly channel: string }): string =>
    `This is a test. Notices for the channel “${d.channel}” arrive here.`,
  promise: (d: {
    readonly ticket: number;
    readonly goal: 'first' | 'next' | 'resolution';
    readonly over: boolean;
    readonly at: Date;
  }): string => `Ticket ${d.ticket}: ${goals[d.goal]} ${d.over ? 'was' : 'is'} due on ${moment.format(d.at)}.`,
  mention: (d: { readonly ticket: number; readonly by: string }): string =>
    `${d.by} mentions you in ticket ${d.ticket}.`,
  signIn: 'Somebody, most likely you, asked for a link that signs you in. It works once, for twenty minutes.',
  signInOpen: 'Sign in:',
  signInNot: 'If it was not you, do nothing: without this link nobody gets in.',
  footer: 'Vigie sent this by itself; answers are not read.',
};

/** Why a notice was held, or why it failed, where the other side gave no answer of its own. */
export const reasons = {
  silenced: 'Held: the incident is silenced.',
  maintenance: 'Held: agreed work is going on.',
  dependency: 'Held: unreachable because of what this incident is about, which is told of instead.',
  own_line_now: 'Held: our own line fails, so nothing is known of it; the line is told of instead.',
  behind: 'Held: what it stands on is down, which is told of instead.',
  own_line: 'Held: nothing is known of these checks while our own line fails; this incident is told of instead.',
  storm: 'Waits: so many notices come at once that the next message tells them together.',
  no_channel: 'Not sent: this person has no channel.',
  acknowledged: 'Held: somebody has taken the incident in hand, or it is over.',
  decided: 'Held: the run was decided meanwhile.',
  below_threshold: 'Held: the incident’s priority is below the one this channel asks for.',
  switched_off: 'Held: the channel is switched off.',
  removed: 'Held: the channel was removed.',
  quiet_hours: 'Held until the end of its person’s quiet hours.',
  overtaken: 'Held: a later notice tells how the incident stands.',
  no_route: 'Held: no channel and no route leads to anybody for this incident.',
  not_installed: 'The program apprise is not installed on Vigie’s machine (Debian: apt install apprise).',
  demonstration: 'Held: this is the demonstration, nothing leaves it.',
  no_mail_server: 'No mail server is set. An administrator can set it.',
  forbidden_address:
    'The address is link-local or a provider’s metadata service; channels never go there. A channel of one’s own reaches public addresses only.',
  redirected: 'The server answered with a redirection, which channels do not follow. Give the final address.',
  timed_out: 'No answer in time.',
  unreachable: 'The server could not be reached.',
  gave_up: 'Given up after a day of attempts.',
};

/** The columns of the log as a table. */
export const csvTitles: readonly string[] = [
  'time',
  'state',
  'about',
  'channel',
  'kind',
  'subject',
  'answer',
  'because',
  'attempts',
  'delivered',
  'incident_id',
  'id',
];

/** The answer with both its parts: the reason, and what the other side said. */
export const answerWith = (reason: string, detail: string): string =>
  detail === '' ? reason : `${reason} (${detail})`;

interface Station {
  readonly name: string;
  readonly step: number;
  /** Empty where none led there. */
  readonly tag: string;
}

/** The stations of the way by which a notice found its channel. */
export const ways = {
  everything: (_station: Station): string => 'told of everything',
  route: (d: Station): string => (d.tag === '' ? `route “${d.name}”` : `route “${d.name}” by the tag ${d.tag}`),
  policy: (d: Station): string => `policy “${d.name}”, step ${d.step}`,
  rota: (d: Station): string => `rota “${d.name}”`,
  team: (d: Station): string => `team “${d.name}”`,
  person: (d: Station): string => d.name,
};

/** Whom a route leads to in vain. */
export const missing = {
  nobody_on_call: (name: string): string => `Nobody is on call on the rota “${name}” now.`,
  no_channel: (name: string): string => `${name} has no channel.`,
  empty_team: (name: string): string => `The team “${name}” has no members.`,
  gone: (name: string): string => `Something that “${name}” names is there no more.`,
};
