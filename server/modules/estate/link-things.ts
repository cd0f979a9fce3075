import type { NamedThing } from '#contract/words.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { closesCircle, type Dependency } from './dependency-graph.ts';
import { dependencyStore } from './store-dependencies.ts';

type Link = { dependent: NamedThing; on: NamedThing };

/** Says that a thing depends on another; saying it again changes nothing. */
export function addDependency(transact: Transact<'estate'>, wanted: Dependency, by: string): Promise<Link> {
  return transact(async ({ db, publish, live }) => {
    const dependencies = dependencyStore(db);
    await dependencies.lockGraph();
    const [dependent, on] = await dependencies.named([wanted.dependent, wanted.on]);
    if (dependent === undefined || on === undefined) throw new Refusal('not_found');
    if (closesCircle(await dependencies.above([on]), wanted))
      throw new Refusal('dependency_circle', { dependent: dependent.name, on: on.name });
    const link = { dependent, on };
    if (await dependencies.has(wanted)) return link;
    await dependencies.add(wanted);
    await publish('estate.dependenciesChanged', { ...link, change: 'added', by });
    await live('estate.thing', dependent.id);
    await live('estate.thing', on.id);
    return link;
  });
}

/** Takes a dependency back. That of a host on its site goes by moving the host. */
export function removeDependency(
  transact: Transact<'estate'>,
  wanted: Dependency,
  by: string,
): Promise<Record<string, never>> {
  return transact(async ({ db, publish, live }) => {
    const dependencies = dependencyStore(db);
    await dependencies.lockGraph();
    const [dependent, on] = await dependencies.named([wanted.dependent, wanted.on]);
    if (dependent === undefined || on === undefined || !(await dependencies.remove(wanted)))
      throw new Refusal('not_found');
    await publish('estate.dependenciesChanged', { dependent, on, change: 'removed', by });
    await live('estate.thing', dependent.id);
    await live('estate.thing', on.id);
    return {};
  });
}
