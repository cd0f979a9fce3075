import { reckon, type Reckoned, type Reckoning } from '#analyse/batches/reckon.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Caller } from '#platform/caller.ts';
import type { Needs } from '../modules/advice/module.ts';
import type { DeskModule } from '../modules/desk/module.ts';
import type { EstateModule } from '../modules/estate/module.ts';
import type { UpkeepModule } from '../modules/upkeep/module.ts';
import type { WatchModule } from '../modules/watch/module.ts';

interface Lower {
  readonly desk: DeskModule;
  readonly estate: EstateModule;
  readonly upkeep: UpkeepModule;
  readonly watch: WatchModule;
  /** Reckons in a thread beside; without it, here. */
  readonly reckonBeside: ((asked: Reckoning) => Promise<Reckoned>) | undefined;
}

/** Nobody in particular: what is read was allowed to Vigie itself. */
const reader: Caller = { actor: null, language: 'en', address: '', keepSession: () => undefined };

/** Gives advice what it asks of the floors below. */
export function adviceNeeds({ desk, estate, upkeep, watch, reckonBeside }: Lower): Needs {
  const { signal } = new AbortController();
  /** Says that an incident came of the problem; one that is gone meanwhile is no reason to fail. */
  async function linkTo(incidentId: string, otherId: string, caller: Caller): Promise<void> {
    const asked = { id: incidentId, kind: 'caused_by', otherId, on: true } as const;
    try {
      await desk.handlers.tickets.link(asked, caller, signal);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return {
    reckon: reckonBeside ?? (async (asked) => reckon(asked)),
    samples: watch.measured.samples,
    labelOf: watch.measured.label,
    amount: watch.measured.amount,
    setOdd: watch.measured.noteOdd,
    async measured(series, { from, until, points }) {
      if (series.length === 0) return [];
      const asked = { series: [...series], from: from.toISOString(), until: until.toISOString(), points };
      try {
        const { times, series: drawn } = await watch.handlers.measurements.chart(asked, reader, signal);
        return drawn.map(({ id, mean, max }) => ({ id, times, mean, max }));
      } catch (error) {
        if (error instanceof Refusal && error.code === 'not_found') return [];
        throw error;
      }
    },
    async noise() {
      try {
        const { items } = await watch.handlers.noise.proposals({}, reader, signal);
        return items.map(({ checkId, name, was, wouldBe }) => ({ checkId, name, was, wouldBe }));
      } catch (error) {
        // Somebody else has the past replayed just now: next time.
        if (error instanceof Refusal && error.code === 'busy') return [];
        throw error;
      }
    },
    async runbookFor(symptoms) {
      const [best] = (await upkeep.handlers.runbooks.suggest({ symptoms }, reader, signal)).items;
      return best === undefined ? null : { id: best.id, name: best.name };
    },
    importanceOfAffected: estate.importanceOfAffected,
    async openProblem({ title, description, about, incidents }, caller) {
      const cause = about === null ? null : { kind: about.kind, id: about.id };
      const nobody = { requesterId: null, categoryId: null, teamId: null, assigneeId: null, dueAt: null, tags: [] };
      const asked = {
        ...nobody,
        kind: 'problem',
        source: 'hand',
        title: title.slice(0, 300),
        description,
        cause,
      } as const;
      const { id } = await desk.handlers.tickets.create(asked, caller, signal);
      for (const incident of incidents) await linkTo(incident, id, caller);
      return id;
    },
  };
}
