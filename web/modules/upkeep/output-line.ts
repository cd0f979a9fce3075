import type { LiveEvent } from '#contract/house.ts';

type Nudge = () => void;

/** Who wants to know that a run has printed something, by run. */
const waiting = new Map<string, Set<Nudge>>();

/** Hands the live events of outputs to the steps that are on the screen. */
export function tellOutputs(events: readonly LiveEvent[]): void {
  const runs = new Set(events.flatMap(({ topic, id }) => (topic === 'upkeep.output' && id !== null ? [id] : [])));
  for (const run of runs) for (const nudge of waiting.get(run) ?? []) nudge();
}

/** Calls back whenever the run has printed something; the answer ends it. */
export function onOutput(runId: string, nudge: Nudge): () => void {
  const nudges = waiting.get(runId) ?? new Set();
  nudges.add(nudge);
  waiting.set(runId, nudges);
  return () => {
    nudges.delete(nudge);
    if (nudges.size === 0) waiting.delete(runId);
  };
}
