import type { RefusalCode } from '#contract/refusal.ts';
import { valueLabels } from './value-labels.ts';

/** The word of a state, as everywhere else. */
function stateWord(state: string | number): string {
  const words: Readonly<Record<string, string>> = valueLabels;
  return words[state] ?? String(state);
}

type Detail = Readonly<Record<string, string | number>>;

/** What each refusal says. `detail` carries the names and numbers that the sentence needs. */
export const refusals: Readonly<Record<RefusalCode, (detail: Detail) => string>> = {
  bad_input: () => 'Something in the request cannot be used. See the fields named below.',
  not_json: () => 'The request’s body is not JSON. Send a JSON object with the content type application/json.',
  signed_out: () => 'You are not signed in, or your session has ended. Sign in and try again.',
  wrong_password: () => 'The address or the password is wrong. Check both and try again.',
  link_used: () => 'This link was already used or has expired. Ask for a new one.',
  forbidden: (d) =>
    `Your role does not allow this${d['permission'] === undefined ? '' : ` (it needs ${d['permission']})`}. Ask an administrator.`,
  foreign_origin: () =>
    'The request came from another web site and was not carried out. Open Vigie at its own address.',
  not_found: () => 'There is nothing here with that id: it may have been removed. Go back to the list.',
  too_large: (d) =>
    `The request is too large${d['limit'] === undefined ? '' : ` (at most ${d['limit']})`}. Send less at once.`,
  too_many_attempts: (d) => `Too many attempts. Wait ${d['minutes'] ?? 'a few'} minutes and try again.`,
  busy: () => 'Vigie is starting or stopping. Try again in a few seconds.',
  storage_full: () =>
    'The disk that holds Vigie’s data is full: nothing was stored. Free some space there; Vigie then goes on by itself.',
  already_welcomed: () => 'The first administrator already exists. Sign in instead.',
  mail_taken: (d) => `Somebody already uses the address ${d['mail'] ?? ''}. Give another one.`,
  last_administrator: () => 'This is the last active administrator. Make somebody else administrator first.',
  unknown_region: (d) =>
    `No public holidays are known for “${d['region'] ?? ''}”. Leave the region empty, or name it as ISO 3166-2 does, such as QC or ON.`,
  ends_before: () => 'That ends before it begins, or is over already. Give a later end.',
  not_yours: () => 'This belongs to somebody else. Ask them, or an administrator.',
  name_taken: (d) => `The name “${d['name'] ?? ''}” is already used. Choose another one.`,
  dependency_circle: (d) =>
    `That would close a circle: ${d['on'] ?? 'the second thing'} already depends on ${d['dependent'] ?? 'the first'}.`,
  still_used: (d) => `It is still used${d['by'] === undefined ? '' : ` by ${d['by']}`}. Remove that use first.`,
  nothing_failing: () => 'Nothing of it fails now, so there is nothing to be cured. Choose a moment instead.',
  no_open_ticket: () => 'None of its alerts has an open ticket. Choose a moment, or until cured.',
  composite_circle: () => 'This check would be made of itself. Leave out the composite that leads back here.',
  unknown_kind: (d) => `There is no kind of check called “${d['kind'] ?? ''}”.`,
  settings_invalid: () => 'Some settings cannot be used. See the fields named below.',
  secret_again: () =>
    'The stored secret would be sent elsewhere, or less well protected. Type it again where it is to be used.',
  only_own_host: () =>
    'A check of this kind looks at the machine that Vigie itself runs on. Choose that host; for another one, take a kind that asks over SSH or an exporter.',
  address_forbidden: (d) =>
    `The address ${d['address'] ?? ''} is not open to checks and webhooks: it belongs to this machine or to its provider. An administrator can do this.`,
  address_not_found: (d) =>
    `“${d['what'] ?? ''}” leads to no address. Type a host name, an IP address, a URL or a network such as 192.0.2.0/28.`,
  network_too_large: (d) =>
    `That network has ${d['count'] ?? 'too many'} addresses; at most ${d['limit'] ?? 256} are looked at together. Type a smaller one.`,
  ssh_access_missing: (d) =>
    `Vigie has no way to sign in on ${d['host'] ?? 'this host'}. Set its credential and host key first.`,
  dashboard_changed: () => 'Somebody saved this dashboard meanwhile. Reload it, or save yours as a copy.',
  dashboards_full: (d) => `There are ${d['most'] ?? ''} dashboards already. Remove one that nobody uses.`,
  too_many_tags: (d) => `A thing carries at most ${d['most'] ?? ''} tags. Take some off first.`,
  export_too_long: (d) =>
    `This would be more than ${d['most'] ?? ''} values. Choose a shorter period or fewer measurements.`,
  not_in_this_state: (d) =>
    `This is not possible ${d['state'] === undefined ? 'now' : `while it is “${stateWord(d['state'])}”`}. Reload to see what happened meanwhile.`,
  own_approval: () => 'You proposed this yourself, so another person has to agree.',
  changed_since_approval: () => 'The plan changed since you opened it. Read it again before you approve.',
  host_key_unknown: (d) =>
    `The key of ${d['host'] ?? 'the host'} is not pinned yet. Compare its fingerprint and pin it.`,
  host_key_changed: (d) =>
    `${d['host'] ?? 'The host'} shows another key than the pinned one. It was reinstalled, or something stands in between: compare before you pin the new key.`,
  host_unreachable: (d) =>
    `${d['host'] ?? 'The host'} does not answer${d['why'] === undefined ? '' : ` (${d['why']})`}. Check its address, its port and the network.`,
  key_unreadable: () =>
    'This private key cannot be read. Paste it whole, in OpenSSH or PEM form, with its passphrase if it has one.',
  time_zone_unknown: (d) => `There is no time zone “${d['name'] ?? ''}”. Write one like Europe/Paris.`,
  needed_by_watch: (d) =>
    `Vigie needs the check “${d['name'] ?? ''}” to tell its own failures from those of others. It can be paused, not removed.`,
  window_over: (d) => `The maintenance window “${d['name'] ?? ''}” is over. Agree on a new one.`,
  parameter_missing: (d) => `The parameter “${d['name'] ?? ''}” needs a value.`,
  already_resolved: (d) => `Ticket ${d['number'] ?? ''} is already closed. Open it again first.`,
  move_not_legal: (d) =>
    `A ${d['kind'] ?? 'ticket'} that is “${d['from'] ?? ''}” cannot become “${d['to'] ?? ''}”. Possible from here: ${d['moves'] ?? 'nothing'}.`,
  reason_missing: () => 'This needs a reason. Write one sentence that the next person understands.',
  ticket_circle: () => 'That would lead a ticket back to itself. Choose another ticket.',
  cause_is_open: () =>
    'A check still fails for this incident, so it cannot be merged away, withdrawn or made something else. Merge the other ticket into it instead, or resolve it.',
  not_a_change: () => 'Only a change has a plan.',
  undo_too_late: () => 'This was undone already, or lies more than thirty days back.',
  too_many_tickets: (d) =>
    `That would change ${d['count'] ?? 'too many'} tickets; at most ${d['most'] ?? ''} at once. Narrow it down.`,
  desk_full: (d) => `There are ${d['most'] ?? ''} of these already, and no more can be kept. Use one that is there.`,
  channel_failed: (d) => `The notice could not be delivered: ${d['answer'] ?? ''}`,
};

/** Why a field was refused, for the rules that are our own. */
export const fieldReasons = {
  one_line: 'Write it on one line, without line breaks or control characters.',
  storable: 'This text holds characters that cannot be stored (such as U+0000). Remove them.',
  one_of_target_check: 'Name one of them: a thing, a tag, a check, a kind or a name.',
  until_needed: 'Say until when.',
  after_from: 'The end lies after the beginning.',
  period_too_long: 'At most 800 days go into one report.',
  one_of_degraded_down: 'Give at least one limit: for degraded or for down.',
  beyond_degraded: 'The limit for down lies beyond the one for degraded.',
  below_flap_start: 'It must be lower than where flapping begins.',
  host_key: 'This is not a host key. Paste it as “ssh-ed25519 AAAA…”, as the scan or a known_hosts file shows it.',
  cursor: 'This is not the `next` of an earlier page.',
  web_address: 'Write a web address that begins with https:// or http://, without a user name or a password in it.',
  missing: 'This is missing. Give a value.',
  form: 'This is not written as it should be.',
  time_zone: 'This time zone is not known. Write it like Europe/Paris or America/Montreal.',
  mail_address: 'This is not a mail address. Write it like name@example.org.',
  kind_and_id: 'Name a thing by its kind and its id together, or leave both out.',
  finest_shortest: 'What is coarser is kept at least as long as what is finer.',
  few_labels: 'Give at most 20 labels.',
  authority_private_key:
    'This holds a private key. Give the certificate only; nothing was stored, but a key that was pasted somewhere is better replaced.',
  authority_no_certificate:
    'This holds no certificate that can be read. Paste it whole, from “-----BEGIN CERTIFICATE-----” to “-----END CERTIFICATE-----”.',
  authority_not_an_authority:
    'One of these certificates is neither an authority’s nor signed by itself. Give the authority that issued it.',
  authority_certificate_over: 'One of these certificates has expired. An expired authority vouches for nothing.',
  many_authorities: 'At most 100 authorities are kept. Remove some first.',
  secret_again:
    'Type this secret again: where it is sent, or how it is protected on its way, would change, and a stored secret is not taken along.',
  too_deep: 'The request is nested too deeply.',
};

export const internalFault = (reference: string): string =>
  `Something went wrong inside Vigie. Nothing was changed by halves. Give this number to whoever looks after Vigie: ${reference}`;

/** What is wrong with a field, and what to type instead. */
export const fieldFaults = {
  missing: 'This is missing. Give a value.',
  kind: (expected: string) =>
    `This should be ${({ string: 'a text', number: 'a number', int: 'a whole number', boolean: 'yes or no (true or false)', array: 'a list', object: 'an object', record: 'an object' } as Record<string, string>)[expected] ?? expected}.`,
  tooShort: (least: number) => (least === 1 ? 'This must not be empty.' : `Write at least ${least} characters.`),
  tooLong: (most: number) => `Write at most ${most} ${most === 1 ? 'character' : 'characters'}.`,
  tooFew: (least: number) => `Give at least ${least}.`,
  tooMany: (most: number) => `Give at most ${most}.`,
  tooSmall: (least: string) => `The smallest value is ${least}.`,
  tooLarge: (most: string) => `The largest value is ${most}.`,
  choice: (choices: string) => `Choose one of: ${choices}.`,
  mail: 'This is not a mail address. Write it like name@example.org.',
  uuid: 'This is not an id.',
  time: 'This is not a moment. Write it like 2026-03-29T02:30:00+01:00.',
  form: 'This is not written as it should be.',
  unknown: (names: string) => `Nothing here is called ${names}.`,
  other: 'This value cannot be used.',
};
