import { v7 as uuid } from 'uuid';
import type { Doer, Language } from '#contract/words.ts';
import { mayAnswer, mayNotify } from '#mail/send-budget.ts';
import type { FlightStep } from '#mail/flight-record.ts';
import type { Unit } from '#platform/outbox.ts';
import { mailDuty } from './mail-parts.ts';
import { mailboxStore } from './store-mailboxes.ts';
import { mailOutStore, type MailPeople } from './store-mail-out.ts';
import { mailPeopleStore, type MailPerson } from './store-mail-people.ts';
import { mailThreadStore } from './store-mail-threads.ts';

/** Those who read the same language are written to together; whoever asked stands first. */
function groups(readers: readonly (MailPerson & { readonly language: Language })[]): [Language, MailPeople][] {
  const found = new Map<Language, { name: string; address: string }[]>();
  for (const { name, address, language } of readers)
    found.set(language, [...(found.get(language) ?? []), { name, address }]);
  return [...found].map(([language, [first, ...others]]) => [
    language,
    { to: first === undefined ? [] : [first], cc: others },
  ]);
}

/**
 * Lets a public answer leave by mail, in the transaction in which it is written. What a person writes is never held; that
 * they wrote is noted, because automatic mails are counted from there.
 */
export async function queueAnswer(
  unit: Unit<'desk'>,
  { ticketId, messageId, who, at }: { ticketId: string; messageId: string; who: Doer; at: Date },
): Promise<void> {
  const mailbox = await mailboxStore(unit.db).forTicket(ticketId);
  if (mailbox === null) return;
  const all = await mailPeopleStore(unit.db).readers(ticketId);
  const readers = all.filter(({ personId }) => personId === null || personId !== who.id);
  if (readers.length === 0) return;
  const out = mailOutStore(unit.db);
  await out.touch(
    readers.map(({ address }) => address),
    at,
  );
  const answers = await mailThreadStore(unit.db).newest(ticketId);
  for (const [language, recipients] of groups(readers))
    await out.add({
      id: uuid(),
      ticketId,
      messageId,
      mailboxId: mailbox.id,
      kind: 'answer',
      recipients,
      language,
      automatic: false,
      answersId: answers?.id ?? null,
      state: 'waiting',
      at,
      steps: [],
    });
  await out.settleMessage(messageId);
  await unit.wake(mailDuty.send);
}

const dayMs = 24 * 3_600_000;

/** Asks whoever was helped whether they are satisfied, as far as the bounds allow; whether they are asked. */
export async function queueSatisfaction(
  unit: Unit<'desk'>,
  asked: {
    readonly ticketId: string;
    readonly mailboxId: string;
    readonly to: MailPerson;
    readonly language: Language;
  },
  at: Date,
): Promise<boolean> {
  const { ticketId, to } = asked;
  const out = mailOutStore(unit.db);
  const address = to.address.toLowerCase();
  await out.holdBudget();
  const counted = { address, domain: address.split('@').at(-1) ?? '', ticketId, sameWordsDay: 0 };
  const { isAllowed, steps } = mayNotify(await out.counts(counted, at));
  const answers = await mailThreadStore(unit.db).newest(ticketId);
  await out.add({
    id: uuid(),
    ticketId,
    messageId: null,
    mailboxId: asked.mailboxId,
    kind: 'satisfaction',
    recipients: { to: [{ name: to.name, address: to.address }], cc: [] },
    language: asked.language,
    automatic: true,
    answersId: answers?.id ?? null,
    state: isAllowed ? 'waiting' : 'held',
    at,
    steps,
  });
  if (isAllowed) await unit.wake(mailDuty.send);
  return isAllowed;
}

/** Tells whoever opened a ticket by mail that it came in, as far as the bounds allow; what was decided. */
export async function queueConfirmation(
  unit: Unit<'desk'>,
  asked: {
    readonly ticketId: string;
    readonly mailInId: string;
    readonly mailboxId: string;
    readonly to: MailPerson;
    readonly language: Language;
    readonly mayBeAnswered: boolean;
    readonly wordsPrint: string;
    readonly at: Date;
  },
): Promise<readonly FlightStep[]> {
  const { ticketId, to, at } = asked;
  const out = mailOutStore(unit.db);
  const address = to.address.toLowerCase();
  const domain = address.split('@').at(-1) ?? '';
  await out.holdBudget();
  const since = new Date(at.getTime() - dayMs);
  const sameWordsDay = await mailThreadStore(unit.db).someSame(domain, asked.wordsPrint, since);
  const counts = await out.counts({ address, domain, ticketId, sameWordsDay }, at);
  const { isAllowed, steps } = mayAnswer(asked, counts);
  await out.add({
    id: uuid(),
    ticketId,
    messageId: null,
    mailboxId: asked.mailboxId,
    kind: 'confirmation',
    recipients: { to: [{ name: to.name, address: to.address }], cc: [] },
    language: asked.language,
    automatic: true,
    answersId: asked.mailInId,
    state: isAllowed ? 'waiting' : 'held',
    at,
    steps,
  });
  if (isAllowed) await unit.wake(mailDuty.send);
  return steps;
}
