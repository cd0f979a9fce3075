import { createHash, timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { v7 as uuid } from 'uuid';
import type { watch } from '#contract/watch.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import {
  carryOut,
  followItems,
  planItems,
  releaseChecks,
  secretKey,
  tellChecks,
  type ThingPlan,
} from './follow-profile.ts';
import { inherit, ownPaths } from './inherit.ts';
import { makesCircle, withIncluded, withIncluding } from './included-profiles.ts';
import { refuseCircle } from '../checks/composite-circle.ts';
import { allowKind, allowSettings, watchDuty, type KeepParts } from '../checks/keep-check.ts';
import { kindNamed, readSettings } from '../checks/read-settings.ts';
import { openSecrets } from '../checks/secret-settings.ts';
import { allAnew, sealedFields, takenAlong } from '../checks/secret-ways.ts';
import { checkStore } from '../checks/store-check.ts';
import { profileStore, type ProfileFields, type StoredItem, type StoredProfile } from './store-profile.ts';

type Requests = Handlers<typeof watch>['profiles'];
type CreateInput = Parameters<Requests['create']>[0];
type ChangeInput = Parameters<Requests['change']>[0];
type GivenItem = NonNullable<ChangeInput['items']>[number];

/** What came of a change among the checks that inherit. */
export interface Followed {
  readonly changed: number;
  readonly added: number;
  readonly removed: number;
  readonly skipped: readonly { readonly thing: NamedThing; readonly why: string }[];
}

/** The profile among all. Throws Refusal `not_found`. */
export function profileAmong(all: readonly StoredProfile[], id: string): StoredProfile {
  const found = all.find((each) => each.id === id);
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

function readItem(
  { vault }: KeepParts,
  profileId: string,
  given: GivenItem,
  before: StoredItem | undefined,
  caller: Caller,
): StoredItem {
  const kind = kindNamed(given.kind);
  allowKind(kind, caller);
  const secrets = before?.kind === kind.name ? { before: before.settings } : {};
  return {
    id: before?.id ?? uuid(),
    profileId,
    name: given.name,
    kind: kind.name,
    settings: readSettings(vault, { kind, given: given.settings, language: caller.language, ...secrets }),
    intervalMs: Math.round((given.intervalSeconds ?? kind.defaults.intervalMs / 1_000) * 1_000),
    rules: given.rules,
    sensitivity: given.sensitivity,
    importance: given.importance,
  };
}

function judgeIncludes(all: readonly StoredProfile[], id: string, includes: readonly string[]): void {
  for (const included of includes) profileAmong(all, included);
  if (makesCircle([...all, { id, includes: [] }], id, includes)) throw new Refusal('dependency_circle');
}

/** Makes a profile. Nothing is watched by it until it is given to something. */
export async function createProfile(parts: KeepParts, input: CreateInput, caller: Caller): Promise<string> {
  const id = uuid();
  judgeIncludes(await profileStore(parts.db).all(), id, input.includes);
  const items = input.items.map((each) => readItem(parts, id, each, undefined, caller));
  await parts.transact(async (unit) => {
    const store = profileStore(unit.db);
    if (!(await store.add(id, input, parts.clock.now()))) throw new Refusal('name_taken', { name: input.name });
    await store.setItems(id, items);
    await unit.live('watch.profile', id);
  });
  return id;
}

/** Changes a profile, and lets what inherits from it follow. */
export async function changeProfile(parts: KeepParts, input: ChangeInput, caller: Caller): Promise<Followed> {
  const all = await profileStore(parts.db).all();
  const before = profileAmong(all, input.id);
  const fields: ProfileFields = {
    name: input.name ?? before.name,
    summary: input.summary ?? before.summary,
    equipment: input.equipment ?? before.equipment,
    includes: input.includes ?? before.includes,
  };
  judgeIncludes(all, input.id, fields.includes);
  const oldItems = await profileStore(parts.db).items([input.id]);
  const items = input.items?.map((given) => {
    const known = oldItems.find(({ id, kind }) => id === given.id && kind === given.kind);
    return readItem(parts, input.id, given, known, caller);
  });
  const kept = new Map((items ?? oldItems).map((item) => [item.id, item]));
  const after = all.map((each) => (each.id === input.id ? { ...each, ...fields } : each));
  // Lookups of names are no work for a transaction: what is to be added where is found out first.
  const plans = await plansAfter(parts, { after, id: input.id, items, before: oldItems }, caller);
  const followed = await parts.transact(async (unit) => {
    const store = profileStore(unit.db);
    const at = parts.clock.now();
    if (await store.nameTaken(fields.name, input.id)) throw new Refusal('name_taken', { name: fields.name });
    const gone = oldItems.filter(({ id }) => !kept.has(id)).map(({ id }) => id);
    const removed = await releaseChecks(unit, { itemIds: gone, remove: input.removeChecks }, at);
    await store.change(input.id, fields, at);
    if (items !== undefined) await store.setItems(input.id, items);
    const pairs = oldItems.flatMap((old) => {
      const now = kept.get(old.id);
      return now === undefined ? [] : [{ before: old, after: now }];
    });
    const { changed, unfollowed } = await followItems(unit, pairs, at, caller);
    for (const plan of plans) await carryOut(unit, plan, at);
    await unit.live('watch.profile', input.id);
    await unit.wake(watchDuty);
    return {
      changed,
      removed,
      added: plans.reduce((sum, { adds }) => sum + adds.length, 0),
      unfollowed,
    };
  });
  const { unfollowed, ...counts } = followed;
  const named = await parts.needs.namedThings(unfollowed.map(({ target }) => target));
  const left = unfollowed.flatMap(({ target, why }) => {
    const thing = named.find(({ kind, id }) => kind === target.kind && id === target.id);
    return thing === undefined ? [] : [{ thing, why }];
  });
  const notAdded = plans.flatMap(({ thing, skipped }) => (skipped === null ? [] : [{ thing, why: skipped }]));
  return { ...counts, skipped: [...notAdded, ...left] };
}

/** What a changed profile adds to the things that have it, or have one that brings it along. */
async function plansAfter(
  parts: KeepParts,
  {
    after,
    id,
    items,
    before,
  }: {
    readonly after: readonly StoredProfile[];
    readonly id: string;
    readonly items: readonly StoredItem[] | undefined;
    readonly before: readonly StoredItem[];
  },
  caller: Caller,
): Promise<ThingPlan[]> {
  const store = profileStore(parts.db);
  const uses = await store.uses(withIncluding(after, id));
  const included = withIncluded(after, id);
  const others = await store.items(items === undefined ? included : included.filter((each) => each !== id));
  const things = [...new Map(uses.map(({ thing }) => [`${thing.kind}:${thing.id}`, thing])).values()];
  const inHand = new Set(
    (items ?? []).flatMap((item) => {
      const old = before.find((each) => each.id === item.id)?.settings ?? {};
      const anew = sealedFields(kindNamed(item.kind), item.settings).filter(
        (field) => !isDeepStrictEqual(old[field], item.settings[field]),
      );
      return anew.map((field) => secretKey(item.id, field));
    }),
  );
  return planItems(parts, { items: [...(items ?? []), ...others], things, inHand }, caller);
}

/** Removes a profile. Throws Refusal `still_used` while another brings it along. */
export async function removeProfile(parts: KeepParts, id: string, removeChecks: boolean): Promise<number> {
  const all = await profileStore(parts.db).all();
  const profile = profileAmong(all, id);
  const by = all.filter(({ includes }) => includes.includes(id));
  if (by.length > 0) throw new Refusal('still_used', { name: profile.name, by: by.map(({ name }) => name).join(', ') });
  return parts.transact(async (unit) => {
    const store = profileStore(unit.db);
    const itemIds = (await store.items([id])).map((item) => item.id);
    const removed = await releaseChecks(unit, { itemIds, remove: removeChecks }, parts.clock.now());
    await store.remove(id);
    await unit.live('watch.profile', id);
    await unit.wake(watchDuty);
    return removed;
  });
}

type Things = Parameters<Requests['apply']>[0]['things'];

/** Which of the secrets were typed again as they are. */
function secretsInHand(
  { vault }: Pick<KeepParts, 'vault'>,
  items: readonly StoredItem[],
  typed: Parameters<Requests['apply']>[0]['secrets'],
): Set<string> {
  const right = typed.filter(({ item: itemId, field, value }) => {
    const item = items.find(({ id }) => id === itemId);
    if (item === undefined || !sealedFields(kindNamed(item.kind), item.settings).includes(field)) return false;
    const kept = openSecrets(kindNamed(item.kind), item.settings, vault)[field];
    return typeof kept === 'string' && isSameSecret(kept, value);
  });
  return new Set(right.map(({ item, field }) => secretKey(item, field)));
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Compared by their hashes, in a time that tells nothing of how much of it is right. */
function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashOf(one), hashOf(other));
}

/** What giving a profile to things would do, and with `preview` left out does. */
export async function applyProfile(
  parts: KeepParts,
  input: Parameters<Requests['apply']>[0],
  caller: Caller,
): Promise<ThingPlan[]> {
  const store = profileStore(parts.db);
  const all = await store.all();
  profileAmong(all, input.id);
  const things = await parts.needs.namedThings(input.things);
  if (things.length < new Set(input.things.map(({ id }) => id)).size) throw new Refusal('not_found');
  const items = await store.items(withIncluded(all, input.id));
  const inHand = secretsInHand(parts, items, input.secrets);
  const plans = await planItems(parts, { items, things, inHand }, caller);
  if (input.preview) return plans;
  await parts.transact(async (unit) => {
    const at = parts.clock.now();
    for (const plan of plans) {
      if (plan.skipped !== null) continue;
      await profileStore(unit.db).addUse(input.id, plan.thing, at);
      await carryOut(unit, plan, at);
    }
    await unit.live('watch.profile', input.id);
    await unit.wake(watchDuty);
  });
  return plans;
}

/** Takes a profile away from things. What another of their profiles brings along too stays. */
export async function withdrawProfile(
  parts: KeepParts,
  input: { readonly id: string; readonly things: Things; readonly removeChecks: boolean },
): Promise<number> {
  const all = await profileStore(parts.db).all();
  profileAmong(all, input.id);
  return parts.transact(async (unit) => {
    const store = profileStore(unit.db);
    const at = parts.clock.now();
    let removed = 0;
    for (const thing of input.things) {
      await store.dropUse(input.id, thing);
      const left = (await store.ofThing(thing)).flatMap(({ id }) => withIncluded(all, id));
      const gone = withIncluded(all, input.id).filter((id) => !left.includes(id));
      const itemIds = (await store.items(gone)).map(({ id }) => id);
      removed += await releaseChecks(unit, { itemIds, things: [thing], remove: input.removeChecks }, at);
    }
    await unit.live('watch.profile', input.id);
    await unit.wake(watchDuty);
    return removed;
  });
}

/** Takes fields of a check back from its profile. */
export async function inheritAgain(
  { transact, clock }: KeepParts,
  checkId: string,
  paths: readonly string[],
  caller: Caller,
): Promise<void> {
  await transact(async (unit) => {
    const check = await checkStore(unit.db).hold(checkId);
    const from = await profileStore(unit.db).ofCheck(checkId);
    if (check === null || from === null) throw new Refusal('not_found');
    const own = ownPaths(check, from.item).filter((path) => !paths.includes(path));
    const now = inherit(check, from.item, own);
    if (!isDeepStrictEqual(now.settings, check.settings)) allowSettings(check, caller);
    const kind = kindNamed(check.kind);
    if (takenAlong(kind, now.settings, [check.settings, from.item.settings]).length > 0)
      throw new Refusal('settings_invalid', {}, [{ path: 'paths', reason: 'secret_again' }]);
    if (check.kind === 'composite')
      refuseCircle(checkId, now.settings, await checkStore(unit.db).settingsOf('composite'));
    await profileStore(unit.db).changeChecks(
      [{ id: checkId, ...now, secretsMoved: allAnew(kind, check.settings, now.settings) }],
      clock.now(),
    );
    await tellChecks(unit, [checkId]);
    await unit.wake(watchDuty);
  });
}
