import type { NamedThing, ThingRef } from '#contract/words.ts';
import type { Needed } from './cause.ts';
import type { Needs } from './needs.ts';
import type { SeriesRow } from './store-result.ts';
import { asGuard, renew, watchedOf, type Surroundings, type Watched } from './watched.ts';
import type { StoredCheck } from './watched-check.ts';

interface Parts {
  readonly needs: Pick<Needs, 'ancestorsOf' | 'hostsById' | 'namedThings'>;
  readonly store: {
    readonly all: () => Promise<StoredCheck[]>;
    readonly series: (checkNumbers: readonly number[]) => Promise<SeriesRow[]>;
  };
}

/** What reading the list again changed. */
export interface ListChanges {
  readonly added: readonly Watched[];
  readonly changed: readonly Watched[];
  readonly removed: readonly Watched[];
}

const keyOf = ({ kind, id }: ThingRef): string => `${kind}:${id}`;

/** A check that says whether its host is there at all, and so stands before the host's other checks. */
function isLiveness({ stored }: Watched): boolean {
  return stored.kind === 'icmp';
}

/** Every check that runs, with where it looks and what it needs. Paused checks are not on it. */
export class WatchList {
  readonly #parts: Parts;
  readonly #checks = new Map<string, Watched>();
  readonly #byThing = new Map<string, Set<Watched>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get(id: string): Watched | undefined {
    return this.#checks.get(id);
  }

  all(): IterableIterator<Watched> {
    return this.#checks.values();
  }

  /** What stands between us and a check's target: its host's ping first, then what it needs, nearest first. */
  neededBy(watched: Watched): Needed[] {
    const { target, needs } = watched.surroundings;
    const own = isLiveness(watched) ? [] : this.#guards(target, watched).filter(isLiveness);
    return [
      { thing: target, guards: own.map(asGuard) },
      ...needs.map((thing) => ({ thing, guards: this.#guards(thing, watched).map(asGuard) })),
    ].filter(({ guards }) => guards.length > 0);
  }

  /** Reads all checks and their surroundings again; those that did not change stay untouched. */
  async read(): Promise<ListChanges> {
    const stored = (await this.#parts.store.all()).filter(({ paused }) => !paused);
    const surroundings = await this.#surroundingsOf(stored);
    const added: Watched[] = [];
    const changed: Watched[] = [];
    const seen = new Set<string>();
    for (const check of stored) {
      const around = surroundings.get(keyOf(check.target));
      // The thing is gone from the estate: there is nothing to look at any more.
      if (around === undefined) continue;
      seen.add(check.id);
      const known = this.#checks.get(check.id);
      if (known === undefined) {
        added.push(this.#add(watchedOf(check, around)));
      } else if (isDifferent(known, check, around)) {
        // How it stands is known better here than in the table, which follows.
        const { state, since, failingSince, flapping, because } = known.stored;
        renew(known, { ...check, state, since, failingSince, flapping, because }, around);
        changed.push(known);
      }
    }
    const removed = [...this.#checks.values()].filter(({ stored: { id } }) => !seen.has(id));
    for (const each of removed) this.#remove(each);
    await this.#readPositions(added);
    return { added, changed, removed };
  }

  #guards(thing: ThingRef, except: Watched): Watched[] {
    return [...(this.#byThing.get(keyOf(thing)) ?? [])].filter((each) => each !== except);
  }

  #add(watched: Watched): Watched {
    this.#checks.set(watched.stored.id, watched);
    const key = keyOf(watched.stored.target);
    const siblings = this.#byThing.get(key) ?? new Set();
    this.#byThing.set(key, siblings.add(watched));
    return watched;
  }

  #remove(watched: Watched): void {
    this.#checks.delete(watched.stored.id);
    this.#byThing.get(keyOf(watched.stored.target))?.delete(watched);
  }

  async #readPositions(added: readonly Watched[]): Promise<void> {
    const byNumber = new Map(added.map((each) => [each.stored.number, each]));
    for (const { checkNumber, name, position } of await this.#parts.store.series([...byNumber.keys()])) {
      byNumber.get(checkNumber)?.positions.set(name, position);
    }
  }

  async #surroundingsOf(checks: readonly StoredCheck[]): Promise<Map<string, Surroundings>> {
    const things = [...new Map(checks.map(({ target }) => [keyOf(target), target])).values()];
    return readSurroundings(this.#parts.needs, things);
  }
}

/** Names, addresses and needs of things, by `kind:id`; a thing that there is not is left out. */
export async function readSurroundings(
  needs: Pick<Needs, 'ancestorsOf' | 'hostsById' | 'namedThings'>,
  things: readonly ThingRef[],
): Promise<Map<string, Surroundings>> {
  const [named, ancestors] = await Promise.all([needs.namedThings(things), needs.ancestorsOf(things)]);
  const names = new Map<string, NamedThing>(named.map((thing) => [keyOf(thing), thing]));
  const above = new Map(things.map((thing, index) => [keyOf(thing), ancestors[index] ?? []]));
  const hostIds = [...things, ...ancestors.flat()].filter(({ kind }) => kind === 'host').map(({ id }) => id);
  const hosts = new Map((await needs.hostsById([...new Set(hostIds)])).map((host) => [host.id, host]));
  const found = new Map<string, Surroundings>();
  for (const [key, target] of names) {
    const path = above.get(key) ?? [];
    // A service is looked at where it runs: on the nearest host that it needs.
    const hostId = target.kind === 'host' ? target.id : path.find(({ kind }) => kind === 'host')?.id;
    const host = hostId === undefined ? undefined : hosts.get(hostId);
    found.set(key, {
      target,
      address: host?.address ?? '',
      hostId: host?.id ?? null,
      needs: path.map(({ kind, id, name }) => ({ kind, id, name })),
    });
  }
  return found;
}

/** Where things are looked at, by `kind:id`. Hosts know it themselves; only for others the way to a host is read. */
export async function readAddresses(
  needs: Pick<Needs, 'ancestorsOf' | 'hostsById' | 'namedThings'>,
  things: readonly ThingRef[],
): Promise<Map<string, string>> {
  const [hosts, others] = await Promise.all([
    needs.hostsById(things.filter(({ kind }) => kind === 'host').map(({ id }) => id)),
    readSurroundings(
      needs,
      things.filter(({ kind }) => kind !== 'host'),
    ),
  ]);
  return new Map([
    ...hosts.map(({ id, address }) => [keyOf({ kind: 'host', id }), address] as const),
    ...[...others].map(([key, { address }]) => [key, address] as const),
  ]);
}

function isDifferent(known: Watched, stored: StoredCheck, around: Surroundings): boolean {
  const before = known.stored;
  return (
    before.changedAt.getTime() !== stored.changedAt.getTime() ||
    known.surroundings.address !== around.address ||
    JSON.stringify(known.surroundings) !== JSON.stringify(around)
  );
}
