import type { CheckContext } from '../check-kind.ts';
import { labelsText, type Sample } from './series.ts';

/** Growth of counters since the run before. */
export interface CounterMemory {
  /** What was added, and in how many seconds; undefined at the first sight of a series. */
  growth(sample: Sample): { readonly grown: number; readonly seconds: number } | undefined;
  /** Whether more series were asked for than can be remembered. */
  readonly full: boolean;
}

const mostCounters = 1_500;

/**
 * Remembers counters in the memory of a check. Each value is kept with its moment: a series that was missing for a while
 * must not show as one high peak. A counter that went back was started anew and counts from zero, as Prometheus has it.
 */
export function counterMemory({ memory, clock }: CheckContext): CounterMemory {
  const nowMs = clock.nowMs();
  const seen = new Map<string, { grown: number; seconds: number } | undefined>();
  let full = false;
  return {
    get full() {
      return full;
    },
    growth(sample) {
      const key = `${sample.name}${labelsText(sample.labels)}`;
      if (seen.has(key)) return seen.get(key);
      if (seen.size >= mostCounters) {
        full = true;
        return undefined;
      }
      const before = memory.get(key);
      memory.set(key, `${sample.value} ${nowMs}`);
      const growth = typeof before === 'string' ? grownSince(before, sample.value, nowMs) : undefined;
      seen.set(key, growth);
      return growth;
    },
  };
}

function grownSince(before: string, value: number, nowMs: number): { grown: number; seconds: number } | undefined {
  const [old = Number.NaN, thenMs = Number.NaN] = before.split(' ').map(Number);
  const seconds = (nowMs - thenMs) / 1000;
  const grown = value < old ? value : value - old;
  return seconds > 0 && Number.isFinite(grown) ? { grown, seconds } : undefined;
}
