import type { Channel } from '#contract/notify.ts';
import type { Language, ThingRef } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { audienceOf, thingKey, waitsForMorning, type Reach } from './audience.ts';
import { stopOf, type Hold } from './due-notices.ts';
import type { Needs } from './needs.ts';
import { readDirectory, thingsAbout, type WholeDirectory } from './read-directory.ts';
import type { ChannelRecord } from './store-channels.ts';
import { answerText, missingText, waysText } from './wording.ts';

interface Parts {
  readonly db: Database<'notify'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly demonstration: boolean;
}

interface Asked {
  readonly thing: ThingRef | null;
  readonly priority: Channel['from'];
  readonly at?: string | undefined;
}

interface Explained {
  readonly channel: { id: string; name: string; kind: string };
  readonly person: string | null;
  readonly afterMinutes: number;
  readonly because: string[];
  readonly held: string | null;
}

const order: readonly Channel['from'][] = ['low', 'normal', 'high', 'critical'];

function heldFor(
  channel: ChannelRecord,
  reaches: readonly Reach[],
  {
    directory,
    asked,
    at,
    work,
    demonstration,
  }: { directory: WholeDirectory; asked: Asked; at: Date; work: string | null; demonstration: boolean },
): Hold | null {
  const stop = stopOf({ active: channel.active, demonstration });
  if (stop !== null) return stop;
  if (work !== null) return 'maintenance';
  if (order.indexOf(asked.priority) < order.indexOf(channel.leastPriority)) return 'below_threshold';
  const hours = channel.personId === null ? undefined : directory.quietHours.get(channel.personId);
  const byRota = reaches.some(({ ways }) => ways.some(({ code }) => code === 'rota'));
  return waitsForMorning(hours, { priority: asked.priority, byRota, at }) ? 'quiet_hours' : null;
}

/** The agreed work that goes on then on a thing, or on what it stands on; null where there is none. */
async function workOn(needs: Needs, thing: ThingRef | null, at: Date): Promise<string | null> {
  if (thing === null) return null;
  const going = await needs.workAt(at);
  if (going.length === 0) return null;
  const [ancestors = []] = await needs.ancestorsOf([thing]);
  const under = new Set([thing, ...ancestors].map(thingKey));
  return going.find(({ targets }) => targets.some((target) => under.has(thingKey(target))))?.name ?? null;
}

/** Who would be told if a thing failed at a moment, when, by which way, and who would not and why. */
export async function explainRoutes(
  { db, clock, needs, demonstration }: Parts,
  asked: Asked,
  language: Language,
): Promise<{ items: Explained[]; missing: string[] }> {
  const at = asked.at === undefined ? clock.now() : new Date(asked.at);
  if (asked.thing !== null && (await needs.namedThings([asked.thing])).length === 0) throw new Refusal('not_found');
  const directory = await readDirectory(db, needs, at);
  const [things = new Set<string>()] = await thingsAbout(needs, directory, [asked.thing]);
  const { reaches, missing } = audienceOf(directory, { priority: asked.priority, things });
  const work = await workOn(needs, asked.thing, at);
  const byChannel: ReadonlyMap<string, Reach[]> = Map.groupBy(reaches, ({ channelId }) => channelId);
  const items = directory.channels.flatMap((channel): Explained[] => {
    const ways = byChannel.get(channel.id);
    if (ways === undefined) return [];
    const hold = heldFor(channel, ways, { directory, asked, at, work, demonstration });
    return [
      {
        channel: { id: channel.id, name: channel.name, kind: channel.kind },
        person: channel.personId === null ? null : (directory.persons.get(channel.personId)?.name ?? null),
        afterMinutes: Math.min(...ways.map(({ afterMinutes }) => afterMinutes)),
        because: [
          ...new Set(
            waysText(
              ways.map((reach) => reach.ways),
              language,
            ),
          ),
        ],
        held: hold === null ? null : answerText(hold, hold === 'maintenance' ? (work ?? '') : '', language),
      },
    ];
  });
  return {
    items: items.toSorted(
      (one, other) => one.afterMinutes - other.afterMinutes || one.channel.name.localeCompare(other.channel.name),
    ),
    missing: [...new Set(missing.map((one) => missingText(one, language)))],
  };
}
