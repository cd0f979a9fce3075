import { isDeepStrictEqual } from 'node:util';
import type { NamedThing, ThingRef } from '#contract/words.ts';
import { actorOf, type Caller } from '#platform/caller.ts';
import type { Unit } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { refusalText } from '#texts/refusal-text.ts';
import { inherit, ownPaths } from './inherit.ts';
import { refuseCircle } from '../checks/composite-circle.ts';
import {
  addCheck,
  allowSettings,
  dropCheck,
  judgeTarget,
  surroundingsOf,
  type KeepParts,
  type Leave,
} from '../checks/keep-check.ts';
import { kindNamed } from '../checks/read-settings.ts';
import { allAnew, sealedFields, takenAlong } from '../checks/secret-ways.ts';
import { checkStore } from '../checks/store-check.ts';
import { profileStore, type StoredItem } from './store-profile.ts';
import type { StoredCheck } from '../watched-check.ts';

/** What a profile's items are to become on one thing. */
export interface ThingPlan {
  readonly thing: NamedThing;
  readonly adds: readonly StoredItem[];
  /** Checks that are there just so, and inherit from now on. */
  readonly adopts: readonly { readonly item: StoredItem; readonly checkId: string }[];
  /** By kind: the leave for a special address. */
  readonly leave: ReadonlyMap<string, Leave>;
  /** Why nothing of it is done, in the reader's language. */
  readonly skipped: string | null;
}

const thingsAtOnce = 20;
const noLeave: Leave = { specialAllowed: false, specialAddress: null };

/** What is to be given to which things. */
interface PlanAsked {
  readonly items: readonly StoredItem[];
  readonly things: readonly NamedThing[];
  /** Whose secrets this person has in hand, as `secretKey` names them. */
  readonly inHand: ReadonlySet<string>;
}

/** Under what a secret of an item is named among those in hand. */
export function secretKey(itemId: string, field: string): string {
  return `${itemId} ${field}`;
}

/**
 * A check tells its secrets to whatever its thing's address leads to. Who may choose things, and make them, is not
 * thereby somebody who may be told them: an administrator is, or who has them in hand.
 * @throws Refusal `secret_again`
 */
function allowSecrets(items: readonly StoredItem[], inHand: ReadonlySet<string>, caller: Caller): void {
  if (actorOf(caller).role === 'administrator') return;
  const isKept = ({ id, kind, settings }: StoredItem): boolean =>
    sealedFields(kindNamed(kind), settings).some((field) => !inHand.has(secretKey(id, field)));
  if (items.some(isKept)) throw new Refusal('secret_again');
}

/** Finds out what the items would add to each thing, without changing anything. */
export async function planItems(parts: KeepParts, asked: PlanAsked, caller: Caller): Promise<ThingPlan[]> {
  const plans: ThingPlan[] = [];
  for (let from = 0; from < asked.things.length; from += thingsAtOnce) {
    const some = asked.things.slice(from, from + thingsAtOnce);
    plans.push(...(await Promise.all(some.map((thing) => planThing(parts, asked, thing, caller)))));
  }
  return plans;
}

async function planThing(
  parts: KeepParts,
  { items, inHand }: PlanAsked,
  thing: NamedThing,
  caller: Caller,
): Promise<ThingPlan> {
  const there = await checkStore(parts.db).ofThing(thing);
  const inheriting = new Map(
    (await profileStore(parts.db).itemIdsOf(there.map(({ id }) => id))).map(({ id, itemId }) => [id, itemId]),
  );
  const taken = new Set(inheriting.values());
  const open = items.filter(({ id }) => !taken.has(id));
  const adopted = new Set<string>();
  const adopts = open.flatMap((item) => {
    const same = there.find((check) => !inheriting.has(check.id) && !adopted.has(check.id) && isSame(check, item));
    if (same === undefined) return [];
    adopted.add(same.id);
    return [{ item, checkId: same.id }];
  });
  const adds = open.filter((item) => adopts.every((each) => each.item !== item));
  const leave = new Map<string, Leave>();
  try {
    allowSecrets(adds, inHand, caller);
    const around = await surroundingsOf(parts.needs, thing);
    for (const kind of new Set(adds.map((item) => item.kind)))
      leave.set(kind, await judgeTarget(parts, kindNamed(kind), around, caller));
    return { thing, adds, adopts, leave, skipped: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { thing, adds: [], adopts: [], leave, skipped: refusalText(error.code, error.detail, caller.language) };
  }
}

function isSame(check: StoredCheck, item: StoredItem): boolean {
  return check.kind === item.kind && isDeepStrictEqual(check.settings, item.settings);
}

/** Does what was planned for one thing. */
export async function carryOut(unit: Unit<'watch'>, plan: ThingPlan, at: Date): Promise<void> {
  const store = profileStore(unit.db);
  for (const { item, checkId } of plan.adopts) await store.setItemOf([checkId], item.id);
  for (const item of plan.adds) {
    const id = await addCheck(unit, { ...item, target: plan.thing, ...(plan.leave.get(item.kind) ?? noLeave) }, at);
    await store.setItemOf([id], item.id);
    await checkStore(unit.db).setRules(id, { rules: item.rules, sensitivity: item.sensitivity }, at);
  }
}

/** A check that did not follow its profile, and why, in the reader's language. */
export interface Unfollowed {
  readonly target: ThingRef;
  readonly why: string;
}

/**
 * Lets the checks of changed items follow; what they hold of their own stays. Says how many changed, and which could not
 * because that is not this person's to decide, or would compose a check of itself.
 */
export async function followItems(
  unit: Unit<'watch'>,
  changed: readonly { readonly before: StoredItem; readonly after: StoredItem }[],
  at: Date,
  caller: Caller,
): Promise<{ readonly changed: number; readonly unfollowed: readonly Unfollowed[] }> {
  const byItem = new Map(changed.map((each) => [each.before.id, each]));
  const inheritors = await profileStore(unit.db).inheritors([...byItem.keys()]);
  const itemOf = new Map(inheritors.map(({ id, itemId }) => [id, itemId]));
  const checks = await checkStore(unit.db).byIds([...itemOf.keys()]);
  const composites = checks.some(({ kind }) => kind === 'composite')
    ? await checkStore(unit.db).settingsOf('composite')
    : new Map<string, Readonly<Record<string, unknown>>>();
  const unfollowed: Unfollowed[] = [];
  const followed = checks.flatMap((check) => {
    const change = byItem.get(itemOf.get(check.id) ?? '');
    if (change === undefined) return [];
    const now = inherit(check, change.after, ownPaths(check, change.before));
    if (ownPaths(check, { ...now }).length === 0) return [];
    try {
      if (!isDeepStrictEqual(now.settings, check.settings)) allowSettings(check, caller);
      if (takenAlong(kindNamed(check.kind), now.settings, [check.settings, change.after.settings]).length > 0)
        throw new Refusal('secret_again');
      if (check.kind === 'composite') refuseCircle(check.id, now.settings, composites.set(check.id, now.settings));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      composites.set(check.id, check.settings);
      unfollowed.push({ target: check.target, why: refusalText(error.code, error.detail, caller.language) });
      return [];
    }
    return [{ id: check.id, ...now, secretsMoved: allAnew(kinds.get(check.kind), check.settings, now.settings) }];
  });
  await profileStore(unit.db).changeChecks(followed, at);
  await tellChecks(
    unit,
    followed.map(({ id }) => id),
  );
  return { changed: followed.length, unfollowed };
}

/** The checks of items that are gone: removed with their measurements, or on their own from now on. */
export async function releaseChecks(
  unit: Unit<'watch'>,
  asked: { readonly itemIds: readonly string[]; readonly things?: readonly ThingRef[]; readonly remove: boolean },
  at: Date,
): Promise<number> {
  const inheritors = await profileStore(unit.db).inheritors(asked.itemIds);
  const keys = asked.things === undefined ? null : new Set(asked.things.map(({ kind, id }) => `${kind}:${id}`));
  const checkIds = inheritors
    .filter(({ target }) => keys === null || keys.has(`${target.kind}:${target.id}`))
    .map(({ id }) => id);
  if (asked.remove) {
    for (const id of checkIds) await dropCheck(unit, id, at);
    return checkIds.length;
  }
  await profileStore(unit.db).setItemOf(checkIds, null);
  await tellChecks(unit, checkIds);
  return 0;
}

// Beyond this many, one event tells of all: the screens fetch the list again.
const mostEvents = 100;

/** Tells the screens of checks that changed. */
export async function tellChecks(unit: Unit<'watch'>, ids: readonly string[]): Promise<void> {
  if (ids.length > mostEvents) return unit.live('watch.check', null);
  for (const id of ids) await unit.live('watch.check', id);
}
