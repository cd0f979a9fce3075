/**
 * The states a watched thing can be in, as every screen shows them.
 * One colour, one icon and one word each; the colours are used for nothing else.
 */
export const stateNames = ['down', 'unreachable', 'degraded', 'unknown', 'maintenance', 'silenced', 'up'] as const;

export type StateName = (typeof stateNames)[number];

/** Position in "worst first" order: 0 is what wants a hand first. */
export function severityOf(state: StateName): number {
  return stateNames.indexOf(state);
}

/** The worst of several states, or undefined when there is none. */
export function worstState(states: readonly StateName[]): StateName | undefined {
  return states.toSorted((a, b) => severityOf(a) - severityOf(b))[0];
}
