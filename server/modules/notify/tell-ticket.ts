import type { Clock } from '#platform/clock.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { dueNotices, dueReminder, type DueNotice, type PastNotice } from './due-notices.ts';
import type { Notice } from './notice.ts';
import { channelStore, type ChannelRecord } from './store-channels.ts';
import { deliveryStore, pastKey } from './store-deliveries.ts';
import { ticketReader, type TicketShown } from './store-tickets.ts';
import { wordNotice } from './wording.ts';

/** Wakes whoever delivers. */
export const deliverDuty = 'deliver notices';

interface Parts {
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly publicUrl: string;
  readonly demonstration: boolean;
}

function noticeOf(ticket: TicketShown, about: DueNotice['about'], now: Date): Notice {
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
  if (about !== 'reminder') return { about, ...incident };
  return { about, ...incident, lastsSeconds: (now.getTime() - ticket.failingSince.getTime()) / 1_000 };
}

/** All that is due to a channel about a ticket now, the reminder included. */
function allDue(ticket: TicketShown, channel: ChannelRecord, past: readonly PastNotice[], now: Date): DueNotice[] {
  const reminder = dueReminder(ticket, channel, past, now);
  return [...dueNotices(ticket, channel, past), ...(reminder === null ? [] : [reminder])];
}

async function write(
  { db }: Unit<'notify'>,
  {
    ticket,
    channel,
    due,
    now,
    publicUrl,
  }: {
    ticket: TicketShown;
    channel: ChannelRecord;
    due: DueNotice;
    now: Date;
    publicUrl: string;
  },
): Promise<void> {
  const notice = noticeOf(ticket, due.about, now);
  await deliveryStore(db).write({
    channel,
    about: due.about,
    subjectId: ticket.id,
    round: due.round,
    ticketId: ticket.id,
    notice,
    subject: wordNotice(notice, channel.language, publicUrl).subject,
    hold: due.hold,
    at: now,
  });
}

/** Writes what every channel is still to be told about a ticket; it is sent after commit. Doing it again writes nothing. */
export function tellTicket({ transact, clock, publicUrl, demonstration }: Parts, ticketId: string): Promise<void> {
  return transact(async (unit) => {
    const deliveries = deliveryStore(unit.db);
    await deliveries.lockTicket(ticketId);
    const ticket = await ticketReader(unit.db).get(ticketId);
    if (ticket === null) return;
    const now = clock.now();
    const past = await deliveries.pastOf([ticketId]);
    let written = 0;
    for (const channel of await channelStore(unit.db).all()) {
      for (const due of allDue(
        ticket,
        { ...channel, demonstration },
        past.get(pastKey(channel.id, ticketId)) ?? [],
        now,
      )) {
        await write(unit, { ticket, channel, due, now, publicUrl });
        written += 1;
      }
    }
    if (written === 0) return;
    await unit.live('notify.delivery', null, { ticketId });
    await unit.wake(deliverDuty);
  });
}

/** Which open incidents have something due: reminders, and notices whose reason for being held is gone. */
export async function dueTickets(db: Unit<'notify'>['db'], now: Date, demonstration: boolean): Promise<string[]> {
  const channels = await channelStore(db).all();
  if (channels.length === 0) return [];
  const tickets = await ticketReader(db).open();
  const past = await deliveryStore(db).pastOf(tickets.map(({ id }) => id));
  return tickets
    .filter((ticket) =>
      channels.some(
        (channel) =>
          allDue(ticket, { ...channel, demonstration }, past.get(pastKey(channel.id, ticket.id)) ?? [], now).length > 0,
      ),
    )
    .map(({ id }) => id);
}
