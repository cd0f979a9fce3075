import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { audienceOf, escalatedMinutes, standingOf, waitsForMorning, type Reach, type Way } from './audience.ts';
import { channelKinds } from './channel-kinds.ts';
import { dueNotices, dueReminder, type ChannelNow, type DueNotice, type PastNotice } from './due-notices.ts';
import type { Needs } from './needs.ts';
import type { Notice } from './notice.ts';
import { readDirectory, thingsAbout, type WholeDirectory } from './read-directory.ts';
import type { ChannelRecord } from './store-channels.ts';
import { deliveryStore, pastKey } from './store-deliveries.ts';
import { ticketReader, type TicketShown } from './store-tickets.ts';
import { wordNotice } from './wording.ts';

/** Wakes whoever delivers. */
export const deliverDuty = 'deliver notices';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly publicUrl: string;
  readonly demonstration: boolean;
}

type PastOf = ReadonlyMap<string, PastNotice[]>;

function noticeOf(ticket: TicketShown, about: DueNotice['about'] | 'unrouted', now: Date): Notice {
  const incident = {
    number: ticket.number,
    ticketId: ticket.id,
    title: ticket.title,
    priority: ticket.priority,
    cause: ticket.cause,
    failingSince: ticket.failingSince.toISOString(),
    goodSince: ticket.goodSince?.toISOString() ?? null,
    outageSeconds: ticket.outageSeconds,
    causeText: ticket.causeText,
    remedyText: ticket.remedyText,
    resolvedBy: ticket.resolvedBy,
  };
  if (about === 'acknowledged') return { about, ...incident, by: ticket.acknowledgedBy };
  if (about !== 'reminder') return { about, ...incident };
  return { about, ...incident, lastsSeconds: (now.getTime() - ticket.failingSince.getTime()) / 1_000 };
}

/** When the round of an incident began in which it is now: at its opening, or when it was told of as failing again. */
function startOf(ticket: TicketShown, past: PastOf, now: Date): Date {
  if (ticket.round === 1) return ticket.openedAt;
  const told = [...past.entries()]
    .filter(([key]) => key.endsWith(` ${ticket.id}`))
    .flatMap(([, notices]) => notices)
    .filter(({ about, round }) => about === 'opened' && round === ticket.round)
    .map(({ at }) => at.getTime());
  return told.length === 0 ? now : new Date(Math.min(...told));
}

interface DueHere {
  readonly channel: ChannelRecord;
  readonly due: DueNotice;
  readonly ways: readonly (readonly Way[])[];
}

interface Looked {
  readonly directory: WholeDirectory;
  readonly things: ReadonlySet<string>;
  readonly past: PastOf;
  readonly demonstration: boolean;
  readonly now: Date;
}

/** All that is due about a ticket now, to every channel; and whether nobody at all is to be told of it. */
export function allDue(ticket: TicketShown, looked: Looked): { due: DueHere[]; unrouted: boolean } {
  const { directory, things, past, demonstration, now } = looked;
  const { reaches } = audienceOf(directory, { priority: ticket.priority, things });
  const byChannel: ReadonlyMap<string, Reach[]> = Map.groupBy(reaches, ({ channelId }) => channelId);
  const startedAt = startOf(ticket, past, now);
  const isOver = ticket.state === 'solved' || ticket.state === 'resolved';
  const ended = { acknowledgedAt: ticket.acknowledgedAt, goodSince: ticket.goodSince ?? ticket.resolvedAt, isOver };
  const minutes = escalatedMinutes(startedAt, ended, now);
  const due = directory.channels.flatMap((channel): DueHere[] => {
    const standing = standingOf(byChannel.get(channel.id) ?? [], startedAt, minutes);
    const hours = channel.personId === null ? undefined : directory.quietHours.get(channel.personId);
    const channelNow: ChannelNow = {
      active: channel.active,
      demonstration,
      activeSince: channel.activeSince,
      leastPriority: channel.leastPriority,
      reminderMinutes: channel.reminderMinutes,
      reached: standing.reached,
      quiet: waitsForMorning(hours, { priority: ticket.priority, byRota: standing.byRota, at: now }),
      tellsTaking: channelKinds[channel.kind].tellsTaking,
      recallDue: standing.recallDue,
    };
    const told = past.get(pastKey(channel.id, ticket.id)) ?? [];
    const reminder = dueReminder(ticket, channelNow, told, now);
    return [
      ...dueNotices({ ...ticket, roundBegan: startedAt }, channelNow, told),
      ...(reminder === null ? [] : [reminder]),
    ].map((one) => ({
      channel,
      due: one,
      ways: standing.ways,
    }));
  });
  return {
    due,
    unrouted: !isOver && reaches.length === 0 && !directory.channels.some(({ id }) => past.has(pastKey(id, ticket.id))),
  };
}

async function look(
  { db }: Pick<Unit<'notify'>, 'db'>,
  parts: Omit<Parts, 'transact'>,
  tickets: readonly TicketShown[],
) {
  const { needs, clock, demonstration } = parts;
  const now = clock.now();
  const directory = await readDirectory(db, needs, now);
  const about = await thingsAbout(
    needs,
    directory,
    tickets.map(({ causeThing }) => causeThing),
  );
  const past = await deliveryStore(db).pastOf(tickets.map(({ id }) => id));
  return tickets.map((ticket, index) => ({
    ticket,
    looked: { directory, things: about[index] ?? new Set<string>(), past, demonstration, now },
  }));
}

/** Writes what every channel is still to be told about a ticket; it is sent after commit. Doing it again writes nothing. */
export function tellTicket(parts: Parts, ticketId: string): Promise<void> {
  return parts.transact(async (unit) => {
    const deliveries = deliveryStore(unit.db);
    await deliveries.lockTicket(ticketId);
    const [found] = await look(unit, parts, await ticketReader(unit.db).some([ticketId]));
    if (found === undefined) return;
    const { ticket, looked } = found;
    const { now } = looked;
    const { due: all, unrouted } = allDue(ticket, looked);
    const base = { subjectId: ticket.id, ticketId: ticket.id, at: now };
    for (const { channel, due, ways } of all) {
      const notice = noticeOf(ticket, due.about, now);
      const { subject } = wordNotice(notice, channel.language, parts.publicUrl);
      const { about, round, hold } = due;
      await deliveries.write({ ...base, channel, about, round, notice, subject, hold, because: ways });
    }
    if (unrouted) {
      const notice = noticeOf(ticket, 'unrouted', now);
      const { subject } = wordNotice(notice, 'en', parts.publicUrl);
      const { round } = ticket;
      await deliveries.write({
        ...base,
        channel: null,
        about: 'unrouted',
        round,
        notice,
        subject,
        hold: 'no_route',
        because: [],
      });
    }
    if (all.length === 0 && !unrouted) return;
    await unit.live('notify.delivery', null, { ticketId });
    await unit.wake(deliverDuty);
  });
}

/**
 * Which incidents have something due: reminders, steps of a policy that have come, notices whose reason for being held
 * is gone, and recoveries that somebody has not been told of.
 */
export async function dueTickets(parts: Omit<Parts, 'transact'>, db: Unit<'notify'>['db']): Promise<string[]> {
  const open = await ticketReader(db).open();
  const known = new Set(open.map(({ id }) => id));
  const unsettled = await deliveryStore(db).unsettledTickets(parts.clock.now());
  const others = await ticketReader(db).some(unsettled.filter((id) => !known.has(id)));
  const found = await look({ db }, parts, [...open, ...others]);
  return found.filter(({ ticket, looked }) => allDue(ticket, looked).due.length > 0).map(({ ticket }) => ticket.id);
}
