import { v7 as uuid } from 'uuid';
import { mayDo } from '#contract/permission.ts';
import type { Importance } from '#contract/profile.ts';
import type { watch } from '#contract/watch.ts';
import type { ThingRef } from '#contract/words.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact, Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Vault } from '#platform/vault.ts';
import { addressClass, needsLeave } from '#probe/address-class.ts';
import type { AnyCheckKind } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import type { NameLookup } from '#probe/name-lookup.ts';
import { refuseCircle } from './composite-circle.ts';
import type { Needs } from '../needs.ts';
import { kindNamed, readSettings } from './read-settings.ts';
import { allAnew } from './secret-ways.ts';
import { clearAlert } from '../states/move-alert.ts';
import { alertStore } from '../states/store-alert.ts';
import { checkStore } from './store-check.ts';
import { profileStore } from '../profiles/store-profile.ts';
import { readSurroundings } from '../running/watch-list.ts';
import type { StoredCheck } from '../watched-check.ts';
import type { Surroundings } from '../running/watched.ts';

/** What keeping checks takes. */
export interface KeepParts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly lookup: NameLookup;
  readonly vault: Vault;
}

type Requests = Handlers<typeof watch>['checks'];
type CreateInput = Parameters<Requests['create']>[0];
type ChangeInput = Parameters<Requests['change']>[0];

/** The background duty that has to hear of every change. */
export const watchDuty = 'watch';

const lookupMs = 2_000;

/**
 * Whether a target's address leads back into this machine, to its links or to its provider. Only an administrator may
 * point a check there; anybody else is refused. A name that leads nowhere today is not special: it is looked up again at
 * every run.
 * @throws Refusal `address_forbidden`
 */
export async function allowAddress(lookup: NameLookup, address: string, caller: Caller): Promise<boolean> {
  if (address === '') return false;
  const found = await lookup.resolve(address, lookupMs).catch(() => []);
  const classes = found.map((each) => addressClass(each.address));
  const unusable = classes.length > 0 && classes.every((kind) => kind === 'unusable');
  const special = classes.some(needsLeave);
  if (unusable || (special && actorOf(caller).role !== 'administrator'))
    throw new Refusal('address_forbidden', { address });
  return special;
}

/**
 * A check that runs a command of its settings would be a way around the second person who has to agree to a runbook.
 * @throws Refusal `forbidden`
 */
export function allowKind(kind: AnyCheckKind, caller: Caller): void {
  if (kind.runsPrograms && !mayDo(actorOf(caller).role, 'upkeep.trust'))
    throw new Refusal('forbidden', { permission: 'upkeep.trust' });
}

/**
 * What was allowed to contact a special address may there do just what an administrator saw: to point it at another port
 * or page is to point it there anew.
 * @throws Refusal `address_forbidden`
 */
export function allowSettings(check: StoredCheck, caller: Caller): void {
  if (check.specialAllowed && actorOf(caller).role !== 'administrator')
    throw new Refusal('address_forbidden', { address: check.specialAddress ?? '' });
}

/**
 * Whether from now on the secrets of a check are for the address that its target has now: they were given anew, or an
 * administrator saved the settings as they are.
 */
export function mayMoveSecrets(
  before: StoredCheck,
  settings: Readonly<Record<string, unknown>>,
  caller: Caller,
): boolean {
  return actorOf(caller).role === 'administrator' || allAnew(kinds.get(before.kind), before.settings, settings);
}

/** Where a target is looked at. Throws Refusal `not_found`. */
export async function surroundingsOf(needs: Needs, target: ThingRef): Promise<Surroundings> {
  const found = (await readSurroundings(needs, [target])).get(`${target.kind}:${target.id}`);
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

/** Leave to contact a special address, for the address that the target has now. */
export type Leave = Pick<NewCheck, 'specialAllowed'> & { readonly specialAddress: string | null };

/** A kind that needs no network looks at this machine itself: only at its own host it makes sense, and there it is harmless. */
export async function judgeTarget(
  parts: KeepParts,
  kind: AnyCheckKind,
  around: Surroundings,
  caller: Caller,
): Promise<Leave> {
  const specialAllowed = await isSpecial(parts, kind, around, caller);
  return { specialAllowed, specialAddress: specialAllowed ? around.address : null };
}

async function isSpecial(parts: KeepParts, kind: AnyCheckKind, around: Surroundings, caller: Caller): Promise<boolean> {
  allowKind(kind, caller);
  // Nothing goes to an invented address, wherever it would lead.
  const settings = {};
  const look = { id: '', kind: kind.name, settings, address: around.address, state: 'unknown' } as const;
  if ((parts.needs.inventedRun?.(look) ?? null) !== null) return false;
  if (kind.requires === 'inside') return false;
  if (kind.requires !== 'local') return allowAddress(parts.lookup, around.address, caller);
  if (around.hostId !== (await parts.needs.localHost()).id) throw new Refusal('only_own_host');
  return false;
}

/** A check to be started. */
export interface NewCheck {
  readonly name: string;
  readonly kind: string;
  readonly target: ThingRef;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly intervalMs: number;
  readonly specialAllowed: boolean;
  /** The address that this leave is for. */
  readonly specialAddress?: string | null;
  readonly importance?: Importance;
}

/** Adds a check within a transaction and returns its id. */
export async function addCheck(unit: Unit<'watch'>, check: NewCheck, at: Date): Promise<string> {
  const id = uuid();
  await checkStore(unit.db).add(id, { ...check, paused: false }, at);
  await unit.live('watch.check', id, { state: 'unknown' });
  return id;
}

/** Starts a check; its first run follows at once. Returns its id. */
export async function createCheck(parts: KeepParts, input: CreateInput, caller: Caller): Promise<string> {
  const kind = kindNamed(input.kind);
  const settings = readSettings(parts.vault, { kind, given: input.settings, language: caller.language });
  const around = await surroundingsOf(parts.needs, input.target);
  const leave = await judgeTarget(parts, kind, around, caller);
  const intervalMs = Math.round((input.intervalSeconds ?? kind.defaults.intervalMs / 1_000) * 1_000);
  const { name, target, importance } = input;
  const check = { name, kind: kind.name, target, settings, intervalMs, importance, ...leave };
  return parts.transact(async (unit) => {
    const id = await addCheck(unit, check, parts.clock.now());
    await unit.wake(watchDuty);
    return id;
  });
}

/** Changes, pauses or resumes a check. A paused one stands as unknown, and its alert ends: it is watched no more. */
export async function changeCheck(parts: KeepParts, input: ChangeInput, caller: Caller): Promise<void> {
  const { transact, clock, vault } = parts;
  const leave = await mayChange(parts, input, caller);
  await transact(async (unit) => {
    const checks = checkStore(unit.db);
    const before = await checks.hold(input.id);
    if (before === null) throw new Refusal('not_found');
    const at = clock.now();
    const settings =
      input.settings === undefined
        ? before.settings
        : readSettings(vault, {
            kind: kindNamed(before.kind),
            given: input.settings,
            before: before.settings,
            language: caller.language,
          });
    if (before.kind === 'composite' && input.settings !== undefined)
      refuseCircle(before.id, settings, await checks.settingsOf('composite'));
    const paused = input.paused ?? before.paused;
    await checks.change(
      before.id,
      {
        name: input.name ?? before.name,
        settings,
        intervalMs: input.intervalSeconds === undefined ? before.intervalMs : Math.round(input.intervalSeconds * 1_000),
        paused,
        ...(leave ?? { specialAllowed: before.specialAllowed, specialAddress: before.specialAddress }),
        importance: input.importance ?? before.importance,
        secretsMoved: input.settings !== undefined && mayMoveSecrets(before, settings, caller),
      },
      at,
    );
    if (paused && !before.paused) await pause(unit, before, at);
    await unit.live('watch.check', before.id);
    await unit.wake(watchDuty);
  });
}

/** New settings may point a check elsewhere on a special address: that needs the same leave as pointing it there at first. */
async function mayChange(parts: KeepParts, input: ChangeInput, caller: Caller): Promise<Leave | undefined> {
  if (input.settings === undefined) return undefined;
  const before = await checkStore(parts.db).get(input.id);
  if (before === null) throw new Refusal('not_found');
  const around = await surroundingsOf(parts.needs, before.target);
  return judgeTarget(parts, kindNamed(before.kind), around, caller);
}

/** A check that is watched no more stands as unknown, and its alert ends. */
export async function pause(unit: Unit<'watch'>, check: StoredCheck, at: Date): Promise<void> {
  const reason = { code: 'paused', data: {} };
  const change = { at, from: check.state, to: 'unknown', because: null, reason } as const;
  await alertStore(unit.db).addChanges([{ ...change, checkNumber: check.number, agreed: null, first: at }]);
  await rest(unit, check, at);
}

async function rest(unit: Unit<'watch'>, check: StoredCheck, at: Date): Promise<void> {
  const still = { state: 'unknown', since: at, failingSince: null, flapping: false, because: null } as const;
  await checkStore(unit.db).setStates([{ id: check.id, ...still }]);
  const alert = (await alertStore(unit.db).holdOpen([check.id])).get(check.id);
  if (alert === undefined) return;
  const { now, facts, live } = clearAlert(alert, { goodSince: at, removed: true, at });
  await alertStore(unit.db).saveAll([now]);
  await unit.publishAll(facts);
  await unit.liveAll(live);
}

/** Removes a check with its measurements; its alerts stay in the history of their incidents. */
export async function removeCheck(
  { transact, clock }: Pick<KeepParts, 'transact' | 'clock'>,
  id: string,
): Promise<void> {
  await transact(async (unit) => {
    await keepOwn(unit, [id]);
    if (!(await dropCheck(unit, id, clock.now()))) throw new Refusal('not_found');
    await unit.wake(watchDuty);
  });
}

/** Kinds without which Vigie could not tell its own failures from those of others: the last check of each stays. */
export const ownKinds = ['own-line', 'vigie'] as const;

/**
 * The last check of Vigie's own line, and of the watch itself, can be paused, which is shown, but not removed: a watch
 * that accuses others without knowing itself would look just as sure of itself.
 * @throws Refusal `needed_by_watch`
 */
export async function keepOwn(unit: Unit<'watch'>, ids: readonly string[]): Promise<void> {
  for (const kind of ownKinds) {
    const all = await checkStore(unit.db).idsOfKind(kind);
    const left = all.filter(({ id }) => !ids.includes(id));
    const [last] = all;
    if (last !== undefined && left.length === 0) throw new Refusal('needed_by_watch', { name: last.name });
  }
}

/** The same within a transaction, whose end wakes the watch. False when the check is gone already. */
export async function dropCheck(unit: Unit<'watch'>, id: string, at: Date): Promise<boolean> {
  const check = await checkStore(unit.db).hold(id);
  if (check === null) return false;
  await rest(unit, check, at);
  await checkStore(unit.db).remove(id);
  await unit.live('watch.check', id);
  return true;
}

/** Ends the checks of a thing that was removed from the estate, and takes it off all profiles. */
export async function dropThing(unit: Unit<'watch'>, thing: ThingRef, at: Date): Promise<void> {
  for (const { id } of await checkStore(unit.db).ofThing(thing)) await dropCheck(unit, id, at);
  await profileStore(unit.db).dropThing(thing);
  await unit.wake(watchDuty);
}
