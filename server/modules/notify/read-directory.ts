import type { QuietHours } from '#contract/notify-routes.ts';
import type { ThingRef } from '#contract/words.ts';
import type { Database } from '#platform/database.ts';
import { thingKey, type Directory } from './audience.ts';
import type { Needs } from './needs.ts';
import { channelStore, type ChannelRecord } from './store-channels.ts';
import { peopleReader, policyStore, quietHoursStore, routeStore } from './store-routes.ts';

/** Everything that says who is told, as it is at a moment, with the whole channels. */
export interface WholeDirectory extends Directory {
  readonly channels: readonly ChannelRecord[];
  readonly quietHours: ReadonlyMap<string, QuietHours>;
}

export async function readDirectory(db: Database<'notify'>, needs: Needs, at: Date): Promise<WholeDirectory> {
  const policies = await policyStore(db).list();
  const routes = await routeStore(db).list();
  const carried = await needs.taggedThings([...new Set(routes.flatMap(({ tags }) => tags))]);
  return {
    channels: await channelStore(db).all(),
    routes,
    tagged: new Map(
      [...Map.groupBy(carried, ({ tag }) => tag)].map(([tag, all]) => [
        tag,
        new Set(all.map(({ thing }) => thingKey(thing))),
      ]),
    ),
    policies: new Map(policies.map((policy) => [policy.id, policy])),
    onCall: await needs.onCall(at),
    teams: await peopleReader(db).teams(),
    persons: await peopleReader(db).persons(),
    quietHours: await quietHoursStore(db).all(),
  };
}

/**
 * What routes compare with: what each incident is caused by, what that stands on, and what suffers with it. Nothing is
 * asked where no route names a thing or a tag.
 */
export async function thingsAbout(
  needs: Needs,
  { routes }: Directory,
  causes: readonly (ThingRef | null)[],
): Promise<ReadonlySet<string>[]> {
  const named = causes.filter((cause) => cause !== null);
  if (named.length === 0 || routes.every(({ things, tags }) => things.length === 0 && tags.length === 0))
    return causes.map(() => new Set());
  const [ancestors, dependants] = [await needs.ancestorsOf(named), await needs.dependantsOf(named)];
  let next = -1;
  return causes.map((cause) => {
    if (cause === null) return new Set();
    next += 1;
    return new Set([cause, ...(ancestors[next] ?? []), ...(dependants[next] ?? [])].map(thingKey));
  });
}
