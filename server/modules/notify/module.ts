/*
 * Notify: who is told what, when, by which channel, once; with a log of every delivery and of why one was held.
 * Words: notice, channel, route, policy, delivery, reminder, round (how often an incident has failed anew).
 * It never decides what an incident is (the desk does), and it never tells the same twice in turn.
 */
import type { Fact } from '#contract/facts.ts';
import type { Channel, notify } from '#contract/notify.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Duty } from '#platform/duties.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { askApproval, closeApproval } from './ask-approval.ts';
import { channelKinds } from './channel-kinds.ts';
import { shownSettings } from './channel-secrets.ts';
import { addChannel, changeChannel, removeChannel } from './keep-channel.ts';
import { exportDeliveries } from './export-deliveries.ts';
import { keepDelivering } from './keep-delivering.ts';
import type { Needs } from './needs.ts';
import { retryDelivery } from './retry-delivery.ts';
import { routeHandlers } from './route-handlers.ts';
import { setMailServer, shownMailServer } from './set-mail-server.ts';
import { channelStore, mailServerStore, type ChannelRecord } from './store-channels.ts';
import { releaseNight } from './release-night.ts';
import { deliveryStore } from './store-deliveries.ts';
import { sendLink } from './send-link.ts';
import { tellMention, tellPromise } from './tell-desk.ts';
import { tellCover } from './tell-cover.ts';
import { deliverDuty, dueTickets, tellTickets } from './tell-ticket.ts';
import { testChannel } from './test-channel.ts';

interface Parts {
  readonly db: Database<'notify'>;
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly vault: Vault;
  readonly live: LiveLine;
  readonly log: Log;
  readonly needs: Needs;
  readonly publicUrl: string;
  /** True in the demonstration: every notice is written into the log and held there. */
  readonly demonstration: boolean;
}

export interface NotifyModule {
  readonly handlers: Handlers<typeof notify>;
  readonly duties: readonly Duty[];
  /** Follows any fact about an incident: it looks at the ticket as it is. */
  readonly tellTickets: (facts: readonly { readonly payload: { readonly ticketId: string } }[]) => Promise<void>;
  readonly askApproval: (fact: Fact<'upkeep.runProposed'>) => Promise<void>;
  /** Follows any fact by which a run waits for approval no more. */
  readonly closeApproval: (fact: {
    readonly payload: Pick<Fact<'upkeep.runApproved'>['payload'], 'runId' | 'runbookName' | 'host' | 'incidentId'>;
  }) => Promise<void>;
  readonly tellPromise: (fact: Fact<'desk.promiseNear'>) => Promise<void>;
  readonly tellMention: (fact: Fact<'desk.mentioned'>) => Promise<void>;
  readonly sendLink: (fact: Fact<'people.linkWanted'>) => Promise<void>;
  readonly tellCover: (fact: Fact<'people.coverChanged'>) => Promise<void>;
  /** For notices that somebody else sent, long ago: what waits is written down as delivered, with that answer. */
  readonly sentBefore: (answer: string) => Promise<void>;
}

/** How often reminders, steps of policies and held notices are looked after. */
const lookAfterSeconds = 20;
/** So many tickets are told of in one transaction. */
const mostToldAtOnce = 50;

function toChannel(record: ChannelRecord, lastDelivery: Channel['lastDelivery']): Channel {
  const { id, name, kind, destination, language, personId, own, switchedOn, everything, leastPriority } = record;
  return {
    id,
    name,
    kind,
    destination,
    settings: shownSettings(channelKinds[kind], record.settings, record.secretsSealed !== null),
    language,
    personId,
    own,
    active: switchedOn,
    everything,
    from: leastPriority,
    reminderMinutes: record.reminderMinutes,
    afterMinutes: record.afterMinutes,
    stormNotices: record.stormNotices,
    stormMinutes: record.stormMinutes,
    lastDelivery,
  };
}

function channelHandlers(parts: Parts): Handlers<typeof notify>['channels'] {
  const { db } = parts;
  const shown = async (id: string): Promise<Channel> => {
    const record = await channelStore(db).get(id);
    if (record === null) throw new Refusal('not_found');
    return toChannel(record, (await channelStore(db).lastDeliveries()).get(id) ?? null);
  };
  return {
    async list() {
      const last = await channelStore(db).lastDeliveries();
      return { items: (await channelStore(db).all()).map((record) => toChannel(record, last.get(record.id) ?? null)) };
    },
    create: async (input, caller) => shown(await addChannel(parts, input, actorOf(caller))),
    async change({ id, ...wanted }, caller) {
      await changeChannel(parts, id, wanted, actorOf(caller));
      return shown(id);
    },
    remove: ({ id }, caller) => removeChannel(parts, id, actorOf(caller)),
    test: ({ id }, caller, signal) =>
      testChannel(parts, { channelId: id, actor: actorOf(caller), language: caller.language, signal }),
  };
}

/** Puts the module together. */
export function createNotify(parts: Parts): NotifyModule {
  const { db, live } = parts;
  const onWake = (listener: () => void, signal: AbortSignal): void => live.onWake(deliverDuty, listener, signal);
  return {
    handlers: {
      kinds: async (_input, { language }) => ({
        items: Object.values(channelKinds).map((kind) => kind.describe(language)),
      }),
      channels: channelHandlers(parts),
      mailServer: {
        async get() {
          const server = await mailServerStore(db).get();
          return server === null ? null : shownMailServer(server);
        },
        set: (input) => setMailServer(parts, input),
      },
      async deliveries(input, { language }) {
        const { items, total } = await deliveryStore(db).list(input, language);
        return { items, total, next: items.length === input.limit ? (items.at(-1)?.id ?? null) : null };
      },
      deliveriesCsv: async ({ separator, language, ...asked }, caller) =>
        exportDeliveries(db, asked, separator === 'semicolon' ? ';' : ',', language ?? caller.language),
      retry: ({ id }, { language }) => retryDelivery(parts, id, language),
      ...routeHandlers(parts),
    },
    duties: [
      { name: deliverDuty, everySeconds: 1, work: (signal) => keepDelivering({ ...parts, onWake }, signal) },
      {
        name: 'look after incidents',
        everySeconds: lookAfterSeconds,
        async work() {
          const due = await dueTickets(parts, db);
          for (let told = 0; told < due.length; told += mostToldAtOnce)
            await tellTickets(parts, due.slice(told, told + mostToldAtOnce));
          await releaseNight(parts);
        },
      },
    ],
    tellTickets: (facts) =>
      tellTickets(
        parts,
        facts.map(({ payload }) => payload.ticketId),
      ),
    askApproval: (fact) => askApproval(parts, fact),
    closeApproval: (fact) => closeApproval(parts, fact),
    tellCover: (fact) => tellCover(parts, fact),
    tellPromise: (fact) => tellPromise(parts, fact),
    tellMention: (fact) => tellMention(parts, fact),
    sendLink: (fact) => sendLink(parts, fact),
    sentBefore: (answer) => parts.transact((unit) => deliveryStore(unit.db).sentBefore(answer)),
  };
}
