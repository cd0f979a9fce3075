import { isDeepStrictEqual } from 'node:util';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { phaseOf } from '#probe/phase-of.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { slotMs } from '#probe/schedule.ts';
import type { Needed } from './cause.ts';
import type { Needs } from '../needs.ts';
import { sharedPositions } from './shared-positions.ts';
import type { CheckVersion, KeptValues } from './store-engine.ts';
import type { SeriesRow } from './store-result.ts';
import { asGuard, renew, watchedOf, type Surroundings, type Watched } from './watched.ts';
import type { StoredCheck } from '../watched-check.ts';

interface Parts {
  readonly needs: Pick<Needs, 'ancestorsOf' | 'hostsById' | 'namedThings'>;
  readonly store: {
    readonly versions: () => Promise<CheckVersion[]>;
    readonly byIds: (ids: readonly string[]) => Promise<StoredCheck[]>;
    readonly series: (checkNumbers: readonly number[]) => Promise<SeriesRow[]>;
    readonly kept: (checkNumbers: readonly number[]) => Promise<ReadonlyMap<number, KeptValues>>;
    readonly noteLeave: (id: string, address: string) => Promise<void>;
    readonly noteSecretAddress: (id: string, address: string) => Promise<void>;
  };
}

/** Read at a time, so that a long list neither fills the memory nor holds the event loop. */
const readAtOnce = 500;

/** What reading the list again changed, beside what it added. */
export interface ListChanges {
  readonly changed: readonly Watched[];
  readonly removed: readonly Watched[];
}

/** How the list is read. */
export interface Reading {
  /** The time: new checks are read in the order in which their turns come from here on. */
  readonly nowMs: number;
  /** Is given some new checks as soon as they are on the list, and with them all that are new; false ends the reading. */
  readonly took: (some: readonly Watched[], coming: readonly CheckVersion[]) => boolean;
}

/** Whether a check, as a run needs it, holds a secret that is told to its target. */
function hasSecrets({ kind, settings }: StoredCheck): boolean {
  return (
    kinds
      .get(kind)
      ?.secrets()
      .some((field) => (settings[field] ?? '') !== '') ?? false
  );
}

const keyOf = ({ kind, id }: ThingRef): string => `${kind}:${id}`;

/** A check that says whether its host is there at all, and so stands before the host's other checks. */
function isLiveness({ stored }: Watched): boolean {
  return stored.kind === 'icmp';
}

/** Checks in the order in which their turns come. */
function inTurn(versions: readonly CheckVersion[], nowMs: number): CheckVersion[] {
  const untilTurn = ({ id, intervalMs }: CheckVersion): number => {
    const aheadMs = phaseOf(id, intervalMs, slotMs) - (nowMs % intervalMs);
    return aheadMs < 0 ? aheadMs + intervalMs : aheadMs;
  };
  return versions
    .map((version) => ({ version, ms: untilTurn(version) }))
    .toSorted((one, other) => one.ms - other.ms)
    .map(({ version }) => version);
}

/** Every check that runs, with where it looks and what it needs. Paused checks are not on it. */
export class WatchList {
  readonly #parts: Parts;
  readonly #checks = new Map<string, Watched>();
  /** Lists, because most things have one check, and a set of one takes ten times the room. */
  readonly #byThing = new Map<string, readonly Watched[]>();
  readonly #byKind = new Map<string, Set<Watched>>();
  /** Where each thing is and what it needs; checks of one thing share it. */
  #surroundings = new Map<string, Surroundings>();
  #doubtful = false;
  readonly #shared = new SharedParts();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get(id: string): Watched | undefined {
    return this.#checks.get(id);
  }

  all(): IterableIterator<Watched> {
    return this.#checks.values();
  }

  /** Checks of one kind. */
  ofKind(kind: string): Iterable<Watched> {
    return this.#byKind.get(kind) ?? [];
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

  /** The host's other checks, where this one says whether the host is there at all; else none. */
  dependingOn(watched: Watched): Watched[] {
    return isLiveness(watched) ? this.#guards(watched.surroundings.target, watched) : [];
  }

  /** The estate changed: the next reading asks again where every thing is and what it needs. */
  doubtSurroundings(): void {
    this.#doubtful = true;
  }

  /** Reads what was added, changed and removed since; what did not change stays untouched. */
  async read({ nowMs, took }: Reading): Promise<ListChanges> {
    const versions = await this.#parts.store.versions();
    const moved = this.#doubtful ? await this.#readSurroundings() : new Set<string>();
    const changed = new Set<Watched>();
    const there = new Set(versions.map(({ id }) => id));
    const removed = [...this.#checks.values()].filter(({ stored: { id } }) => !there.has(id));
    for (const each of removed) this.#remove(each);
    const renewed = versions.filter(({ id, changedMs }) => {
      const known = this.#checks.get(id);
      return known !== undefined && known.stored.changedAt.getTime() !== changedMs;
    });
    const coming = inTurn(
      versions.filter(({ id }) => !this.#checks.has(id)),
      nowMs,
    );
    await this.#readSome(renewed, (some) => this.#takeIn(some, changed));
    await this.#readSome(coming, async (some) => took(await this.#takeIn(some, changed), coming));
    for (const key of moved) for (const watched of this.#byThing.get(key) ?? []) this.#moveTo(watched, key, changed);
    const gone = [...this.#checks.values()].filter(
      ({ stored: { target } }) => moved.has(keyOf(target)) && !this.#surroundings.has(keyOf(target)),
    );
    for (const each of gone) this.#remove(each);
    return { changed: [...changed].filter((each) => !gone.includes(each)), removed: [...removed, ...gone] };
  }

  /** Reads checks whole, some at a time; `false` from `take` ends it. */
  async #readSome(
    wanted: readonly CheckVersion[],
    take: (some: readonly StoredCheck[]) => Promise<unknown>,
  ): Promise<void> {
    const read = (from: number): Promise<StoredCheck[]> =>
      this.#parts.store.byIds(wanted.slice(from, from + readAtOnce).map(({ id }) => id));
    for (let from = 0; from < wanted.length; from += readAtOnce) if ((await take(await read(from))) === false) return;
  }

  /** Takes in checks as they were read; those whose thing is gone from the estate have nothing to look at. */
  async #takeIn(checks: readonly StoredCheck[], changed: Set<Watched>): Promise<Watched[]> {
    const strange = checks.map(({ target }) => target).filter((target) => !this.#surroundings.has(keyOf(target)));
    const found = await readSurroundings(this.#parts.needs, [
      ...new Map(strange.map((target) => [keyOf(target), target])).values(),
    ]);
    for (const [key, around] of found) this.#surroundings.set(key, around);
    const news: Watched[] = [];
    for (const each of checks) {
      const around = this.#surroundings.get(keyOf(each.target));
      if (around === undefined || each.paused) continue;
      const check = await this.#withLeave({ ...this.#shared.share(each), target: around.target }, around.address);
      const known = this.#checks.get(check.id);
      if (known === undefined) news.push(this.#add(watchedOf(check, around)));
      else {
        // How it stands is known better here than in the table, which follows.
        const { state, since, failingSince, flapping, because } = known.stored;
        renew(known, { ...check, state, since, failingSince, flapping, because }, around);
        changed.add(known);
      }
    }
    await this.#readMemories(news);
    return news;
  }

  /** Leave and secrets are for the address that the target has when they are first seen. */
  async #withLeave(given: StoredCheck, address: string): Promise<StoredCheck> {
    let check = given;
    if (check.secretAddress === null && hasSecrets(check)) {
      await this.#parts.store.noteSecretAddress(check.id, address);
      check = { ...check, secretAddress: address };
    }
    if (!check.specialAllowed || check.specialAddress !== null) return check;
    await this.#parts.store.noteLeave(check.id, address);
    return { ...check, specialAddress: address };
  }

  /** Asks again where all things are; gives the keys of those for which something changed. */
  async #readSurroundings(): Promise<Set<string>> {
    this.#doubtful = false;
    const before = this.#surroundings;
    const things = [...this.#byThing.values()]
      .flatMap((watched) => watched.slice(0, 1))
      .map(({ stored }) => stored.target);
    try {
      this.#surroundings = await readSurroundings(this.#parts.needs, things);
    } catch (error) {
      this.#doubtful = true;
      throw error;
    }
    const moved = new Set<string>();
    for (const target of things) {
      const key = keyOf(target);
      const old = before.get(key);
      const now = this.#surroundings.get(key);
      if (old !== undefined && now !== undefined && isDeepStrictEqual(old, now)) this.#surroundings.set(key, old);
      else moved.add(key);
    }
    return moved;
  }

  #moveTo(watched: Watched, key: string, changed: Set<Watched>): void {
    const around = this.#surroundings.get(key);
    if (around === undefined || watched.surroundings === around) return;
    renew(watched, watched.stored, around);
    changed.add(watched);
  }

  #guards(thing: ThingRef, except: Watched): Watched[] {
    return (this.#byThing.get(keyOf(thing)) ?? []).filter((each) => each !== except);
  }

  #add(watched: Watched): Watched {
    this.#checks.set(watched.stored.id, watched);
    const key = keyOf(watched.stored.target);
    this.#byThing.set(key, [...(this.#byThing.get(key) ?? []), watched]);
    const { kind } = watched.stored;
    this.#byKind.set(kind, (this.#byKind.get(kind) ?? new Set()).add(watched));
    return watched;
  }

  #remove(watched: Watched): void {
    this.#checks.delete(watched.stored.id);
    const key = keyOf(watched.stored.target);
    const others = (this.#byThing.get(key) ?? []).filter((each) => each !== watched);
    if (others.length === 0) this.#byThing.delete(key);
    else this.#byThing.set(key, others);
    this.#byKind.get(watched.stored.kind)?.delete(watched);
  }

  async #readMemories(added: readonly Watched[]): Promise<void> {
    const byNumber = new Map(added.map((each) => [each.stored.number, each]));
    const numbers = [...byNumber.keys()];
    const positions = new Map<number, Map<string, number>>();
    for (const { checkNumber, name, position } of await this.#parts.store.series(numbers)) {
      const own = positions.get(checkNumber) ?? new Map<string, number>();
      positions.set(checkNumber, own.set(this.#shared.word(name), position));
    }
    for (const [number, own] of positions) {
      const watched = byNumber.get(number);
      if (watched !== undefined) watched.positions = sharedPositions(own);
    }
    for (const [number, values] of await this.#parts.store.kept(numbers)) {
      const watched = byNumber.get(number);
      if (watched !== undefined) watched.kept = new RunMemory(values);
    }
  }
}

/** What ten thousand checks have in common is kept once: words, and settings that are the same. */
class SharedParts {
  readonly #words = new Map<string, string>();
  readonly #settings = new Map<string, StoredCheck['settings']>();

  word(text: string): string {
    const known = this.#words.get(text);
    if (known !== undefined) return known;
    if (this.#words.size < mostShared) this.#words.set(text, text);
    return text;
  }

  share(check: StoredCheck): StoredCheck {
    const key = JSON.stringify(check.settings);
    const settings = this.#settings.get(key) ?? check.settings;
    if (this.#settings.size < mostShared) this.#settings.set(key, settings);
    return { ...check, kind: this.word(check.kind), settings };
  }
}

const mostShared = 2_000;

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
      hostId: host === undefined ? null : (hostId ?? null),
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
