import type { notify } from '#contract/notify.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { explainRoutes } from './explain-routes.ts';
import {
  keepPolicy,
  keepRoute,
  orderRoutes,
  removePolicy,
  removeRoute,
  shownPolicies,
  shownRoutes,
} from './keep-route.ts';
import type { Needs } from './needs.ts';
import { quietHoursStore } from './store-routes.ts';

interface Parts {
  readonly db: Database<'notify'>;
  readonly transact: Transact<'notify'>;
  readonly clock: Clock;
  readonly needs: Needs;
  readonly demonstration: boolean;
}

/** Requests about routes, policies and quiet hours. */
export function routeHandlers(parts: Parts): Pick<Handlers<typeof notify>, 'policies' | 'routes' | 'quietHours'> {
  const policy = async (id: string) =>
    (await shownPolicies(parts)).find((each) => each.id === id) ?? Promise.reject(new Refusal('not_found'));
  const route = async (id: string) =>
    (await shownRoutes(parts)).find((each) => each.id === id) ?? Promise.reject(new Refusal('not_found'));
  return {
    policies: {
      list: async () => ({ items: await shownPolicies(parts) }),
      create: async (input) => policy(await keepPolicy(parts, null, input)),
      change: async ({ id, ...input }) => policy(await keepPolicy(parts, id, input)),
      remove: ({ id }) => removePolicy(parts, id),
    },
    routes: {
      list: async () => ({ items: await shownRoutes(parts) }),
      create: async (input) => route(await keepRoute(parts, null, input)),
      change: async ({ id, ...input }) => route(await keepRoute(parts, id, input)),
      async order({ ids }) {
        await orderRoutes(parts, ids);
        return { items: await shownRoutes(parts) };
      },
      remove: ({ id }) => removeRoute(parts, id),
      explain: (input, { language }) => explainRoutes(parts, input, language),
    },
    quietHours: {
      get: async (_input, caller) => (await quietHoursStore(parts.db).all()).get(actorOf(caller).id) ?? null,
      set: (input, caller) =>
        parts.transact(async ({ db }) => {
          await quietHoursStore(db).set(actorOf(caller).id, input);
          return input;
        }),
    },
  };
}
