import type { people } from '#contract/people.ts';
import { actorOf } from '#platform/caller.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import type { Transact } from '#platform/outbox.ts';
import { Refusal } from '#platform/refusal.ts';
import { addDays, momentOf } from '#platform/zoned-time.ts';
import { makeCalendarLink, readCalendar } from './calendar-feed.ts';
import { answerCover, askCover, withdrawCover } from './keep-cover.ts';
import { keepRota, keepTeam, refuseUnknownRegion, removeRota, removeTeam } from './keep-rota.ts';
import { planOf, readHolidays, readRota, readShifts, toCover } from './read-rota.ts';
import { onCallAt } from './rota.ts';
import { coverStore, rotaStore } from './store-rotas.ts';
import { teamStore } from './store-teams.ts';

interface Parts {
  readonly db: Database<'people'>;
  readonly transact: Transact<'people'>;
  readonly clock: Clock;
  readonly publicUrl: string;
}

type Part = 'teams' | 'rotas' | 'covers' | 'calendar';

/** From the beginning of a local day, so many days on. */
function stretchOf(zone: string, from: string, days: number): { from: Date; until: Date } {
  return { from: momentOf(zone, from, '00:00'), until: momentOf(zone, addDays(from, days), '00:00') };
}

function teamHandlers(parts: Parts): Handlers<typeof people>['teams'] {
  const shown = async (id: string) =>
    (await teamStore(parts.db).list()).find((team) => team.id === id) ?? Promise.reject(new Refusal('not_found'));
  return {
    list: async () => ({ items: await teamStore(parts.db).list() }),
    create: async (input) => shown(await keepTeam(parts, null, input)),
    change: async ({ id, ...input }) => shown(await keepTeam(parts, id, input)),
    remove: ({ id }) => removeTeam(parts, id),
  };
}

function rotaHandlers(parts: Parts): Handlers<typeof people>['rotas'] {
  const { db, clock } = parts;
  const found = async (id: string) => (await rotaStore(db).get(id)) ?? Promise.reject(new Refusal('not_found'));
  return {
    async list() {
      const rotas = await rotaStore(db).list();
      return { items: await Promise.all(rotas.map((rota) => readRota(db, rota, clock.now()))) };
    },
    get: async ({ id }) => readRota(db, await found(id), clock.now()),
    create: async (input) => readRota(db, await keepRota(parts, null, input), clock.now()),
    change: async ({ id, ...input }) => readRota(db, await keepRota(parts, id, input), clock.now()),
    remove: ({ id }) => removeRota(parts, id),
    async shifts({ id, from, days, language }) {
      const rota = await found(id);
      const stretch = stretchOf(rota.timeZone, from, days);
      const covers = await coverStore(db).since(stretch.from, id);
      return {
        shifts: await readShifts(db, rota, covers, stretch),
        holidays: await readHolidays(rota, stretch, language),
        covers: covers.filter((cover) => cover.from < stretch.until).map(toCover),
      };
    },
    async preview({ from, days, ...rota }) {
      await refuseUnknownRegion(rota.holidays);
      return { shifts: await readShifts(db, rota, [], stretchOf(rota.timeZone, from, days)) };
    },
  };
}

/** Requests about teams and on-call rotas. */
export function onCallHandlers(parts: Parts): Pick<Handlers<typeof people>, Part> {
  return {
    teams: teamHandlers(parts),
    rotas: rotaHandlers(parts),
    covers: {
      list: async () => ({ items: (await coverStore(parts.db).since(parts.clock.now())).map(toCover) }),
      ask: async (input, caller) => toCover(await askCover(parts, input, actorOf(caller))),
      answer: async ({ id, accept }, caller) => toCover(await answerCover(parts, id, accept, actorOf(caller))),
      withdraw: ({ id }, caller) => withdrawCover(parts, id, actorOf(caller)),
    },
    calendar: {
      link: ({ rotaId }, caller) => makeCalendarLink(parts, rotaId, actorOf(caller).id),
      feed: ({ token }) => readCalendar(parts, token),
    },
  };
}

/** Who is on call on each rota at a moment; null where nobody is. */
export async function onCallNow(
  db: Database<'people'>,
  at: Date,
): Promise<ReadonlyMap<string, { readonly name: string; readonly personId: string | null }>> {
  const rotas = await rotaStore(db).list();
  const covers = await coverStore(db).since(at);
  const entries = rotas.map(async (rota) => {
    const plan = await planOf(
      rota,
      covers.filter(({ rotaId }) => rotaId === rota.id),
      { from: at, until: at },
    );
    return [rota.id, { name: rota.name, personId: onCallAt(plan, at) }] as const;
  });
  return new Map(await Promise.all(entries));
}
