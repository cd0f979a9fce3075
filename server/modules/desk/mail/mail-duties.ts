import type { Duty } from '#platform/duties.ts';
import { askForSatisfaction } from '../portal/ask-satisfaction.ts';
import { keepSending } from './keep-sending.ts';
import { keepTaking } from './keep-taking.ts';
import { mailDuty, type MailParts } from './mail-parts.ts';
import { watchMailboxes } from './watch-mailboxes.ts';

/** What the desk's mail does by itself. In the demonstration nothing comes in and nothing leaves. */
export function mailDuties(parts: MailParts): readonly Duty[] {
  if (parts.demonstration) return [];
  return [
    { name: mailDuty.watch, everySeconds: 5, work: (signal) => watchMailboxes(parts, signal) },
    { name: mailDuty.takeIn, everySeconds: 1, work: (signal) => keepTaking(parts, signal) },
    { name: 'ask for satisfaction', everySeconds: 15, work: (signal) => askForSatisfaction(parts, signal) },
    { name: mailDuty.send, everySeconds: 1, work: (signal) => keepSending(parts, signal) },
  ];
}
