import type { Level, Ticket } from '#contract/desk.ts';

export type Priority = Ticket['priority'];

const order: readonly Priority[] = ['low', 'normal', 'high', 'critical'];

/** The higher of two priorities. */
export function higherPriority(one: Priority, other: Priority): Priority {
  return order.indexOf(one) >= order.indexOf(other) ? one : other;
}

/**
 * How pressing a failure is: as important as the most important service it touches when that is out of service, one
 * less while it merely works badly. A failure that no service is known to depend on counts as one of a normal service.
 */
export function priorityOf(affected: readonly Priority[], state: string): Priority {
  const impact = affected.length === 0 ? 'normal' : affected.reduce(higherPriority);
  const step = state === 'down' ? 0 : 1;
  return order[Math.max(0, order.indexOf(impact) - step)] ?? 'low';
}

const ranks: readonly Level[] = ['low', 'normal', 'high'];

/**
 * Priority from impact × urgency, the usual matrix: the sum of both, so that each counts alike and either can raise it.
 * What was not said counts as normal.
 */
export function priorityFrom(impact: Level | null, urgency: Level | null): Priority {
  const sum = ranks.indexOf(impact ?? 'normal') + ranks.indexOf(urgency ?? 'normal');
  return (['low', 'low', 'normal', 'high', 'critical'] as const)[sum] ?? 'normal';
}
