import type { Profile } from '#contract/profile.ts';
import type { watch } from '#contract/watch.ts';
import type { Language } from '#contract/words.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { changeMany, removeMany } from '../checks/change-many.ts';
import { fieldAt, inheritablePaths, ownPaths } from './inherit.ts';
import type { KeepParts } from '../checks/keep-check.ts';
import {
  applyProfile,
  changeProfile,
  createProfile,
  inheritAgain,
  profileAmong,
  removeProfile,
  withdrawProfile,
} from './keep-profile.ts';
import { hideSecrets } from '../checks/secret-settings.ts';
import { profileStarters } from './starter-profiles.ts';
import { checkStore } from '../checks/store-check.ts';
import { profileStore, type StoredItem, type StoredProfile } from './store-profile.ts';

function tellProfile(profile: StoredProfile, all: readonly StoredProfile[], items: readonly StoredItem[]): Profile {
  const names = new Map(all.map(({ id, name }) => [id, name]));
  return {
    id: profile.id,
    name: profile.name,
    summary: profile.summary,
    equipment: [...profile.equipment],
    includes: profile.includes.map((id) => ({ id, name: names.get(id) ?? '' })),
    items: items
      .filter(({ profileId }) => profileId === profile.id)
      .map(({ id, name, kind, settings, intervalMs, rules, sensitivity, importance }) => ({
        id,
        name,
        kind,
        settings: hideSecrets(kinds.get(kind), settings),
        intervalSeconds: intervalMs / 1_000,
        rules: [...rules],
        sensitivity,
        importance,
      })),
    uses: profile.uses,
    changedAt: profile.changedAt.toISOString(),
  };
}

/** Answers the requests about profiles. */
export function profileHandlers(parts: KeepParts): Handlers<typeof watch>['profiles'] {
  const store = profileStore(parts.db);
  const tellOne = async (id: string) => {
    const all = await store.all();
    return tellProfile(profileAmong(all, id), all, await store.items([id]));
  };
  return {
    async list() {
      const all = await store.all();
      const items = await store.items(all.map(({ id }) => id));
      return { items: all.map((each) => tellProfile(each, all, items)) };
    },
    starters: (_input, { language }) => Promise.resolve({ items: startersIn(language) }),
    get: ({ id }) => tellOne(id),
    create: async (input, caller) => tellOne(await createProfile(parts, input, caller)),
    async change(input, caller) {
      const { skipped, ...counts } = await changeProfile(parts, input, caller);
      return { profile: await tellOne(input.id), followed: { ...counts, skipped: [...skipped] } };
    },
    remove: async ({ id, removeChecks }) => ({ removed: await removeProfile(parts, id, removeChecks) }),
    async uses({ id }) {
      profileAmong(await store.all(), id);
      return { items: (await store.uses([id])).map(({ thing }) => thing) };
    },
    async apply(input, caller) {
      const plans = await applyProfile(parts, input, caller);
      const named = await checkStore(parts.db).byIds(plans.flatMap(({ adopts }) => adopts.map((each) => each.checkId)));
      const nameOf = new Map(named.map(({ id, name }) => [id, name]));
      return {
        things: plans.map(({ thing, adds, adopts, skipped }) => ({
          thing,
          adds: adds.map(({ name }) => name),
          adopts: adopts.map(({ checkId }) => nameOf.get(checkId) ?? ''),
          skipped,
        })),
      };
    },
    withdraw: async (input) => ({ removed: await withdrawProfile(parts, input) }),
    ofThing: async (thing) => ({ items: await store.ofThing(thing) }),
    async ofCheck({ id }) {
      const check = await checkStore(parts.db).get(id);
      if (check === null) throw new Refusal('not_found');
      const from = await store.ofCheck(id);
      if (from === null) return { inherited: null };
      const own = new Set(ownPaths(check, from.item));
      const told = { ...from.item, settings: hideSecrets(kinds.get(check.kind), from.item.settings) };
      return {
        inherited: {
          profile: { id: from.item.profileId, name: from.profileName },
          fields: inheritablePaths(check, from.item).map((path) => ({
            path,
            own: own.has(path),
            value: fieldAt(told, path) ?? null,
          })),
        },
      };
    },
    async inherit({ id, paths }, caller) {
      await inheritAgain(parts, id, paths, caller);
      return {};
    },
  };
}

/** Starters whose kinds this Vigie knows, with complete settings. */
function startersIn(language: Language) {
  return profileStarters(language).map(({ items, ...starter }) => ({
    ...starter,
    items: items.flatMap(({ name, kind, settings, rules }) => {
      const known = kinds.get(kind);
      if (known === undefined) return [];
      return [
        { name, kind, settings: known.complete(settings), intervalSeconds: known.defaults.intervalMs / 1_000, rules },
      ];
    }),
  }));
}

/** Answers the requests about many checks at once. */
export function bulkHandlers(
  parts: KeepParts,
  runNow: (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>,
): Handlers<typeof watch>['bulk'] {
  return {
    change: ({ changes }, caller) => changeMany(parts, changes, caller),
    remove: async ({ ids }) => ({ removed: await removeMany(parts, ids) }),
    run: async ({ ids }) => ({ ran: (await runNow(ids)).size }),
  };
}
