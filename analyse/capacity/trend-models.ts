import { Column, fitColumns, type Fit } from './least-squares.ts';

/** One way the level may go: a current course since a turn, which may bend, and what was before it. */
export interface Course {
  /** Days (≤ 0) at which the slope changed. */
  readonly turns: readonly number[];
  /** Bend of the current course a day: above 0 it levels off as 1 − e^(−bend·t), below 0 it speeds up likewise; 0 is straight. */
  readonly bend: number;
  /** Steady speeding up or slowing down (a square) in the place of a bend. */
  readonly isSquare: boolean;
  /** No slope now. */
  readonly isLevel: boolean;
  /** Days before which the level was another. */
  readonly steps: readonly number[];
}

export interface FittedCourse {
  readonly course: Course;
  readonly fit: Fit;
  /** Schwarz's criterion; smaller is better. */
  readonly criterion: number;
  /** How many values it was fitted to. */
  readonly values: number;
}

/** The columns that courses on the same days are made of, each reckoned once. */
class Columns {
  readonly values: Column;
  /** Where a fit may write what is left of the values. */
  readonly room: Float64Array;
  readonly #days: Float64Array;
  readonly #level: Column;
  readonly #straight: Column;
  readonly #turns = new Map<number, Column>();
  readonly #steps = new Map<number, Column>();
  readonly #squared = new Map<number, Column>();
  /** By bend, then by the day since which it bends; what it comes to on each day when it always bent. */
  readonly #bent = new Map<number, { readonly always: Float64Array; readonly since: Map<number, Column> }>();
  #count = 0;

  constructor(days: Float64Array, values: Float64Array) {
    this.#days = days;
    this.values = this.#make(values);
    this.room = new Float64Array(values.length);
    this.#level = this.#make(new Float64Array(days.length).fill(1));
    this.#straight = this.#make(days);
  }

  /** Level now, slope now, its bend, a change of slope before each turn, a change of level before each step. */
  of({ turns, bend, isSquare, isLevel, steps }: Course): Column[] {
    const since = turns.at(-1) ?? Number.NEGATIVE_INFINITY;
    const columns = [this.#level];
    // A straight course is the same whenever it began.
    if (!isLevel) columns.push(bend === 0 ? this.#straight : this.#bending(bend, since));
    if (isSquare) columns.push(this.#known(this.#squared, since, (day) => squared(day, since)));
    for (const turn of turns) columns.push(this.#known(this.#turns, turn, (day) => Math.min(0, day - turn)));
    for (const step of steps) columns.push(this.#known(this.#steps, step, (day) => (day < step ? 1 : 0)));
    return columns;
  }

  #known(made: Map<number, Column>, day: number, valueOn: (day: number) => number): Column {
    const known = made.get(day);
    if (known !== undefined) return known;
    const column = this.#make(this.#days.map(valueOn));
    made.set(day, column);
    return column;
  }

  /** Bending since a day: before it straight, in the direction it had then. */
  #bending(bend: number, since: number): Column {
    let known = this.#bent.get(bend);
    if (known === undefined) {
      known = { always: this.#days.map((day) => bentAhead(bend, day)), since: new Map<number, Column>() };
      this.#bent.set(bend, known);
    }
    const made = known.since.get(since);
    if (made !== undefined) return made;
    const { always } = known;
    const [atTurn, slope] = [bentAhead(bend, since), Math.exp(-bend * since)];
    const column = this.#make(
      this.#days.map((day, at) => (day >= since ? (always[at] ?? 0) : atTurn + (day - since) * slope)),
    );
    known.since.set(since, column);
    return column;
  }

  #make(values: Float64Array): Column {
    this.#count += 1;
    return new Column(this.#count - 1, values);
  }
}

/** The level of a course on a day (after now: its forecast). */
export function levelOn(course: Course, factors: readonly number[], day: number): number {
  const since = course.turns.at(-1) ?? Number.NEGATIVE_INFINITY;
  let next = 0;
  let level = factors[next++] ?? 0;
  if (!course.isLevel) level += (factors[next++] ?? 0) * bent(course, day, since);
  if (course.isSquare) level += (factors[next++] ?? 0) * squared(day, since);
  for (const turn of course.turns) level += (factors[next++] ?? 0) * Math.min(0, day - turn);
  for (const step of course.steps) {
    if (day < step) level += factors[next] ?? 0;
    next += 1;
  }
  return level;
}

/** What a slope comes to so many days from now: all else of a course but its square lies behind. */
export function bentAhead(bend: number, days: number): number {
  return bend === 0 ? days : (1 - Math.exp(-bend * days)) / bend;
}

/** Straight on before the turn, so that the turn's own column tells what was before it. */
function bent({ bend, isLevel }: Course, day: number, since: number): number {
  if (isLevel) return 0;
  if (bend === 0) return day;
  const at = Math.max(day, since);
  return (1 - Math.exp(-bend * at)) / bend + (day - at) * Math.exp(-bend * at);
}

function squared(day: number, since: number): number {
  const at = Math.max(day, since);
  return at * at + 2 * at * (day - at);
}

/** Bends looked at, a day: from a doubling within days to hardly any. */
const bends = [-0.3, -0.2, -0.13, -0.08, -0.05, -0.03, -0.02, -0.012, 0.012, 0.02, 0.03, 0.05, 0.08, 0.13, 0.2, 0.3];

/** How many turns are tried along the series. */
const turnsTried = 40;
/** Variance of a residual below which nothing is told apart. */
const leastSurprise = 1e-9;
/** A current course shows itself in so many values at least. */
const leastValues = 10;

/**
 * All courses that the data may be on, best first: none, one or two turns; straight, level, bent or squared since the last.
 */
export function fitCourses(days: Float64Array, values: Float64Array, steps: readonly number[]): FittedCourse[] {
  const straight = { bend: 0, isSquare: false, isLevel: false, steps };
  const fitted: FittedCourse[] = [];
  const columns = new Columns(days, values);
  const attempt = (course: Course): FittedCourse | null => {
    const fit = fitColumns(columns.of(course), columns.values, columns.room);
    if (fit === null) return null;
    const one = { course, fit, criterion: criterionOf(course, fit, values.length), values: values.length };
    // Values whose squares are beyond all numbers fit nothing.
    if (!Number.isFinite(one.criterion)) return null;
    fitted.push(one);
    return one;
  };
  const turns = possibleTurns(days);
  const shapes = [straight, { ...straight, isLevel: true }];
  const curved = [...bends.map((bend) => ({ ...straight, bend })), { ...straight, isSquare: true }];
  for (const shape of [...shapes, ...curved]) attempt({ ...shape, turns: [] });
  for (const turn of turns) for (const shape of shapes) attempt({ ...shape, turns: [turn] });
  const bestTurn = best(fitted, ({ course }) => course.turns.length === 1)?.course.turns[0];
  if (bestTurn !== undefined) {
    for (const turn of turns)
      if (Math.abs(turn - bestTurn) < 8) for (const shape of curved) attempt({ ...shape, turns: [turn] });
    for (const turn of turns)
      if (turn !== bestTurn)
        for (const shape of shapes) attempt({ ...shape, turns: [turn, bestTurn].toSorted((a, b) => a - b) });
    const two = best(fitted, ({ course }) => course.turns.length === 2)?.course.turns;
    if (two !== undefined) for (const shape of curved) attempt({ ...shape, turns: two });
  }
  for (const finer of [1.2, 1.07]) {
    const bend = best(fitted, ({ course }) => course.bend !== 0)?.course;
    if (bend !== undefined) for (const factor of [finer, 1 / finer]) attempt({ ...bend, bend: bend.bend * factor });
  }
  return fitted.toSorted((a, b) => a.criterion - b.criterion);
}

/**
 * Schwarz's criterion of a course whose residuals follow each other (first-order autoregression): what is like the value
 * before it proves nothing twice.
 */
function criterionOf(course: Course, fit: Fit, values: number): number {
  const free = fit.factors.length + course.turns.length + (course.bend === 0 ? 0 : 1);
  const surprise = (fit.residualSum * (1 - fit.likeness ** 2)) / values;
  return values * Math.log(Math.max(surprise, leastSurprise)) + free * Math.log(values);
}

function best(fitted: readonly FittedCourse[], isMeant: (each: FittedCourse) => boolean): FittedCourse | undefined {
  let found: FittedCourse | undefined;
  for (const each of fitted)
    if (isMeant(each) && (found === undefined || each.criterion < found.criterion)) found = each;
  return found;
}

function possibleTurns(days: Float64Array): number[] {
  const [from, to] = [leastValues, days.length - leastValues];
  const found = new Set<number>();
  for (let i = 0; i < turnsTried; i += 1) {
    const at = Math.round(from + ((to - from) * i) / (turnsTried - 1));
    const day = days[at];
    if (at >= from && at < to && day !== undefined) found.add(day);
  }
  return [...found];
}
