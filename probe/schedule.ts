import { RecentDelays, type Delays, type Lateness } from './lateness.ts';
import { Line } from './line.ts';
import { phaseOf } from './phase-of.ts';
import type { ProbeClock } from './probe-clock.ts';
import { TimerWheel } from './timer-wheel.ts';

/** One check as the schedule knows it. */
export interface PlannedCheck {
  readonly id: string;
  readonly intervalMs: number;
  /** Start on a wider grid than the wheel's, together with others of a kind that works in batches. */
  readonly slotMs?: number;
}

/** Why a run starts: by plan, or because somebody asked. */
export type StartCause = 'plan' | 'hurried';

export interface ScheduleOptions {
  readonly clock: ProbeClock;
  /** Runs one check; the schedule counts it as running until the promise settles. It must not reject. */
  start(id: string, cause: StartCause): Promise<void>;
  /** Runs at once, at most. More wait, hurried ones first. */
  readonly concurrency?: number;
  readonly slotMs?: number;
  /** So many runs start in one turn of the event loop, then what has answered meanwhile is heard; all that may by default. */
  readonly startsPerTurn?: number;
}

interface DueCheck {
  readonly id: string;
  readonly dueMs: number;
}

interface Entry {
  readonly plan: PlannedCheck;
  readonly phaseMs: number;
  running: boolean;
  waiting: boolean;
  /** Asked for while it ran: it runs once more at once. */
  again: boolean;
  cause: StartCause;
  /** Of so many planned runs one is made; 1 when nothing is left out. */
  stretch: number;
}

const defaultConcurrency = 2_000;
/** The grid on which planned runs start. */
export const slotMs = 20;
/**
 * A wake-up of the process costs more than a check. So as many slots are taken together as make about so many checks, but
 * never more than `longestWindowMs`, and less where some checks run more often than each `shortIntervalMs`.
 */
const checksPerWindow = 48;
const longestWindowMs = 200;
const shortWindowMs = 60;
const shortIntervalMs = 5_000;
/** Looks of `takeLateness` that its recent figures are made of. */
const recentLooks = 30;
// A sleeping schedule looks up this often, so that a check added meanwhile is not missed by much.
const horizonMs = 1_000;

/** Says when each check runs. One timer for all; a slow check delays no other. */
export class CheckSchedule implements Disposable {
  readonly #options: ScheduleOptions;
  readonly #wheel: TimerWheel;
  readonly #entries = new Map<string, Entry>();
  readonly #delays = new RecentDelays(recentLooks);
  readonly #queue = new Line<DueCheck>();
  readonly #hurriedQueue = new Line<DueCheck>();
  readonly #concurrency: number;
  readonly #startsPerTurn: number;
  #turn: NodeJS.Immediate | null = null;
  #running = 0;
  #skipped = 0;
  /** Checks in a millisecond, by their plans. */
  #ratePerMs = 0;
  #stretched = 0;
  /** Checks of short intervals, which cannot wait for a wide window. */
  #hasty = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerDueMs = Number.POSITIVE_INFINITY;
  #stopped = false;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.#concurrency = options.concurrency ?? defaultConcurrency;
    this.#startsPerTurn = options.startsPerTurn ?? Number.POSITIVE_INFINITY;
    this.#wheel = new TimerWheel(options.slotMs ?? slotMs, options.clock.nowMs());
  }

  /**
   * Adds a check, or changes it; the others are not disturbed. Its first run comes at once with `now`, before others that
   * wait, or after so many milliseconds instead of in its turn.
   */
  set(plan: PlannedCheck, first: 'now' | 'inTurn' | number = 'inTurn'): void {
    const old = this.#entries.get(plan.id);
    this.#ratePerMs += 1 / plan.intervalMs - (old === undefined ? 0 : 1 / old.plan.intervalMs);
    this.#hasty += Number(isHasty(plan)) - Number(old !== undefined && isHasty(old.plan));
    const phaseMs = phaseOf(plan.id, plan.intervalMs, Math.max(plan.slotMs ?? 0, this.#wheel.slotMs));
    const entry: Entry = {
      plan,
      phaseMs,
      running: old?.running ?? false,
      waiting: old?.waiting ?? false,
      again: false,
      cause: first === 'now' ? 'hurried' : 'plan',
      stretch: old?.stretch ?? 1,
    };
    this.#entries.set(plan.id, entry);
    const nowMs = this.#options.clock.nowMs();
    const afterMs = first === 'now' ? 0 : first;
    this.#makeDue(plan.id, afterMs === 'inTurn' ? this.#nextPlanned(entry, nowMs) : nowMs + afterMs);
  }

  /** Leaves out planned runs: of so many one is made, at a moment of the plan. What is asked for runs all the same. */
  stretch(id: string, factor: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.stretch === factor) return;
    this.#stretched += Number(factor > 1) - Number(entry.stretch > 1);
    entry.stretch = factor;
    if (entry.cause === 'plan' && !entry.waiting)
      this.#makeDue(id, this.#nextPlanned(entry, this.#options.clock.nowMs()));
  }

  remove(id: string): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#ratePerMs -= 1 / entry.plan.intervalMs;
    this.#hasty -= Number(isHasty(entry.plan));
    this.#stretched -= Number(entry.stretch > 1);
    this.#entries.delete(id);
    this.#wheel.delete(id);
  }

  /** Lets a check run soon, once, beside its plan; nothing happens when it is due even earlier. A running check runs once more. */
  hurry(id: string, afterMs = 0): void {
    const entry = this.#entries.get(id);
    if (entry === undefined || entry.waiting) return;
    if (entry.running && afterMs === 0) {
      entry.again = true;
      return;
    }
    const dueMs = this.#options.clock.nowMs() + afterMs;
    const planned = this.#wheel.dueAt(id);
    if (planned === undefined || planned > dueMs) {
      entry.cause = 'hurried';
      this.#wheel.set(id, dueMs);
    }
    this.#armFor(dueMs);
  }

  /** Checks of which planned runs are left out. */
  get stretched(): number {
    return this.#stretched;
  }

  /** Runs in a second, by the plans of all. */
  get perSecond(): number {
    return this.#ratePerMs * 1_000;
  }

  /** Due and waiting for their turn. */
  get waiting(): number {
    return this.#queue.length + this.#hurriedQueue.length;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How late runs were: those of the last calls together, and beside them those since the last call alone. */
  takeLateness(): Lateness & { readonly now: Delays } {
    const skipped = this.#skipped;
    this.#skipped = 0;
    const { now, recent } = this.#delays.look();
    return { ...recent, now, skipped, waiting: this.waiting, running: this.#running };
  }

  /** Starts nothing more; runs that go on are the caller's to abort. */
  [Symbol.dispose](): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    if (this.#turn !== null) clearImmediate(this.#turn);
    this.#entries.clear();
    this.#queue.clear();
    this.#hurriedQueue.clear();
  }

  /** Starts what is due. Called by the schedule's own timer; tests with a clock of their own call it themselves. */
  tick(): void {
    const nowMs = this.#options.clock.nowMs();
    for (const { id, dueMs } of this.#wheel.take(nowMs)) this.#enqueue(id, dueMs, nowMs);
    this.#drain();
    this.#arm();
  }

  #enqueue(id: string, dueMs: number, nowMs: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    // The slot may have begun before the planned moment within it: that moment counts as this run's.
    const fromMs = Math.max(nowMs, dueMs + this.#wheel.slotMs);
    this.#wheel.set(id, this.#nextPlanned(entry, fromMs));
    if (entry.running || entry.waiting) {
      this.#skipped += 1;
      return;
    }
    entry.waiting = true;
    (entry.cause === 'hurried' ? this.#hurriedQueue : this.#queue).push({ id, dueMs });
  }

  #drain(): void {
    if (this.#turn !== null) return;
    for (let started = 0; this.#running < this.#concurrency; started += 1) {
      if (started >= this.#startsPerTurn && this.#queue.length + this.#hurriedQueue.length > 0) {
        // Checks that start together measure each other's starts: the first ones are heard before more begin.
        this.#turn = setImmediate(() => {
          this.#turn = null;
          this.#drain();
        });
        return;
      }
      const next = this.#hurriedQueue.shift() ?? this.#queue.shift();
      if (next === undefined) return;
      const entry = this.#entries.get(next.id);
      // Removed while it waited.
      if (entry === undefined || !entry.waiting) continue;
      this.#delays.add(Math.max(0, this.#options.clock.nowMs() - next.dueMs - this.#wheel.slotMs));
      this.#run(next.id, entry);
    }
  }

  #run(id: string, entry: Entry): void {
    const { cause } = entry;
    entry.waiting = false;
    entry.running = true;
    entry.cause = 'plan';
    this.#running += 1;
    void this.#options.start(id, cause).finally(() => {
      this.#running -= 1;
      // The entry may have been replaced by a changed plan meanwhile.
      const now = this.#entries.get(id);
      if (now !== undefined) {
        now.running = false;
        if (now.again) {
          now.again = false;
          this.hurry(id);
        }
      }
      if (!this.#stopped && (this.#queue.length > 0 || this.#hurriedQueue.length > 0)) this.#drain();
    });
  }

  /** The next moment of the plan after `nowMs`. Counted from 1970, so that a restart keeps the rhythm. */
  #nextPlanned({ plan: { intervalMs }, phaseMs, stretch }: Entry, nowMs: number): number {
    const rounds = Math.floor((nowMs - phaseMs) / intervalMs) + 1;
    // Which of the rounds are left out differs from check to check, as the phase does.
    const leftOut =
      stretch === 1 ? 0 : (stretch - ((rounds + Math.floor(phaseMs / this.#wheel.slotMs)) % stretch)) % stretch;
    return (rounds + leftOut) * intervalMs + phaseMs;
  }

  #makeDue(id: string, dueMs: number): void {
    this.#wheel.set(id, dueMs);
    if (!this.#stopped && dueMs + longestWindowMs < this.#timerDueMs) this.#arm();
  }

  /** Wakes at a moment, whatever the window: somebody waits for it. */
  #armFor(dueMs: number): void {
    const wakeMs = dueMs + this.#wheel.slotMs;
    if (this.#stopped || wakeMs >= this.#timerDueMs) return;
    clearTimeout(this.#timer);
    this.#timerDueMs = wakeMs;
    this.#timer = setTimeout(() => this.tick(), Math.max(1, wakeMs - this.#options.clock.nowMs()));
  }

  #arm(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    const nowMs = this.#options.clock.nowMs();
    if (this.#entries.size === 0) {
      this.#timerDueMs = Number.POSITIVE_INFINITY;
      return;
    }
    const longestMs = this.#hasty > 0 ? shortWindowMs : longestWindowMs;
    const windowMs = Math.max(this.#wheel.slotMs, Math.min(longestMs, checksPerWindow / this.#ratePerMs));
    // The end of the window in which something is due, so that everything in it is.
    this.#timerDueMs = Math.ceil(this.#wheel.nextDue(nowMs, horizonMs) / windowMs) * windowMs;
    this.#timer = setTimeout(() => this.tick(), Math.max(1, this.#timerDueMs - nowMs));
  }
}

function isHasty({ intervalMs, slotMs: wideMs }: PlannedCheck): boolean {
  return intervalMs < shortIntervalMs && wideMs === undefined;
}
