import type { CheckContext } from './check-kind.ts';

/** A counter that only grows, seen now, as growth since the run before. */
export interface CounterGrowth {
  readonly grown: number;
  readonly seconds: number;
}

/**
 * How much a counter grew since this check last saw it; undefined at the first sight, and when it went back (its server
 * was restarted). Remembers the counter under `key`.
 */
export function counterGrowth(key: string, counter: number, context: CheckContext): CounterGrowth | undefined {
  const nowMs = context.clock.nowMs();
  const before = context.memory.get(key);
  const beforeMs = context.memory.get(`${key}@`);
  context.memory.set(key, counter);
  context.memory.set(`${key}@`, nowMs);
  if (typeof before !== 'number' || typeof beforeMs !== 'number') return undefined;
  if (counter < before || nowMs <= beforeMs) return undefined;
  return { grown: counter - before, seconds: (nowMs - beforeMs) / 1000 };
}

/** The growth of a counter in one second; undefined when {@link counterGrowth} knows none. */
export function counterRate(key: string, counter: number, context: CheckContext): number | undefined {
  const growth = counterGrowth(key, counter, context);
  return growth === undefined ? undefined : growth.grown / growth.seconds;
}
