import type { z } from 'zod';
import { mailRecord, type TicketMail } from '#contract/desk-mail-words.ts';
import type { Language } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { quarantineReasons as en } from '#texts/en/mail.ts';
import { quarantineReasons as fr } from '#texts/fr/mail.ts';
import { tellFlight } from './mail-step.ts';
import { mailFacts, mailInStore } from './store-mail-in.ts';
import { mailListStore } from './store-mail-lists.ts';
import { mailOutStore } from './store-mail-out.ts';
import { ticketStore } from '../tickets/store-tickets.ts';

export type MailRecord = z.infer<typeof mailRecord>;

const words = { en, fr };

/** Why a mail was set aside, in a sentence; '' when it was not. */
export function tellReason(reason: string, language: Language): string {
  return reason === '' ? '' : (words[language][reason] ?? reason);
}

/** The flight record of a mail. */
export async function showMail(
  { db }: { readonly db: Database<'desk'> },
  id: string,
  language: Language,
): Promise<MailRecord> {
  const [mail, row] = await Promise.all([mailInStore(db).get(id), mailListStore(db).row(id, language)]);
  if (mail === null || row === null) throw new Refusal('not_found');
  return {
    ...row,
    reason: tellReason(row.reason, language),
    via: mailRecord.shape.via.parse(mail.via),
    envelopeFrom: mail.envelope_from,
    envelopeTo: mail.envelope_to,
    remote: mail.remote,
    messageId: mail.message_id,
    sizeBytes: mail.size_bytes,
    cut: mail.cut,
    again: mail.again,
    flight: tellFlight(mail.steps, language),
    headers: mailFacts.parse(mail.facts).headers,
  };
}

/** The mails of a ticket, in and out. */
export async function mailOfTicket(
  { db }: { readonly db: Database<'desk'> },
  id: string,
  language: Language,
): Promise<TicketMail> {
  if ((await ticketStore(db).get(id)) === null) throw new Refusal('not_found');
  const [messages, deliveries] = await Promise.all([
    mailListStore(db).ofTicket(id),
    mailOutStore(db).ofTicket(id, language),
  ]);
  return { messages, deliveries };
}
