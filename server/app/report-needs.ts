import type { Language } from '#contract/words.ts';
import type { Caller } from '#platform/caller.ts';
import { Refusal } from '#platform/refusal.ts';
import type { DeskModule } from '../modules/desk/module.ts';
import type { EstateModule } from '../modules/estate/module.ts';
import type { Needs } from '../modules/reports/module.ts';
import type { UpkeepModule } from '../modules/upkeep/module.ts';
import type { WatchModule } from '../modules/watch/module.ts';

interface Lower {
  readonly desk: DeskModule;
  readonly estate: EstateModule;
  readonly upkeep: UpkeepModule;
  readonly watch: WatchModule;
}

const mostRuns = 100;
const mostResults = 200;
/** How far behind a moment the first good result is looked for. */
const withinMs = 10 * 60_000;

/** A reader in a language: what is asked here was allowed to the person who asked for the report. */
function reader(language: Language): Caller {
  return { actor: null, language, address: '', keepSession: () => undefined };
}

/** What was removed since is left out of a report. */
function orNothing<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  return asked.catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  });
}

/** Gives reports what it asks of the floors below, by their own requests. */
export function reportNeeds({ desk, estate, upkeep, watch }: Lower): Needs {
  const { signal } = new AbortController();
  return {
    ticket: desk.ticket,
    async runs(incidentId, language) {
      const { items } = await upkeep.handlers.runs.list({ incidentId, limit: mostRuns }, reader(language), signal);
      return items.toReversed();
    },
    levels: (id, language) => desk.promises(id, language),
    impact: (thing) => orNothing(estate.handlers.dependencies.impact(thing, reader('en'), signal)),
    async goodResult(id, from, language) {
      const before = new Date(from.getTime() + withinMs).toISOString();
      const asked = { id, before, limit: mostResults };
      const found = await orNothing(watch.handlers.checks.results(asked, reader(language), signal));
      const since = found?.items.filter(({ at, verdict }) => verdict === 'up' && Date.parse(at) >= from.getTime());
      return since?.at(-1)?.summary ?? null;
    },
    async measured(checkId, { from, until }, language) {
      const asked = { checkId, from: from.toISOString(), until: until.toISOString(), points: 300 };
      // The whole says more than its first part, where a check measures both.
      for (const which of [{ names: ['total'] }, {}]) {
        const drawn = await orNothing(watch.handlers.chart({ ...asked, ...which }, reader(language), signal));
        const series = drawn?.series.find(({ mean }) => mean.some((value) => value !== null));
        if (drawn === null || series === undefined) continue;
        return { label: series.label, unit: series.unit, times: drawn.times, values: series.mean };
      }
      return null;
    },
    availability: ({ kind, ids }, { from, until }, language) =>
      watch.handlers.availability(
        {
          of: kind,
          from: from.toISOString(),
          until: until.toISOString(),
          ...(ids === undefined ? {} : { ids: [...ids] }),
        },
        reader(language),
        signal,
      ),
  };
}
