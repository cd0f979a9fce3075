import { v7 as uuid } from 'uuid';
import type { MaintenanceWindow } from '#contract/maintenance-window.ts';
import type { upkeep } from '#contract/upkeep.ts';
import type { Doer, NamedThing, ThingRef } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { windowStore, type StoredWindow } from './store-window.ts';
import { windowChanges } from './window-changes.ts';
import { windowTurns, type WindowTurn } from './window-turns.ts';

interface Parts {
  readonly db: Database<'upkeep'>;
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
}

const dayMs = 86_400_000;
const longestTurnMs = 7 * dayMs;
const aheadMs = 400 * dayMs;
const mostNext = 3;

/** A turn that goes on, with what is worked on. */
export interface MaintenanceNow extends WindowTurn {
  readonly windowId: string;
  readonly name: string;
  readonly targets: readonly ThingRef[];
}

/** The turns that go on at a moment. */
export async function maintenanceAt(db: Database<'upkeep'>, now: Date): Promise<MaintenanceNow[]> {
  const windows = await windowStore(db).alive(new Date(now.getTime() - longestTurnMs));
  const going = windows.flatMap((window) =>
    windowTurns(window, now, new Date(now.getTime() + 1)).map((turn) => ({ window, turn })),
  );
  const carried = await windowStore(db).tagged([...new Set(going.flatMap(({ window }) => window.tags))]);
  return going.map(({ window, turn }) => ({
    ...turn,
    windowId: window.id,
    name: window.name,
    targets: [
      ...window.targets,
      ...carried.flatMap(({ kind, id, tag }) => (window.tags.includes(tag) ? [{ kind, id }] : [])),
    ],
  }));
}

function told({ from, until }: WindowTurn) {
  return { from: from.toISOString(), until: until.toISOString() };
}

function tell(window: StoredWindow, names: ReadonlyMap<string, NamedThing>, now: Date): MaintenanceWindow {
  const turns = windowTurns(window, now, new Date(now.getTime() + aheadMs), mostNext + 1);
  const current = turns.find(({ from }) => from <= now);
  return {
    id: window.id,
    name: window.name,
    reason: window.reason,
    targets: window.targets.map((each) => names.get(each.id) ?? { ...each, name: '' }),
    tags: [...window.tags],
    startsAt: window.startsAt.toISOString(),
    durationMinutes: window.durationMinutes,
    repeats: window.repeats,
    days: [...window.days],
    timeZone: window.timeZone,
    lastAt: window.lastAt?.toISOString() ?? null,
    by: window.by,
    createdAt: window.createdAt.toISOString(),
    endedAt: window.endedAt?.toISOString() ?? null,
    current: current === undefined ? null : told(current),
    next: turns
      .filter(({ from }) => from > now)
      .slice(0, mostNext)
      .map(told),
  };
}

async function tellAll({ db, clock }: Parts, windows: readonly StoredWindow[]): Promise<MaintenanceWindow[]> {
  const things = windows.flatMap(({ targets }) => targets);
  const names = new Map((await windowStore(db).named(things)).map((thing) => [thing.id, thing]));
  return windows.map((window) => tell(window, names, clock.now()));
}

async function tellOne(parts: Parts, id: string): Promise<MaintenanceWindow> {
  const window = await windowStore(parts.db).get(id);
  const [shown] = window === null ? [] : await tellAll(parts, [window]);
  if (shown === undefined) throw new Refusal('not_found');
  return shown;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

type Requests = Handlers<typeof upkeep>['windows'];

/** Whether nothing follows any more: it was ended, or its last turn has passed. */
function isOver(window: StoredWindow, now: Date): boolean {
  return window.endedAt !== null || windowTurns(window, now, new Date(now.getTime() + aheadMs), 1).length === 0;
}

/** Changes a window that is not over, and notes what was how before. */
async function changeWindow(
  { db, transact, clock }: Parts,
  { id, ...asked }: Parameters<Requests['change']>[0],
  by: Doer,
): Promise<void> {
  if (asked.timeZone !== undefined && !isTimeZone(asked.timeZone))
    throw new Refusal('time_zone_unknown', { name: asked.timeZone });
  const things = asked.targets ?? [];
  const wanted = await windowStore(db).named(things);
  if (wanted.length < new Set(things.map((each) => each.id)).size) throw new Refusal('not_found');
  await transact(async (unit) => {
    const store = windowStore(unit.db);
    const before = await store.hold(id);
    if (before === null) throw new Refusal('not_found');
    if (isOver(before, clock.now())) throw new Refusal('window_over', { name: before.name });
    const after: StoredWindow = {
      ...before,
      name: asked.name ?? before.name,
      reason: asked.reason ?? before.reason,
      targets: asked.targets ?? before.targets,
      tags: asked.tags ?? before.tags,
      startsAt: asked.startsAt === undefined ? before.startsAt : new Date(asked.startsAt),
      durationMinutes: asked.durationMinutes ?? before.durationMinutes,
      repeats: asked.repeats ?? before.repeats,
      days: asked.days ?? before.days,
      timeZone: asked.timeZone ?? before.timeZone,
      lastAt: asked.lastAt === undefined ? before.lastAt : asked.lastAt === null ? null : new Date(asked.lastAt),
    };
    if (after.targets.length + after.tags.length === 0)
      throw new Refusal('bad_input', {}, [{ path: 'targets', reason: 'missing' }]);
    const names = new Map((await store.named([...before.targets, ...after.targets])).map((each) => [each.id, each]));
    const fields = windowChanges(before, after, names);
    if (fields.length === 0) return;
    await store.change(after);
    await store.note(id, { at: clock.now(), by, what: 'changed', fields });
    await unit.live('upkeep.window', id);
  });
}

const firstOf = ({ current, next }: MaintenanceWindow): string => current?.from ?? next[0]?.from ?? '9999';

/** Requests about maintenance windows. */
export function windowHandlers(parts: Parts): Requests {
  const { db, transact, clock } = parts;
  return {
    async list() {
      const items = await tellAll(parts, await windowStore(db).all());
      return { items: items.toSorted((one, other) => firstOf(one).localeCompare(firstOf(other))) };
    },
    async create(input, caller) {
      const { id: byId, name: byName } = actorOf(caller);
      if (!isTimeZone(input.timeZone)) throw new Refusal('time_zone_unknown', { name: input.timeZone });
      if ((await windowStore(db).named(input.targets)).length < input.targets.length) throw new Refusal('not_found');
      const window: StoredWindow = {
        ...input,
        id: uuid(),
        startsAt: new Date(input.startsAt),
        lastAt: input.lastAt === null ? null : new Date(input.lastAt),
        endedAt: null,
        by: { kind: 'person', id: byId, name: byName },
        createdAt: clock.now(),
      };
      await transact(async (unit) => {
        await windowStore(unit.db).add(window);
        await windowStore(unit.db).note(window.id, { at: clock.now(), by: window.by, what: 'created', fields: [] });
        await unit.live('upkeep.window', window.id);
      });
      return tellOne(parts, window.id);
    },
    get: ({ id }) => tellOne(parts, id),
    async history({ id }) {
      await tellOne(parts, id);
      return { items: await windowStore(db).changes(id) };
    },
    async change(input, caller) {
      const { id, name } = actorOf(caller);
      await changeWindow(parts, input, { kind: 'person', id, name });
      return tellOne(parts, input.id);
    },
    async end({ id }, caller) {
      const { id: byId, name } = actorOf(caller);
      const ended = await transact(async (unit) => {
        const store = windowStore(unit.db);
        const at = clock.now();
        const done = await store.end(id, at);
        if (!done) return false;
        await store.note(id, { at, by: { kind: 'person', id: byId, name }, what: 'ended', fields: [] });
        await unit.live('upkeep.window', id);
        return done;
      });
      if (!ended) throw new Refusal('not_found');
      return tellOne(parts, id);
    },
  };
}
