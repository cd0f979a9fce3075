import { percent } from './finding.ts';

/** The value at which a series is full, or of what is used up, empty. */
export interface SeriesLimit {
  readonly capacity: number;
  /** Values fall towards it. */
  readonly falling: boolean;
}

/** Shares of something that can be full. What is high now and then and low again, as a processor is, is none of these. */
const filling = new Set(['disk', 'inodes', 'quota', 'memoryPercent', 'connectionsUsed', 'wraparound', 'swap']);
/** What is left of something that is used up. */
const emptying = new Set(['diskFree', 'supply', 'toner', 'paper']);

/** The limit that is known from what is measured; null when there is none, or nobody but the operator can know it. */
export function limitOfSeries(name: string, unit: string): SeriesLimit | null {
  const [metric = ''] = name.split(':');
  if (emptying.has(metric)) return { capacity: 0, falling: true };
  return unit === percent && filling.has(metric) ? { capacity: 100, falling: false } : null;
}
