import type { Importance } from '#contract/profile.ts';

/** What a few seconds of watching looked like. */
export interface Strain {
  readonly p95Ms: number;
  /** Due and waiting for a free place. */
  readonly waiting: number;
  /** Results that the database has not taken yet. */
  readonly unwritten: number;
}

/** How much is slowed, and for how long it was calm. */
export interface Slowing {
  readonly level: number;
  /** Looks in a row that were strained, and that were calm. */
  readonly strained: number;
  readonly calm: number;
}

export const notSlowed: Slowing = { level: 0, strained: 0, calm: 0 };

/** Of so many planned runs one is made, by level: first for low importance, then for normal. Never for high. */
const stretches: readonly Readonly<Record<Importance, number>>[] = [
  { low: 1, normal: 1, high: 1 },
  { low: 2, normal: 1, high: 1 },
  { low: 4, normal: 1, high: 1 },
  { low: 4, normal: 2, high: 1 },
  { low: 8, normal: 4, high: 1 },
];

const strainedMs = 800;
const strainedWaiting = 500;
const strainedUnwritten = 30_000;
const calmMs = 150;
const looksToSlow = 2;
// Freed too soon the load would come back and the slowing with it.
const looksToFree = 15;

function isStrained({ p95Ms, waiting, unwritten }: Strain): boolean {
  return p95Ms > strainedMs || waiting > strainedWaiting || unwritten > strainedUnwritten;
}

function isCalm({ p95Ms, waiting, unwritten }: Strain): boolean {
  return p95Ms <= calmMs && waiting === 0 && unwritten < strainedUnwritten / 10;
}

/** Weighs one look: two strained ones in a row slow by a level, a longer calm frees one. */
export function weighStrain({ level, strained, calm }: Slowing, strain: Strain): Slowing {
  if (isStrained(strain)) {
    return strained + 1 < looksToSlow
      ? { level, strained: strained + 1, calm: 0 }
      : { level: Math.min(level + 1, stretches.length - 1), strained: 0, calm: 0 };
  }
  if (!isCalm(strain) || level === 0) return { level, strained: 0, calm: 0 };
  return calm + 1 < looksToFree ? { level, strained: 0, calm: calm + 1 } : { level: level - 1, strained: 0, calm: 0 };
}

/** Of how many planned runs one is made. A check that fails, or is in doubt, is never slowed. */
export function stretchOf({ level }: Slowing, importance: Importance, isWell: boolean): number {
  return isWell ? (stretches[level]?.[importance] ?? 1) : 1;
}
