import type { CounterMemory } from './counter-memory.ts';
import type { Exposition } from './series.ts';
import type { Value } from './vector.ts';

/** What an expression is computed on: one reading of a page, and what is remembered of the one before. */
export interface Reading {
  readonly exposition: Exposition;
  readonly counters: CounterMemory;
  /** Moment of the reading, in seconds since 1970. */
  readonly nowSeconds: number;
}

/** One part of an expression, ready to be computed. */
export type Term = (reading: Reading) => Value;
