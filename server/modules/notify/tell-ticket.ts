import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { audienceOf, escalatedMinutes, standingOf, waitsForMorning, type Reach, type Way } from './audience.ts';
import { channelKinds } from './channel-kinds.ts';
import { dueNotices, dueReminder, type ChannelNow, type DueNotice, type PastNotice } from './due-notices.ts';
import type { Needs } from './needs.ts';
import type { Notice } from './notice.ts';
import { readDirectory, thingsAbout, type WholeDirectory } from './read-directory.ts';
import type { ChannelRecord } from './store-channels.ts';
import { deliveryStore, pastKey, type NewDelivery } from './store-deliveries.ts';
import { holdReader, ticketReader, type Joined, type TicketShown } from './store-tickets.ts';
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

function noticeOf(ticket: TicketShown, about: DueNotice['about'] | 'unrouted' | 'joined', now: Date): Notice {
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

const isOpen = ({ state }: TicketShown): boolean => state === 'open' || state === 'in_progress';

/** How many, and the first of them by name, in no language. */
function joinedText({ count, names }: Joined): string {
  const more = count > names.length && names.length > 0 ? ', …' : '';
  return names.length === 0 ? String(count) : `${count}: ${names.join(', ')}${more}`;
}

/** More than was noted: what becomes well meanwhile stays noted. */
function isNews(joined: Joined, noted: ReadonlyMap<string, string>): boolean {
  const before = noted.get(`${joined.ticketId} ${joined.reason}`);
  return joined.count > 0 && (before === undefined || Number.parseInt(before, 10) < joined.count);
}

interface Found {
  readonly ticket: TicketShown;
  /** By which silence or agreed work it is held back, in its maker's words. */
  readonly why: string;
  readonly joined: readonly Joined[];
  readonly looked: Looked;
}

async function look(
  { db }: Pick<Unit<'notify'>, 'db'>,
  parts: Omit<Parts, 'transact'>,
  tickets: readonly TicketShown[],
): Promise<Found[]> {
  const { needs, clock, demonstration } = parts;
  const now = clock.now();
  const directory = await readDirectory(db, needs, now);
  const about = await thingsAbout(
    needs,
    directory,
    tickets.map(({ causeThing }) => causeThing),
  );
  const ids = tickets.map(({ id }) => id);
  const past = await deliveryStore(db).pastOf(ids);
  const holds = holdReader(db);
  const heldFor = await holds.heldFor(tickets.filter(({ silenced }) => silenced).map(({ id }) => id));
  const joined = Map.groupBy(await holds.joined(tickets.filter(isOpen)), ({ ticketId }) => ticketId);
  const noted = await deliveryStore(db).joinedOf([...joined.keys()]);
  return tickets.map((ticket, index) => ({
    ticket: { ...ticket, heldFor: heldFor.get(ticket.id)?.reason },
    why: heldFor.get(ticket.id)?.why ?? '',
    joined: (joined.get(ticket.id) ?? []).filter((each) => isNews(each, noted)),
    looked: { directory, things: about[index] ?? new Set<string>(), past, demonstration, now },
  }));
}

/**
 * Writes what every channel is still to be told about tickets; it is sent after commit. Doing it again writes nothing. Who
 * is told at all is read once, however many tickets a storm opened.
 */
export function tellTickets(parts: Parts, ticketIds: readonly string[]): Promise<void> {
  return parts.transact(async (unit) => {
    await deliveryStore(unit.db).lockTickets(ticketIds);
    const found = await look(unit, parts, await ticketReader(unit.db).some([...new Set(ticketIds)]));
    const told: string[] = [];
    for (const each of found) {
      const written = noticesOf(each, parts.publicUrl);
      for (const delivery of written) await deliveryStore(unit.db).write(delivery);
      if (written.length > 0) told.push(each.ticket.id);
    }
    if (told.length === 0) return;
    await unit.liveAll(told.map((ticketId) => ({ topic: 'notify.delivery', id: null, extra: { ticketId } })));
    await unit.wake(deliverDuty);
  });
}

/** What is to be written about a ticket: to channels, to nobody for want of a route, and in place of others. */
function noticesOf({ ticket, looked, why, joined }: Found, publicUrl: string): NewDelivery[] {
  const { now } = looked;
  const { due: all, unrouted } = allDue(ticket, looked);
  const base = { subjectId: ticket.id, ticketId: ticket.id, at: now };
  const written = all.map(({ channel, due, ways }): NewDelivery => {
    const notice = noticeOf(ticket, due.about, now);
    const { subject } = wordNotice(notice, channel.language, publicUrl);
    const { about, round, hold } = due;
    const detail = hold === 'silenced' || hold === 'maintenance' ? why : undefined;
    return { ...base, channel, about, round, notice, subject, hold, detail, because: ways };
  });
  const toNobody = { ...base, channel: null, because: [] };
  if (unrouted) {
    const notice = noticeOf(ticket, 'unrouted', now);
    const { subject } = wordNotice(notice, 'en', publicUrl);
    written.push({ ...toNobody, about: 'unrouted', round: ticket.round, notice, subject, hold: 'no_route' });
  }
  for (const each of joined) {
    const notice = noticeOf(ticket, 'joined', now);
    const { subject } = wordNotice(notice, 'en', publicUrl);
    const round = each.reason === 'dependency' ? 1 : 2;
    const detail = joinedText(each);
    written.push({ ...toNobody, about: 'joined', round, notice, subject, hold: each.reason, detail });
  }
  return written;
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
  return found
    .filter(({ ticket, looked, joined }) => joined.length > 0 || allDue(ticket, looked).due.length > 0)
    .map(({ ticket }) => ticket.id);
}
