import { z } from 'zod';
import {
  mailbox,
  mailboxSettings,
  mailListener,
  mailListenerShown,
  mailReading,
  mailRecord,
  mailRow,
  mailRule,
  mailVerdict,
  mailWay,
  ticketMail,
} from './desk-mail-words.ts';
import { ticketSheet } from './desk-words.ts';
import { request } from './request.ts';
import { id, listOf, nothing, page, text, time } from './words.ts';

const mailboxes = {
  list: request({ method: 'GET', path: '/desk/mailboxes', permission: 'desk.read', summary: 'The desk’s mailboxes' })
    .input(nothing)
    .output(z.object({ items: z.array(mailbox) })),
  get: request({
    method: 'GET',
    path: '/desk/mailboxes/{id}',
    permission: 'desk.read',
    summary: 'A mailbox',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(mailbox),
  put: request({
    method: 'PUT',
    path: '/desk/mailboxes/{id}',
    permission: 'desk.settings',
    summary: 'Keep a mailbox; secrets that are marked stay, while they are for the same server',
    refusals: ['mail_taken', 'not_found', 'secret_again', 'address_forbidden', 'desk_full'],
  })
    .input(mailboxSettings.extend({ id }))
    .output(mailbox),
  remove: request({
    method: 'DELETE',
    path: '/desk/mailboxes/{id}',
    permission: 'desk.settings',
    summary: 'Remove a mailbox; its mails and tickets stay',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(nothing),
  test: request({
    method: 'POST',
    path: '/desk/mailboxes/{id}/test',
    permission: 'desk.settings',
    summary: 'Open a mailbox and its outgoing server, and say what is wrong',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(z.object({ incoming: mailWay, outgoing: mailWay })),
  consent: request({
    method: 'POST',
    path: '/desk/mailboxes/{id}/consent',
    permission: 'desk.settings',
    summary: 'Ask for access to a mailbox at Microsoft: a code that somebody types there',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(
      z.object({
        /** Null when the provider could not be asked; `said` tells why. */
        code: z.string().nullable(),
        address: z.string(),
        until: time.nullable(),
        said: z.string(),
      }),
    ),
  consented: request({
    method: 'POST',
    path: '/desk/mailboxes/{id}/consent/answer',
    permission: 'desk.settings',
    summary: 'Ask whether the access was agreed to',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(z.object({ answer: z.enum(['agreed', 'pending', 'refused', 'expired', 'unreachable']), said: z.string() })),
};

const listener = {
  get: request({
    method: 'GET',
    path: '/desk/mail-listener',
    permission: 'desk.read',
    summary: 'The desk’s own mail server; null when there is none',
  })
    .input(nothing)
    .output(mailListenerShown.nullable()),
  set: request({
    method: 'PUT',
    path: '/desk/mail-listener',
    permission: 'desk.settings',
    summary: 'Let the desk listen for mail itself, by SMTP or LMTP',
  })
    .input(mailListener)
    .output(mailListenerShown),
};

const rules = {
  list: request({
    method: 'GET',
    path: '/desk/mail-rules',
    permission: 'desk.read',
    summary: 'What is done with mails that open a ticket, in order',
  })
    .input(nothing)
    .output(z.object({ items: z.array(mailRule) })),
  set: request({
    method: 'PUT',
    path: '/desk/mail-rules',
    permission: 'desk.settings',
    summary: 'Keep the rules for mails that open a ticket: all of them, in order',
    refusals: ['not_found'],
  })
    .input(z.object({ items: z.array(mailRule).max(200) }))
    .output(z.object({ items: z.array(mailRule) })),
  replay: request({
    method: 'POST',
    path: '/desk/mail-rules/replay',
    permission: 'desk.read',
    summary: 'Play changed rules on the mail of the last days, without doing anything',
    changes: false,
  })
    .input(
      z.object({
        items: z.array(mailRule).max(200),
        days: z.number().int().min(1).max(31).default(7),
      }),
    )
    .output(
      z.object({
        /** Mails that were looked at, and how many of them would become something else. */
        looked: z.number().int(),
        changed: z.number().int(),
        /** More came than are looked at: the newest were. */
        more: z.boolean(),
        items: z.array(
          z.object({
            mailId: id,
            at: time,
            from: z.string(),
            subject: z.string(),
            before: mailVerdict,
            after: mailVerdict,
          }),
        ),
      }),
    ),
};

const mails = {
  list: request({
    method: 'GET',
    path: '/desk/mails',
    permission: 'desk.read',
    summary: 'Mails that came in, newest first, and what became of them',
  })
    .input(
      z.object({
        ...page,
        which: z.enum(['all', 'aside', 'kept', 'bounce', 'flagged']).default('all'),
        search: text(100).default(''),
      }),
    )
    .output(listOf(mailRow)),
  get: request({
    method: 'GET',
    path: '/desk/mails/{id}',
    permission: 'desk.read',
    summary: 'The flight record of a mail: what was decided about it, and why',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(mailRecord),
  reading: request({
    method: 'GET',
    path: '/desk/mails/{id}/reading',
    permission: 'desk.read',
    summary: 'What a mail says, read anew from its own bytes: its text, and its HTML made safe',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(mailReading),
  again: request({
    method: 'POST',
    path: '/desk/mails/{id}/again',
    permission: 'desk.write',
    summary: 'Read a mail again that was set aside',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(mailRecord),
  toTicket: request({
    method: 'POST',
    path: '/desk/mails/{id}/ticket',
    permission: 'desk.write',
    summary: 'Open a ticket of a mail that opened none, with the mail as a file',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(mailRecord),
  ofTicket: request({
    method: 'GET',
    path: '/desk/tickets/{id}/mail',
    permission: 'desk.read',
    summary: 'The mails of a ticket: who wrote them, and how far answers are on their way',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(ticketMail),
  trust: request({
    method: 'POST',
    path: '/desk/mails/{id}/trust',
    permission: 'desk.write',
    summary: 'Take the writer of a mail in as one who takes part in its ticket',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(ticketSheet),
  adopt: request({
    method: 'POST',
    path: '/desk/mails/{id}/adopt',
    permission: 'desk.write',
    summary: 'Make the first writer of a mail that was passed on the one who is helped',
    refusals: ['not_found', 'not_in_this_state', 'already_resolved'],
  })
    .input(z.object({ id }))
    .output(ticketSheet),
  resend: request({
    method: 'POST',
    path: '/desk/mail-deliveries/{id}/again',
    permission: 'desk.write',
    summary: 'Send a mail again that did not arrive',
    refusals: ['not_found', 'not_in_this_state'],
  })
    .input(z.object({ id }))
    .output(nothing),
};

/** Mail to the desk and from it. */
export const deskMail = { mailboxes, mailListener: listener, mailRules: rules, mails };
