import type { Unit } from '#platform/outbox.ts';
import { waitsForMorning } from './audience.ts';
import { stopOf } from './due-notices.ts';
import type { Notice } from './notice.ts';
import { channelStore, type ChannelRecord } from './store-channels.ts';
import { deliveryStore, type HeldFor, type NewDelivery } from './store-deliveries.ts';
import { peopleReader, quietHoursStore } from './store-routes.ts';
import { wordNotice } from './wording.ts';

interface Parts {
  readonly now: Date;
  readonly publicUrl: string;
  readonly demonstration: boolean;
}

type Told = Pick<NewDelivery, 'about' | 'round' | 'ticketId'> & {
  readonly notice: Notice;
  /** What it is about; the same to the same channel is told once. */
  readonly subjectId: string;
};

/** Why a channel is not told now of something that is no incident. */
export async function nightHold(
  { db }: Pick<Unit<'notify'>, 'db'>,
  channel: ChannelRecord,
  { now, demonstration }: Pick<Parts, 'now' | 'demonstration'>,
): Promise<HeldFor | null> {
  const stop = stopOf({ active: channel.active, demonstration });
  if (stop !== null || channel.personId === null) return stop;
  const hours = (await quietHoursStore(db).all()).get(channel.personId);
  return waitsForMorning(hours, { priority: 'normal', byRota: false, at: now }) ? 'quiet_hours' : null;
}

/**
 * Writes what certain people are to be told, by their own channels, into the log. Who has none is named there, so that
 * one sees that nobody told them. Of a person's further channels, those with a delay are left out: nothing escalates.
 */
export async function tellPersons(
  unit: Unit<'notify'>,
  personIds: readonly string[],
  told: Told,
  parts: Parts,
): Promise<void> {
  const channels = await channelStore(unit.db).all();
  const persons = await peopleReader(unit.db).persons();
  const deliveries = deliveryStore(unit.db);
  for (const personId of new Set(personIds)) {
    const person = persons.get(personId);
    if (person?.active !== true) continue;
    const because = [[{ code: 'person', name: person.name } as const]];
    const own = channels.filter((channel) => channel.personId === personId && channel.afterMinutes === 0);
    for (const channel of own)
      await deliveries.write({
        ...told,
        channel,
        subject: wordNotice(told.notice, channel.language, parts.publicUrl).subject,
        hold: await nightHold(unit, channel, parts),
        because,
        at: parts.now,
      });
    if (own.length === 0)
      await deliveries.write({
        ...told,
        subjectId: `${told.subjectId} ${personId}`,
        channel: null,
        subject: wordNotice(told.notice, 'en', parts.publicUrl).subject,
        hold: 'no_channel',
        detail: person.name,
        because,
        at: parts.now,
      });
  }
}
