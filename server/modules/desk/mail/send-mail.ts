import { composeAnswer, type AnswerDraft, type EarlierMessage } from '#mail/compose-answer.ts';
import { flightStep, type FlightStep } from '#mail/flight-record.ts';
import { sendMessage } from '#mail/send-message.ts';
import * as en from '#texts/en/mail.ts';
import * as fr from '#texts/fr/mail.ts';
import { ratingToken } from '#mail/thread/mail-token.ts';
import type { Message } from '#contract/desk-words.ts';
import { bytesOf } from '../talk/keep-bytes.ts';
import { outgoingAccess } from './mail-access.ts';
import type { MailParts } from './mail-parts.ts';
import { troubleOf } from './mail-trouble.ts';
import { mailKeys } from './mail-vault.ts';
import { fileStore } from '../talk/store-files.ts';
import { mailboxStore, type MailboxRecord } from './store-mailboxes.ts';
import { mailFacts, mailInStore } from './store-mail-in.ts';
import { mailOutStore, type QueuedMail } from './store-mail-out.ts';
import { messageStore } from '../talk/store-messages.ts';
import { ticketStore } from '../tickets/store-tickets.ts';

const words = { en, fr };
const minuteMs = 60_000;
/** After the nth attempt; the last goes on until the mail is given up. */
const pausesMs = [1, 5, 15, 30, 60].map((minutes) => minutes * minuteMs);
const giveUpMs = 48 * 60 * minuteMs;
/** What every server takes; more is not tried. */
const mostFileBytes = 20_000_000;
const mostHistory = 12;

/** What somebody wrote, without what was folded away in it; what they passed on is theirs to show. */
function shownText({ body, folds }: Pick<Message, 'body' | 'folds'>): string {
  let text = '';
  let at = 0;
  for (const { from, to, kind } of folds) {
    if (kind === 'forwarded' || kind === 'forwarded_header' || from < at) continue;
    text += body.slice(at, from);
    at = to;
  }
  return (text + body.slice(at)).replaceAll(/\n{3,}/gu, '\n\n').trim();
}

/** What the desk says by itself. */
function bodyOf({ kind, language, recipients }: QueuedMail, reference: string): string {
  const { confirmation, satisfaction } = words[language];
  const name = recipients.to[0]?.name ?? '';
  return (kind === 'satisfaction' ? satisfaction : confirmation).body({ name, reference });
}

/** One link for each answer, the best first. */
async function choicesOf(parts: MailParts, { ticketId, language }: QueuedMail): Promise<AnswerDraft['choices'] & {}> {
  const token = ratingToken(ticketId, await mailKeys(parts));
  return words[language].satisfaction.scores
    .map((label, place) => ({
      label,
      address: `${parts.publicUrl.replace(/\/$/u, '')}/rate/${token}?score=${place + 1}&lang=${language}`,
    }))
    .toReversed();
}

async function draftOf(
  parts: MailParts,
  mail: QueuedMail,
  mailbox: MailboxRecord,
): Promise<AnswerDraft | 'gone' | 'too_large'> {
  const { db } = parts;
  const ticket = await ticketStore(db).get(mail.ticketId);
  if (ticket === null) return 'gone';
  const message = mail.messageId === null ? null : await messageStore(db).get(mail.messageId);
  if (mail.kind === 'answer' && message === null) return 'gone';
  const answered = mail.answersId === null ? null : await mailInStore(db).get(mail.answersId);
  const { messages } = await messageStore(db).publicStream(ticket.id, { limit: mostHistory });
  const earlier = message === null ? [] : messages.filter(({ id, at }) => id !== message.id && at <= message.at);
  const history = earlier
    .toReversed()
    .map((each): EarlierMessage => ({ name: each.who.name, at: new Date(each.at), text: shownText(each) }));
  const size = message?.attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) ?? 0;
  if (size > mostFileBytes) return 'too_large';
  const attachments = [];
  for (const { id, name, type, sizeBytes } of message?.attachments ?? []) {
    const file = await fileStore(db).file(id);
    if (file !== null) attachments.push({ name, type, bytes: await bytesOf(db, file.blobId, sizeBytes) });
  }
  const reference = `#${ticket.number}`;
  return {
    ticket: ticket.id,
    reference,
    deliveryId: mail.id,
    subject: ticket.title[mail.language],
    language: mail.language,
    from: { name: mailbox.name, address: mailbox.address },
    to: mail.recipients.to,
    cc: mail.recipients.cc,
    body: message === null ? bodyOf(mail, reference) : message.body,
    ...(mail.kind === 'satisfaction' ? { choices: await choicesOf(parts, mail) } : {}),
    history,
    answers:
      answered === null || answered.message_id === null
        ? null
        : { messageId: answered.message_id, references: mailFacts.parse(answered.facts).references },
    isAutomatic: mail.automatic,
    attachments,
    at: mail.createdAt,
  };
}

interface Ended {
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly said: string;
  readonly steps: readonly FlightStep[];
  readonly mailId?: string;
}

async function attempt(parts: MailParts, mail: QueuedMail, signal: AbortSignal): Promise<Ended> {
  const { db, clock, transact } = parts;
  const own = mail.mailboxId === null ? null : await mailboxStore(db).get(mail.mailboxId);
  const mailbox =
    own === null || !own.active || own.outgoing === null ? await mailboxStore(db).forTicket(mail.ticketId) : own;
  if (mailbox === null)
    return { state: 'waiting', said: '', steps: [flightStep('send', 'send_no_mailbox', '', 'later')] };
  const draft = await draftOf(parts, mail, mailbox);
  if (draft === 'gone') return { state: 'failed', said: '', steps: [] };
  const tooLarge: Ended = { state: 'failed', said: '', steps: [flightStep('send', 'send_too_large', '', 'failed')] };
  if (draft === 'too_large') return tooLarge;
  const composed = await composeAnswer(draft, mailbox.address, await mailKeys(parts));
  if (composed.outcome === 'too_large') return tooLarge;
  const noteWay = (trouble: Parameters<typeof troubleOf>[0], what: ReturnType<typeof troubleOf>): Promise<boolean> =>
    transact(async (unit) => {
      const isNews = await mailboxStore(unit.db).noteWay(mailbox.id, 'out', {
        trouble: what,
        said: trouble,
        at: clock.now(),
      });
      if (isNews) await unit.live('desk.mailbox', mailbox.id);
      return isNews;
    });
  const opened = await outgoingAccess(parts, mailbox, signal);
  if (opened.outcome === 'trouble') {
    await noteWay(opened.said, opened.trouble);
    return { state: 'waiting', said: opened.said, steps: [flightStep('send', 'send_later', opened.said, 'later')] };
  }
  const sent = await sendMessage(opened.access, composed.mail, signal);
  await noteWay(sent.end === 'later' ? sent.said : '', sent.end === 'later' ? troubleOf(sent.said) : '');
  const said = [sent.said, ...sent.refusedRecipients.map((each) => `✗ ${each}`)].join(' ').slice(0, 500);
  const state = sent.end === 'sent' ? 'sent' : sent.end === 'refused' ? 'failed' : 'waiting';
  return { state, said, steps: sent.steps, ...(state === 'sent' ? { mailId: composed.mail.messageId } : {}) };
}

/** Sends one mail, once; what could not leave comes again later, until it is given up. */
export async function sendOne(parts: MailParts, mail: QueuedMail, signal: AbortSignal): Promise<void> {
  const { clock, transact } = parts;
  const ended = await attempt(parts, mail, signal);
  // Whoever stops in the middle leaves it as it is: its claim runs out.
  if (signal.aborted && ended.state === 'waiting') return;
  const at = clock.now();
  const isOver = ended.state === 'waiting' && at.getTime() - mail.createdAt.getTime() > giveUpMs;
  const pauseMs = pausesMs[Math.min(mail.tries, pausesMs.length) - 1] ?? minuteMs;
  await transact(async (unit) => {
    const noted = await mailOutStore(unit.db).note(mail.id, {
      ...ended,
      ...(isOver
        ? { state: 'failed' as const, steps: [...ended.steps, flightStep('send', 'send_gave_up', '', 'failed')] }
        : {}),
      at,
      nextAt: new Date(at.getTime() + pauseMs),
    });
    if (noted !== null) await unit.live('desk.ticket', noted.ticketId);
  });
}
