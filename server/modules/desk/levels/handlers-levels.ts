import type { desk } from '#contract/desk-requests.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { explainPromises } from './explain-promises.ts';
import type { DeskParts } from '../tickets/hold-ticket.ts';
import { accountOf } from './account.ts';
import { addOpen } from './business-time.ts';
import { openTimeOf } from './reckon-promises.ts';
import { levelStore } from './store-levels.ts';

type Levels = Handlers<typeof desk>['levels'];

/** A preview tells so many days. */
const mostDays = 60;
const mostHolidays = 12;

function calendarHandlers({ db, transact, clock, needs }: DeskParts): Levels['calendars'] {
  return {
    list: async () => ({ items: await levelStore(db).calendars() }),
    async put(input) {
      await needs.refuseUnknownRegion(input.holidays);
      await transact(async (unit) => {
        await levelStore(unit.db).putCalendar(input);
        await levelStore(unit.db).staleAll();
        await unit.live('desk.level', input.id);
      });
      return input;
    },
    async remove({ id }) {
      await transact(async (unit) => {
        const store = levelStore(unit.db);
        const users = (await store.policies()).filter(({ calendarId }) => calendarId === id);
        if (users.length > 0) throw new Refusal('still_used', { by: users.map(({ name }) => name.en).join(', ') });
        if (!(await store.removeCalendar(id))) throw new Refusal('not_found');
        await unit.live('desk.level', id);
      });
      return {};
    },
    async preview({ from, minutes, ...calendar }, { language }) {
      await needs.refuseUnknownRegion(calendar.holidays);
      const begun = new Date(from);
      const { time, holidays } = await openTimeOf(
        needs,
        { ...calendar, id: '', name: { en: '', fr: '' } },
        { from: begun, now: clock.now(), language },
      );
      const dueMs = addOpen(time, begun.getTime(), minutes * 60_000);
      const days =
        dueMs === null ? [] : accountOf(time, { fromMs: begun.getTime(), untilMs: dueMs }, holidays).slice(0, mostDays);
      const today = clock.now().toISOString().slice(0, 10);
      return {
        dueAt: dueMs === null ? null : new Date(dueMs).toISOString(),
        days,
        holidays: [...holidays]
          .filter(([date]) => date >= today)
          .slice(0, mostHolidays)
          .map(([date, name]) => ({ date, name })),
      };
    },
  };
}

function policyHandlers({ db, transact, clock }: DeskParts): Levels['policies'] {
  return {
    list: async () => ({
      items: (await levelStore(db).policies()).map(({ changedAt: _changedAt, ...policy }) => policy),
    }),
    async put(input) {
      await transact(async (unit) => {
        const store = levelStore(unit.db);
        if (!(await store.calendars()).some(({ id }) => id === input.calendarId)) throw new Refusal('not_found');
        await store.putPolicy(input, clock.now());
        await store.staleAll();
        await unit.live('desk.level', input.id);
      });
      return input;
    },
    async remove({ id }) {
      await transact(async (unit) => {
        if (!(await levelStore(unit.db).removePolicy(id))) throw new Refusal('not_found');
        await levelStore(unit.db).staleAll();
        await unit.live('desk.level', id);
      });
      return {};
    },
  };
}

/** What is asked of the service levels. */
export function levelHandlers(parts: DeskParts): Levels {
  return {
    calendars: calendarHandlers(parts),
    policies: policyHandlers(parts),
    account: async ({ id, ...asked }, { language }) => ({ items: await explainPromises(parts, id, asked, language) }),
    async figures({ from, until, policyId }) {
      const [begin, end] = [new Date(from), new Date(until)];
      if (end <= begin) throw new Refusal('ends_before');
      const items = await levelStore(parts.db).figures(begin, end, policyId ?? null);
      return {
        teams: await levelStore(parts.db).figuresByTeam(begin, end, policyId ?? null),
        items: items.map((one) => ({
          ...one,
          keptPercent: one.met + one.missed === 0 ? null : Math.round((one.met / (one.met + one.missed)) * 1_000) / 10,
        })),
      };
    },
  };
}
