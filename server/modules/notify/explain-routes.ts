import type { Channel } from '#contract/notify.ts';
import type { Language, ThingRef } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { Refusal } from '#platform/refusal.ts';
import { audienceOf, thingKey, waitsForMorning, type Reach } from './audience.ts';
import { stopOf, type Hold } from './due-notices.ts';
import type { Needs } from './needs.ts';
import { readDirectory, thingsAbout, type WholeDirectory } from './read-directory.ts';
import { silencedWhole, silencesOn, type SilenceOn } from './silences-on.ts';
import type { ChannelRecord } from './store-channels.ts';
import { silenceReader } from './store-silences.ts';
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

/** What keeps an incident of the thing from everybody, whatever the channel: the reason and its maker's own words. */
interface HeldWhole {
  readonly reason: 'own_line_now' | 'behind' | 'silenced' | 'maintenance';
  readonly why: string;
}

interface ExplainedSilence {
  readonly id: string;
  readonly reason: string;
  readonly by: string;
  readonly ends: SilenceOn['silence']['ends'];
  readonly until: string;
  readonly unlessWorse: boolean;
  readonly checks: string[];
}

const order: readonly Channel['from'][] = ['low', 'normal', 'high', 'critical'];

function heldFor(
  channel: ChannelRecord,
  reaches: readonly Reach[],
  {
    directory,
    asked,
    at,
    whole,
    demonstration,
  }: { directory: WholeDirectory; asked: Asked; at: Date; whole: HeldWhole | null; demonstration: boolean },
): Hold | HeldWhole['reason'] | null {
  const stop = stopOf({ active: channel.active, demonstration });
  if (stop !== null) return stop;
  if (whole !== null) return whole.reason;
  if (order.indexOf(asked.priority) < order.indexOf(channel.leastPriority)) return 'below_threshold';
  const hours = channel.personId === null ? undefined : directory.quietHours.get(channel.personId);
  const byRota = reaches.some(({ ways }) => ways.some(({ code }) => code === 'rota'));
  return waitsForMorning(hours, { priority: asked.priority, byRota, at }) ? 'quiet_hours' : null;
}

/** The agreed work that goes on then on a thing, or on what it stands on; null where there is none. */
async function workOn(needs: Needs, under: ReadonlySet<string>, at: Date): Promise<string | null> {
  const going = await needs.workAt(at);
  return going.find(({ targets }) => targets.some((target) => under.has(thingKey(target))))?.name ?? null;
}

/** What would keep an incident of a thing from everybody, and the silences that hold back something of it. */
async function heldOn(
  { db, needs }: Pick<Parts, 'db' | 'needs'>,
  { thing, at: asked }: Asked,
  at: Date,
): Promise<{ whole: HeldWhole | null; silences: SilenceOn[] }> {
  if (thing === null) return { whole: null, silences: [] };
  const reader = silenceReader(db);
  const [ancestors = []] = await needs.ancestorsOf([thing]);
  const inForce = await reader.inForce(at);
  const carried = await needs.taggedThings([...new Set(inForce.flatMap(({ tag }) => tag ?? []))]);
  const tagged = Map.groupBy(carried, ({ tag }) => tag);
  const checks = await reader.checksOf(thing);
  const silences = silencesOn(
    inForce,
    {
      thingId: thing.id,
      ancestorIds: new Set(ancestors.map(({ id }) => id)),
      tagged: new Map([...tagged].map(([tag, all]) => [tag, new Set(all.map((each) => each.thing.id))])),
    },
    checks,
  );
  // What is down now is known of now only.
  if (asked === undefined && (await reader.lineFailsTo(thing)))
    return { whole: { reason: 'own_line_now', why: '' }, silences };
  const down = asked === undefined ? await reader.firstDown(ancestors) : null;
  if (down !== null) return { whole: { reason: 'behind', why: down }, silences };
  const silenced = silencedWhole(silences, checks);
  if (silenced !== null) return { whole: { reason: 'silenced', why: silenced }, silences };
  const work = await workOn(needs, new Set([thing, ...ancestors].map(thingKey)), at);
  return { whole: work === null ? null : { reason: 'maintenance', why: work }, silences };
}

function shownSilence({ silence, checks }: SilenceOn): ExplainedSilence {
  const { id, reason, by, ends, until, unlessWorse } = silence;
  return { id, reason, by, ends, until: until.toISOString(), unlessWorse, checks: [...checks] };
}

/** Who would be told if a thing failed at a moment, when, by which way, and who would not and why. */
export async function explainRoutes(
  { db, clock, needs, demonstration }: Parts,
  asked: Asked,
  language: Language,
): Promise<{ items: Explained[]; silences: ExplainedSilence[]; missing: string[] }> {
  const at = asked.at === undefined ? clock.now() : new Date(asked.at);
  if (asked.thing !== null && (await needs.namedThings([asked.thing])).length === 0) throw new Refusal('not_found');
  const directory = await readDirectory(db, needs, at);
  const [things = new Set<string>()] = await thingsAbout(needs, directory, [asked.thing]);
  const { reaches, missing } = audienceOf(directory, { priority: asked.priority, things });
  const { whole, silences } = await heldOn({ db, needs }, asked, at);
  const byChannel: ReadonlyMap<string, Reach[]> = Map.groupBy(reaches, ({ channelId }) => channelId);
  const items = directory.channels.flatMap((channel): Explained[] => {
    const ways = byChannel.get(channel.id);
    if (ways === undefined) return [];
    const hold = heldFor(channel, ways, { directory, asked, at, whole, demonstration });
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
        held: hold === null ? null : answerText(hold, hold === whole?.reason ? whole.why : '', language),
      },
    ];
  });
  return {
    items: items.toSorted(
      (one, other) => one.afterMinutes - other.afterMinutes || one.channel.name.localeCompare(other.channel.name),
    ),
    silences: silences.map(shownSilence),
    missing: [...new Set(missing.map((one) => missingText(one, language)))],
  };
}
