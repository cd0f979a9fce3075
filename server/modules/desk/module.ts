/*
 * Desk: one ticket for each cause, from the first failing check to a person's word that it is resolved.
 * Words: ticket, incident, alert (as watch told it), story, proof, outage.
 * And every other kind of ticket: request, problem, change; with its conversation, drafts, files, views and search.
 * It never decides whether a check fails (watch does) and never touches a host (upkeep does).
 */
import type { Readable } from 'node:stream';
import type { desk } from '#contract/desk-requests.ts';
import type { PromiseAccount } from '#contract/desk-levels.ts';
import type { Attachment } from '#contract/desk-words.ts';
import type { TicketWhole } from '#contract/desk.ts';
import type { Fact } from '#contract/facts.ts';
import type { Language } from '#contract/words.ts';
import type { Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Duty } from '#platform/duties.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { clearAlerts } from './incidents/clear-alert.ts';
import { deskMailHandlers } from './mail/handlers-mail.ts';
import { mailDuties } from './mail/mail-duties.ts';
import { showMailPage } from './mail/read-mail.ts';
import { ReadingRoom } from './mail/reading-room.ts';
import type { MailParts } from './mail/mail-parts.ts';
import { conversationHandlers } from './talk/handlers-conversation.ts';
import { deskDuties } from './duties.ts';
import { followAlert } from './incidents/follow-alert.ts';
import { explainPromises } from './levels/explain-promises.ts';
import { levelHandlers } from './levels/handlers-levels.ts';
import { openByTemplate } from './many/apply-template.ts';
import { manyHandlers } from './many/handlers-many.ts';
import { mineHandlers } from './portal/handlers-mine.ts';
import { satisfactionHandlers } from './portal/handlers-satisfaction.ts';
import { settingHandlers } from './many/handlers-settings.ts';
import { moreTicketHandlers, whoIs } from './tickets/handlers-tickets.ts';
import { acknowledge, assign, changeTicket, comment } from './tickets/handle-ticket.ts';
import type { Needs } from './needs.ts';
import { proveIncident, takeProof } from './incidents/prove-incident.ts';
import { resolveTicket } from './incidents/resolve-ticket.ts';
import { alertStore } from './incidents/store-alerts.ts';
import { fileStore, type StoredFile } from './talk/store-files.ts';
import { mailListStore } from './mail/store-mail-lists.ts';
import { storyStore } from './tickets/store-story.ts';
import { ticketStore, toTicket } from './tickets/store-tickets.ts';
import { takeAlerts } from './incidents/take-alert.ts';
import { contentOf, takeFile } from './talk/take-file.ts';
import { welcomeRequester } from './portal/welcome-requester.ts';
import { tellRun, type RunFact } from './incidents/tell-run.ts';
import { TokenBook } from './mail/token-book.ts';

interface Parts {
  readonly db: Database<'desk'>;
  readonly transact: Transact<'desk'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly vault: Vault;
  readonly log: Log;
  readonly onWake: MailParts['onWake'];
  /** Where people reach this house. */
  readonly publicUrl: string;
  /** Nothing leaves the demonstration. */
  readonly demonstration: boolean;
  /** Where tokens for mailboxes are given, when it is not the provider's own place: for tests. */
  readonly tokenUrl?: string;
}

export interface DeskModule {
  readonly handlers: Handlers<typeof desk>;
  readonly duties: readonly Duty[];
  /** Takes the content of a file that somebody announced. */
  readonly takeFile: (file: { attachmentId: string; personId: string; stream: Readable }) => Promise<Attachment>;
  /** A mail as it came; null when there is none. */
  readonly rawMail: (id: string) => Promise<{ blobId: string; sizeBytes: number } | null>;
  /** A page that shows a mail's HTML, with the policy to show it under; null when it has none. */
  readonly mailPage: (
    id: string,
    wish: { language: Language; remoteImages: boolean; folded: boolean; dark: boolean },
  ) => Promise<{ html: string; policy: string } | null>;
  /** A file as it is given out, without its content; null when there is none. */
  readonly file: (id: string) => Promise<StoredFile | null>;
  /** A file's content, piece by piece. */
  readonly contentOf: (blobId: string) => AsyncIterable<Buffer>;
  /** A ticket with its alerts and its story told in a language; null when there is none. */
  readonly ticket: (id: string, language: Language) => Promise<TicketWhole | null>;
  /** The promises of a ticket, explained; none when nothing was promised or it is gone. */
  readonly promises: (id: string, language: Language) => Promise<readonly PromiseAccount[]>;
  /** Gives somebody who is helped and wants to sign in an account. */
  readonly welcomeRequester: (fact: Fact<'people.linkWanted'>) => Promise<void>;
  readonly takeAlerts: (facts: readonly Fact<'watch.alertRaised'>[]) => Promise<void>;
  readonly followAlert: (fact: Fact<'watch.alertChanged'>) => Promise<void>;
  readonly clearAlerts: (facts: readonly Fact<'watch.alertCleared'>[]) => Promise<void>;
  readonly takeProof: (fact: Fact<'watch.checksRan'>) => Promise<void>;
  readonly tellRun: (fact: RunFact) => Promise<void>;
}

async function ticketWhole(db: Database<'desk'>, id: string, language: Language): Promise<TicketWhole | null> {
  const [record, alerts, events] = await Promise.all([
    ticketStore(db).get(id),
    alertStore(db).ofTicket(id),
    storyStore(db).story(id, language),
  ]);
  if (record === null) return null;
  return {
    ...toTicket(record, language),
    alerts: alerts.map((alert) => ({
      alertId: alert.id,
      checkId: alert.checkId,
      checkName: alert.checkName,
      target: alert.target,
      failingSince: alert.failingSince.toISOString(),
      clearedAt: alert.clearedAt?.toISOString() ?? null,
      summary: alert.summary[language],
    })),
    events,
  };
}

function ticketHandlers(parts: Parts): Handlers<typeof desk>['tickets'] {
  const { db } = parts;
  const shown = async (id: string, { language }: Caller): Promise<TicketWhole> =>
    (await ticketWhole(db, id, language)) ?? Promise.reject(new Refusal('not_found'));
  return {
    async list(input, { language }) {
      const { items, total } = await ticketStore(db).list(input);
      return {
        items: items.map((record) => toTicket(record, language)),
        total,
        next: items.length === input.limit ? String(items.at(-1)?.number) : null,
      };
    },
    get: ({ id }, caller) => shown(id, caller),
    create: async (input, caller) =>
      shown(await openByTemplate(parts, input, { who: whoIs(caller), language: caller.language }), caller),
    async acknowledge({ id }, caller) {
      await acknowledge(parts, id, whoIs(caller));
      return shown(id, caller);
    },
    async assign({ id, personId }, caller) {
      await assign(parts, id, personId, whoIs(caller));
      return shown(id, caller);
    },
    async comment({ id, text }, caller) {
      await comment(parts, id, text, whoIs(caller));
      return shown(id, caller);
    },
    async change({ id, ...wanted }, caller) {
      await changeTicket(parts, id, wanted, whoIs(caller));
      return shown(id, caller);
    },
    async resolve({ id, ...said }, caller) {
      await resolveTicket(parts, id, said, whoIs(caller));
      return shown(id, caller);
    },
    ...moreTicketHandlers(parts),
    async prove({ id }, caller) {
      await proveIncident(parts, id);
      return shown(id, caller);
    },
  };
}

/** Puts the module together. */
export function createDesk(parts: Parts): DeskModule {
  const { db, transact } = parts;
  const mail: MailParts = { ...parts, tokens: new TokenBook(), room: new ReadingRoom() };
  return {
    handlers: {
      tickets: ticketHandlers(parts),
      ...conversationHandlers(parts),
      ...settingHandlers(parts),
      ...deskMailHandlers(mail),
      ...manyHandlers(parts),
      levels: levelHandlers(parts),
      mine: mineHandlers(parts),
      satisfaction: satisfactionHandlers(mail),
    },
    duties: [...deskDuties(parts), ...mailDuties(mail)],
    takeFile: (file) => takeFile(parts, file),
    rawMail: (id) => mailListStore(db).raw(id),
    mailPage: (id, wish) => showMailPage(mail, id, wish),
    file: (id) => fileStore(db).file(id),
    contentOf: (blobId) => contentOf(parts, blobId),
    ticket: (id, language) => ticketWhole(db, id, language),
    promises: async (id, language) =>
      (await ticketStore(db).get(id)) === null ? [] : explainPromises(parts, id, {}, language),
    welcomeRequester: (fact) => welcomeRequester(parts, fact),
    takeAlerts: (facts) => takeAlerts(parts, facts),
    followAlert: (fact) => followAlert(parts, fact),
    clearAlerts: (facts) => clearAlerts(transact, facts),
    takeProof: (fact) => takeProof(transact, fact),
    tellRun: (fact) => tellRun(transact, fact),
  };
}
