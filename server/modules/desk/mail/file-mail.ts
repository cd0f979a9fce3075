import type { Doer, Language } from '#contract/words.ts';
import { flightStep, type FlightStep } from '#mail/flight-record.ts';
import { guessLanguage } from '#mail/guess-language.ts';
import { standingOf, threadOf } from '#mail/thread-of.ts';
import type { MailKeys } from '#mail/thread/mail-token.ts';
import type { Unit } from '#platform/outbox.ts';
import { noSubject } from '#texts/en/mail.ts';
import { noSubject as noSubjectFr } from '#texts/fr/mail.ts';
import { holdTicket } from '../tickets/hold-ticket.ts';
import type { Judgement } from './judge-mail.ts';
import { rulingOf, usualDefaults, type Ruling } from './mail-rules.ts';
import { filed } from './mail-step.ts';
import { noteBounce } from './note-bounce.ts';
import { openIn } from '../tickets/open-ticket.ts';
import { queueConfirmation } from './queue-mail.ts';
import { answerCame } from '../talk/say-message.ts';
import type { MailboxRecord } from './store-mailboxes.ts';
import type { FiledMail, JudgedMail, MailInRow } from './store-mail-in.ts';
import { mailPeopleStore } from './store-mail-people.ts';
import { mailSettingStore } from './store-mail-settings.ts';
import { mailThreadStore } from './store-mail-threads.ts';
import { rearrangeStore } from '../talk/store-rearrange.ts';
import { requesterStore } from '../tickets/store-requesters.ts';
import { settingStore } from '../many/store-settings.ts';
import { causeStore } from '../incidents/store-causes.ts';
import { ticketStore, type TicketRecord } from '../tickets/store-tickets.ts';
import { workStore } from '../tickets/store-work.ts';
import { isOver } from '../tickets/ticket-moves.ts';
import { writeMail } from './write-mail.ts';

/** What became of a mail, with its record. */
export interface Filing {
  readonly filed: FiledMail;
  readonly judged: JudgedMail;
  readonly steps: readonly FlightStep[];
}

interface Filed {
  readonly row: MailInRow;
  readonly mailbox: MailboxRecord | null;
  readonly judgement: Judgement;
  readonly keys: MailKeys;
  readonly at: Date;
}

const robots = /^(?:mailer-?daemon|postmaster|no-?reply|ne-?pas-?repondre)/iu;
const mostOthers = 20;
const longestTitle = 300;
const longestSummary = 1_000;

const nothingElse = { reason: '', ticketId: null, writtenId: null } as const;

/** The writer as the story names them. */
async function writerOf(
  unit: Unit<'desk'>,
  { judgement, mailbox, at }: Filed,
): Promise<{ who: Doer; requesterId: string | null; language: Language; steps: readonly FlightStep[] }> {
  const { fromName, fromAddress, facts } = judgement.judged;
  const name = fromName === '' ? fromAddress : fromName;
  if (fromAddress === '')
    return {
      who: { kind: 'outside', id: null, name: name === '' ? '?' : name },
      requesterId: null,
      language: 'fr',
      steps: [],
    };
  const language = guessLanguage(facts.words) ?? mailbox?.language ?? 'fr';
  const { id, isNew } = await mailPeopleStore(unit.db).ensure({ name: fromName, address: fromAddress }, language, at);
  const known = await requesterStore(unit.db).get(id);
  const personId = known?.personId ?? null;
  return {
    who: { kind: personId === null ? 'outside' : 'person', id: personId, name: known?.name ?? name },
    requesterId: id,
    language: known?.language ?? language,
    steps: [filed(isNew ? 'requester_made' : 'requester_known', fromAddress)],
  };
}

/** Others whom the writer wrote to, apart from the desk: they get the answers too. */
async function addOthers(unit: Unit<'desk'>, ticket: TicketRecord, { judgement, mailbox, at }: Filed): Promise<void> {
  const { facts, fromAddress } = judgement.judged;
  const { message } = judgement;
  const people = mailPeopleStore(unit.db);
  const own = await people.own(facts.to);
  const others = [...message.to, ...message.cc].filter(
    ({ address }) =>
      address.toLowerCase() !== fromAddress.toLowerCase() &&
      !own.has(address.toLowerCase().replace(/\+[^@]*@/u, '@')) &&
      !robots.test(address),
  );
  const ids: string[] = [];
  for (const person of others.slice(0, mostOthers))
    ids.push((await people.ensure(person, mailbox?.language ?? 'fr', at)).id);
  const extra = [...new Set(ids)].filter((id) => id !== ticket.requesterId);
  await rearrangeStore(unit.db).participate(ticket.id, extra);
}

function titleOf({ judgement }: Filed): { en: string; fr: string } {
  const { subject, facts } = judgement.judged;
  const bare = subject.replaceAll(/^(?:\s*(?:re|r[ée]f?|aw|sv|fwd?|tr|wg)\s?:\s*)+/giu, '').trim();
  const firstLine = facts.words.trim().split('\n')[0]?.trim() ?? '';
  const title = bare === '' ? firstLine : bare;
  if (title === '') return { en: noSubject, fr: noSubjectFr };
  const cut = title.slice(0, longestTitle).toWellFormed();
  return { en: cut, fr: cut };
}

/** What rules and the mailbox make of it, without what is no more. */
async function ruledBy(unit: Unit<'desk'>, { mailbox, judgement, row }: Filed): Promise<Ruling> {
  const settings = settingStore(unit.db);
  const { judged, message } = judgement;
  const ruling = rulingOf(await mailSettingStore(unit.db).rules(), mailbox ?? usualDefaults, {
    mailboxId: row.mailbox_id,
    from: `${judged.fromName} ${judged.fromAddress}`,
    to: [...judged.facts.to, ...row.envelope_to],
    subject: judged.subject,
    words: judged.facts.words,
    kind: judged.kind,
    isReply: message.references.length > 0,
  });
  const team = ruling.teamId === null ? null : await settings.team(ruling.teamId);
  const category = ruling.categoryId === null ? null : await settings.category(ruling.categoryId);
  return { ...ruling, teamId: team?.id ?? null, categoryId: category?.id ?? null };
}

/** Opens a ticket of a mail that begins a conversation, or keeps the mail where a rule says so. */
async function begin(
  unit: Unit<'desk'>,
  mail: Filed,
  threadSteps: readonly FlightStep[],
  after: TicketRecord | null,
): Promise<Filing> {
  const { judgement, row, at } = mail;
  const { class: classified, judged, message } = judgement;
  const begins = { ...judged, facts: { ...judged.facts, begins: true } };
  const ruling = await ruledBy(unit, mail);
  const ruleSteps = ruling.rules.map((name) => filed('ticket_rule', name));
  if (ruling.becomes === 'keep')
    return {
      filed: { state: 'done', outcome: 'kept', ...nothingElse },
      judged: { ...begins, standing: null },
      steps: [...threadSteps, ...ruleSteps, filed('ticket_kept')],
    };
  const writer = await writerOf(unit, mail);
  const title = titleOf(mail);
  const ticketId = await openIn(unit, {
    asked: {
      kind: ruling.kind,
      title: title.fr,
      ...(ruling.priority === null ? {} : { priority: ruling.priority }),
      description: judged.facts.words.slice(0, longestSummary).toWellFormed(),
      cause: null,
      requesterId: writer.requesterId,
      categoryId: ruling.categoryId,
      teamId: ruling.teamId,
      assigneeId: null,
      tags: ruling.tags,
      dueAt: null,
      source: 'mail',
    },
    cause: null,
    who: writer.who,
    at,
  });
  if (title.en !== title.fr) await ticketStore(unit.db).change(ticketId, { title });
  const ticket = await holdTicket(unit, ticketId);
  const writtenId = await writeMail(unit, ticket, {
    homeId: ticketId,
    message,
    rawId: row.raw_id,
    who: writer.who,
    requesterId: writer.requesterId,
    visibility: 'public',
    at,
  });
  if (after !== null) await workStore(unit.db).link(ticketId, 'related', after.id, true);
  const isPlain = classified.kind === 'person' && !judged.spoofed;
  if (isPlain) await addOthers(unit, ticket, mail);
  const opened = { ...mail, ticket, writer };
  const confirmed = ruling.confirms ? await confirm(unit, opened) : [];
  return {
    filed: { state: 'done', outcome: 'ticket', reason: '', ticketId, writtenId },
    judged: { ...begins, standing: judged.spoofed ? 'spoofed' : 'participant' },
    steps: [...threadSteps, ...ruleSteps, ...writer.steps, filed('ticket_opened', `#${ticket.number}`), ...confirmed],
  };
}

async function confirm(
  unit: Unit<'desk'>,
  {
    judgement,
    mailbox,
    row,
    ticket,
    writer,
    at,
  }: Filed & { readonly ticket: TicketRecord; readonly writer: { readonly who: Doer; readonly language: Language } },
): Promise<readonly FlightStep[]> {
  const { class: classified, judged, message } = judgement;
  if (mailbox === null || mailbox.outgoing === null || judged.fromAddress === '') return [];
  const to = message.replyTo[0] ?? { name: judged.fromName, address: judged.fromAddress };
  // A program that answers elsewhere than to its own sender is asked for nothing: only the sender hears.
  const isSame = to.address.toLowerCase() === judged.fromAddress.toLowerCase();
  return queueConfirmation(unit, {
    ticketId: ticket.id,
    mailInId: row.id,
    mailboxId: mailbox.id,
    to: { name: writer.who.name === judged.fromAddress ? '' : writer.who.name, address: judged.fromAddress },
    language: writer.language,
    // Nothing goes to somebody who may be another: a forged sender would make us write to strangers.
    mayBeAnswered: classified.mayBeAnswered && !judged.spoofed && isSame,
    wordsPrint: judged.wordsPrint,
    at,
  });
}

/** What of a ticket that is over an answer still opens again. */
async function reopening(
  unit: Unit<'desk'>,
  ticket: TicketRecord,
  { mailbox, at }: Filed,
): Promise<'open' | 'reopen' | 'leave' | 'too_late'> {
  if (!isOver(ticket.state)) return 'open';
  if (ticket.kind === 'change') return 'leave';
  const days = mailbox?.reopenDays ?? 0;
  const since = ticket.resolvedAt ?? ticket.openedAt;
  if (days > 0 && at.getTime() - since.getTime() > days * 24 * 3_600_000) return 'too_late';
  // Its cause fails again and has a ticket of its own by now: there is one open ticket for one cause.
  if (ticket.causeKey !== null && (await causeStore(unit.db).openOf([ticket.causeKey])).size > 0) return 'leave';
  return 'reopen';
}

/** Adds a mail to the ticket to which it belongs. */
async function reply(
  unit: Unit<'desk'>,
  mail: Filed,
  homeId: string,
  threadSteps: readonly FlightStep[],
): Promise<Filing> {
  const { judgement, row, at } = mail;
  const { class: classified, judged, message, authentication } = judgement;
  const rootId = await rearrangeStore(unit.db).rootOf(homeId);
  const ticket = await holdTicket(unit, rootId);
  const merged = rootId === homeId ? [] : [filed('reply_merged', `#${ticket.number}`)];
  const participants = await mailPeopleStore(unit.db).addressesOf(rootId);
  const standing = standingOf(message, participants, authentication.isSpoofed);
  const isWord = classified.kind === 'person' && standing.standing === 'participant';
  const steps = [...threadSteps, ...merged, ...(classified.kind === 'person' ? standing.steps : [])];
  if (!isWord) {
    const name = judged.fromName === '' ? judged.fromAddress : judged.fromName;
    const writtenId = await writeMail(unit, ticket, {
      homeId,
      message,
      rawId: row.raw_id,
      who: { kind: 'outside', id: null, name: name === '' ? '?' : name },
      requesterId: null,
      visibility: 'note',
      at,
    });
    return {
      filed: { state: 'done', outcome: 'note', reason: '', ticketId: rootId, writtenId },
      judged: { ...judged, standing: standing.standing },
      steps: [...steps, filed('note_added', `#${ticket.number}`)],
    };
  }
  const again = await reopening(unit, ticket, mail);
  if (again === 'too_late') return begin(unit, mail, [...steps, filed('reply_too_late', `#${ticket.number}`)], ticket);
  const writer = await writerOf(unit, mail);
  const writtenId = await writeMail(unit, ticket, {
    homeId,
    message,
    rawId: row.raw_id,
    who: writer.who,
    requesterId: writer.requesterId,
    visibility: 'public',
    at,
  });
  await addOthers(unit, ticket, mail);
  if (again !== 'leave') await answerCame(unit, ticket, { who: writer.who, at, language: writer.language });
  return {
    filed: { state: 'done', outcome: 'reply', reason: '', ticketId: rootId, writtenId },
    judged: { ...judged, standing: 'participant' },
    steps: [
      ...steps,
      ...writer.steps,
      filed('reply_added', `#${ticket.number}`),
      ...(again === 'reopen' ? [filed('reply_reopened', `#${ticket.number}`)] : []),
    ],
  };
}

/** Decides where a mail belongs and puts it there, in one transaction. */
export async function fileIn(unit: Unit<'desk'>, mail: Filed): Promise<Filing> {
  const { judgement, row, keys } = mail;
  const { message, class: classified, judged } = judgement;
  const { kind, bounce } = classified;
  const returned = bounce?.returnedReferences ?? [];
  const known = await mailThreadStore(unit.db).known([...message.references, ...returned]);
  const thread = threadOf(message, row.envelope_to, keys, known, returned);
  const home = thread.ticket === null ? null : await ticketStore(unit.db).get(thread.ticket);
  if (bounce !== null && (kind === 'bounce' || kind === 'delay_notice'))
    return {
      ...(await noteBounce(unit, { bounce, kind, ticket: home, at: mail.at })),
      judged: { ...judged, standing: null },
    };
  // What only programs read, and our own mail that came back, is looked at by nobody.
  const isSilent = kind === 'own' || kind === 'read_receipt' || kind === 'dmarc_report';
  if (isSilent)
    return {
      filed: { state: 'done', outcome: 'kept', ...nothingElse },
      judged: { ...judged, standing: null },
      steps: [filed('ticket_kept')],
    };
  return home === null ? begin(unit, mail, thread.steps, null) : reply(unit, mail, home.id, thread.steps);
}

/** The same mail again: it is told on the first that it came, and no more. */
export function sameAgain(first: string, judged: Judgement['judged']): Filing {
  return {
    filed: { state: 'done', outcome: 'again', ...nothingElse },
    // The key stays with the first.
    judged: { ...judged, key: null, standing: null },
    steps: [flightStep('receive', 'received_again', first, 'again')],
  };
}
