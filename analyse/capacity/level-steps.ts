import { median, robustDeviation } from './spread.ts';

/** A sudden change of level: a big copy, a purge, a resizing. */
export interface LevelStep {
  /** Index of the first value at the new level. */
  readonly at: number;
  /** By how much the level changed, roughly. */
  readonly size: number;
}

export interface StepsFound {
  /** Steps that came once: the level before them tells nothing about today's. */
  readonly once: readonly LevelStep[];
  /** Steps that come again and again: rotations, clean-ups, backups. */
  readonly recurrent: readonly LevelStep[];
  /** All of them but those of bumps. */
  readonly alone: readonly LevelStep[];
  /** Indexes of values on the way from one level to the other, or of a bump that passed. */
  readonly passing: ReadonlySet<number>;
}

/** Values on each side whose medians are compared, and values between that the step may take. */
const side = 6;
const gap = 2;
/** How many times its usual spread the difference of both sides is, and how much of the capacity. */
const leastSpreads = 6;
const leastShare = 0.004;
/** A rise and a fall of like size within so many days are one passing bump. */
const bumpDays = 2.5;
const mostOnce = 4;
/** The share of a step that happens within three values. */
const leastSudden = 0.45;

/** Finds sudden changes of level, and tells those that came once from those that come again and again. */
export function findSteps(values: Float64Array, stepDays: number, capacity: number): StepsFound {
  const steps = locate(values, capacity);
  const passing = new Set<number>();
  for (const { at } of steps) for (let i = at - gap; i < at + gap - 1; i += 1) passing.add(i);
  const { bumps, others } = pairBumps(steps, stepDays);
  const recurrent: LevelStep[] = [];
  if (bumps.length >= 3) recurrent.push(...bumps.flat());
  else for (const [rise, fall] of bumps) for (let i = rise.at - gap; i <= fall.at + gap; i += 1) passing.add(i);
  const once: LevelStep[] = [];
  for (const sign of [1, -1]) {
    const alike = others.filter(({ size }) => Math.sign(size) === sign);
    const comesBack = recurring(alike, values);
    recurrent.push(...alike.filter((step) => comesBack.has(step)));
    once.push(...alike.filter((step) => !comesBack.has(step)));
  }
  for (const { at } of recurrent) for (let i = at - gap; i < at + gap - 1; i += 1) passing.delete(i);
  const largest = once.toSorted((a, b) => Math.abs(b.size) - Math.abs(a.size)).slice(0, mostOnce);
  return { once: largest.toSorted((a, b) => a.at - b.at), recurrent, alone: others, passing };
}

function locate(measured: Float64Array, capacity: number): LevelStep[] {
  const values = carried(measured);
  const contrasts = new Float64Array(values.length);
  const slope = median(values.slice(1).map((value, i) => value - (values[i] ?? Number.NaN)));
  for (let i = 2; i < values.length - 2; i += 1) {
    const before = median(values.subarray(Math.max(0, i - gap + 1 - side), i - gap + 1));
    const after = median(values.subarray(i + gap - 1, i + gap - 1 + side));
    contrasts[i] = after - before - slope * (side + 2 * gap - 2);
  }
  const least = Math.max(leastSpreads * robustDeviation(contrasts), leastShare * capacity);
  const steps: LevelStep[] = [];
  for (let i = 2; i < values.length - 2; i += 1) {
    const here = Math.abs(contrasts[i] ?? 0);
    if (!(here >= least)) continue;
    let top = i;
    let end = i;
    while (end < values.length - 2 && Math.abs(contrasts[end] ?? 0) >= least && end - i < 4 * side) {
      if (Math.abs(contrasts[end] ?? 0) > Math.abs(contrasts[top] ?? 0)) top = end;
      if (Math.sign(contrasts[end] ?? 0) !== Math.sign(contrasts[i] ?? 0)) break;
      end += 1;
    }
    const size = contrasts[top] ?? 0;
    const sudden = steepest(values, top, Math.sign(size));
    if (sudden.change > leastSudden * Math.abs(size)) steps.push({ at: sudden.at, size });
    i = end;
  }
  return steps;
}

/** What was not measured is taken as what it was last. */
function carried(measured: Float64Array): Float64Array {
  let last = measured.find((value) => !Number.isNaN(value)) ?? 0;
  return measured.map((value) => (last = Number.isNaN(value) ? last : value));
}

/** Where, near a change of level, most of it happens within three values: a steeper course that lasts is no step. */
function steepest(values: Float64Array, near: number, sign: number): { at: number; change: number } {
  let found = { at: near, change: 0 };
  for (let at = Math.max(1, near - side); at < Math.min(values.length - 1, near + side); at += 1) {
    const [before, here, next] = [values[at - 1] ?? 0, values[at] ?? 0, values[at + 1] ?? 0];
    const change = sign * (Math.max(sign * here, sign * next) * sign - before);
    if (change > found.change) found = { at, change };
  }
  return found;
}

function pairBumps(
  steps: readonly LevelStep[],
  stepDays: number,
): { bumps: [LevelStep, LevelStep][]; others: LevelStep[] } {
  const bumps: [LevelStep, LevelStep][] = [];
  const others: LevelStep[] = [];
  for (let i = 0; i < steps.length; i += 1) {
    const [step, next] = [steps[i], steps[i + 1]];
    if (step === undefined) continue;
    const isBump =
      next !== undefined &&
      (next.at - step.at) * stepDays <= bumpDays &&
      Math.abs(step.size + next.size) < 0.4 * Math.max(Math.abs(step.size), Math.abs(next.size));
    if (isBump) {
      bumps.push([step, next]);
      i += 1;
    } else others.push(step);
  }
  return { bumps, others };
}

/** Three of like size recur; two do when they lead back to the same level, as a clean-up does. */
function recurring(alike: readonly LevelStep[], values: Float64Array): ReadonlySet<LevelStep> {
  const usual = Math.abs(median(alike.map(({ size }) => size)));
  const like = alike.filter(({ size }) => Math.abs(size) > 0.4 * usual && Math.abs(size) < 2.5 * usual);
  if (like.length >= 3) return new Set(alike.filter(({ size }) => Math.abs(size) < 6 * usual));
  const [first, second] = like;
  if (first === undefined || second === undefined) return new Set();
  const after = ({ at }: LevelStep): number => median(values.subarray(at + 1, at + 1 + side));
  const apart = Math.abs(after(second) - after(first));
  return apart < 0.35 * usual ? new Set(like) : new Set();
}
