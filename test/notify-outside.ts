import type { Language } from '#contract/words.ts';
import { messageOf } from '../server/modules/notify/message.ts';
import type { Notice } from '../server/modules/notify/notice.ts';
import type { Outcome } from '../server/modules/notify/retry.ts';
import { runApprise } from '../server/modules/notify/run-apprise.ts';
import { sendMail, type MailServerAccess } from '../server/modules/notify/send-mail.ts';

/** What a notice tells of an incident. */
export type IncidentNotice = Extract<Notice, { number: number }>;

interface MailedNotice {
  readonly id: string;
  readonly notice: IncidentNotice;
  readonly to: string;
  readonly language: Language;
}

const never = new AbortController().signal;

/** Sends one notice by a mail server as a mail channel does. */
export function mailNotice(server: MailServerAccess, { id, notice, to, language }: MailedNotice): Promise<Outcome> {
  const told = { id, at: new Date('2026-11-20T08:00:30.000Z'), ticketId: notice.ticketId, notice, subject: '' };
  const message = messageOf([told], { language, publicUrl: 'https://vigie.test', receipt: null });
  return sendMail(server, { ...message, to }, never);
}

/** Has apprise send a text as an apprise channel does. */
export function sendByApprise(urls: string, text: string, signal = never): Promise<Outcome> {
  return runApprise(urls, text, signal);
}
