import { reckon, type Reckoned, type Reckoning } from '#analyse/batches/reckon.ts';
import { Refusal } from '#platform/refusal.ts';
import type { Caller } from '#platform/caller.ts';
import type { Needs } from '../modules/advice/module.ts';
import type { DeskModule } from '../modules/desk/module.ts';
import type { EstateModule } from '../modules/estate/module.ts';
import type { WatchModule } from '../modules/watch/module.ts';

interface Lower {
  readonly desk: DeskModule;
  readonly estate: EstateModule;
  readonly watch: WatchModule;
  /** Reckons in a thread beside; without it, here. */
  readonly reckonBeside: ((asked: Reckoning) => Promise<Reckoned>) | undefined;
}

/** Nobody in particular: what is read was allowed to Vigie itself. */
const reader: Caller = { actor: null, language: 'en', address: '', keepSession: () => undefined };

/** Gives advice what it asks of the floors below. */
export function adviceNeeds({ desk, estate, watch, reckonBeside }: Lower): Needs {
  const { signal } = new AbortController();
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
    importanceOfAffected: estate.importanceOfAffected,
    async openProblem({ title, description, about }, caller) {
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
      return (await desk.handlers.tickets.create(asked, caller, signal)).id;
    },
  };
}
