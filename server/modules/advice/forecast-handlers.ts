import type { advice } from '#contract/advice.ts';
import type { ToldForecast } from '#contract/advice-forecasts.ts';
import type { Language } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { lookNow } from './advise.ts';
import { drawForecast } from './draw-forecast.ts';
import type { AdviceParts } from './parts.ts';
import { forecastStore, type ForecastQuery } from './store-forecast.ts';
import { forecastCsv, tellForecast } from './tell-forecast.ts';

const dayMs = 86_400_000;
const mostInFile = 10_000;

/** The requests about limits and when they are reached. */
export function forecastHandlers(parts: AdviceParts): Pick<Handlers<typeof advice>, 'forecasts'> {
  const { db, transact, clock, needs, zone } = parts;
  const list = async (
    { withinDays, ...asked }: ForecastQuery & { readonly withinDays?: number | undefined },
    language: Language,
  ): Promise<{ items: ToldForecast[]; total: number; next: string | null }> => {
    const before = withinDays === undefined ? undefined : new Date(clock.now().getTime() + withinDays * dayMs);
    const { items, ...page } = await forecastStore(db).list({ ...asked, before });
    return { items: items.map((each) => tellForecast(each, { language, zone, needs })), ...page };
  };
  return {
    forecasts: {
      list: (input, { language }) => list(input, language),
      async get({ seriesId }, { language }) {
        const found = await forecastStore(db).get(seriesId);
        if (found === null) throw new Refusal('not_found');
        const drawn = await drawForecast(needs, found, clock.now());
        return { forecast: tellForecast(found, { language, zone, needs }), ...drawn };
      },
      async csv({ separator, language: wanted, ...asked }, caller) {
        const language = wanted ?? caller.language;
        const { items } = await list({ ...asked, limit: mostInFile }, language);
        const text = forecastCsv(items, language, separator === 'semicolon' ? ';' : ',');
        return new File([text], 'vigie-forecasts.csv', { type: 'text/csv; charset=utf-8' });
      },
      async setLimit({ seriesId, capacity, falling }, caller) {
        await transact(async (unit) => {
          const limit = { capacity, falling };
          const done = await forecastStore(unit.db).setLimit(seriesId, limit, actorOf(caller).name, clock.now());
          if (!done) throw new Refusal('not_found');
          await unit.wake(lookNow);
        });
        return {};
      },
      async removeLimit({ seriesId }) {
        await transact(async (unit) => {
          if (!(await forecastStore(unit.db).removeLimit(seriesId))) throw new Refusal('not_found');
          await unit.live('advice.forecast', null);
        });
        return {};
      },
    },
  };
}
