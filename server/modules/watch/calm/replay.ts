import type { Rule, Sensitivity } from '#contract/rule.ts';
import type { Verdict } from '#contract/watch.ts';
import type { Metric, Reason } from '#probe/check-kind.ts';
import { confirm, freshStanding, type Standing } from '../running/confirm.ts';
import { judgeRules, type RuleStandings } from '../running/judge-rules.ts';

/** What was known of a check at a moment: what its kind said, without any rule, and what it measured. */
export interface PastSample {
  readonly atMs: number;
  readonly verdict: Verdict;
  readonly reason: Reason;
  readonly metrics: readonly Metric[];
}

/** How the past is judged. */
export interface Manner {
  readonly rules: readonly Rule[];
  readonly sensitivity: Sensitivity;
  readonly intervalMs: number;
}

/** One time at which the check was, or would have been, in alarm. */
export interface Firing {
  readonly fromMs: number;
  /** Null when it lasts to the end of the past. */
  readonly untilMs: number | null;
  readonly state: 'degraded' | 'down';
  readonly reason: Reason;
}

/**
 * Plays a check again over its past: runs by its plan and the quick re-checks of a suspicion see what was known at their
 * moment. Fed bit by bit, oldest first, so that a year need not be held in memory.
 */
export class Replay {
  readonly #manner: Manner;
  readonly firings: Firing[] = [];
  #standing: Standing = freshStanding();
  #rules: RuleStandings = new Map();
  #nextMs = Number.NaN;
  /** Where the plan stands within the interval: re-checks come beside it. */
  #phaseMs = 0;
  #before: PastSample | null = null;
  #open: Firing | null = null;

  constructor(manner: Manner) {
    this.#manner = manner;
  }

  /** `holdMs`: for so long a sample stands for what was true after it. */
  feed(samples: readonly PastSample[], holdMs: number): void {
    for (const sample of samples) {
      if (this.#before === null) {
        this.#nextMs = sample.atMs;
        this.#phaseMs = sample.atMs % this.#manner.intervalMs;
      }
      if (this.#before !== null) this.#runUntil(sample.atMs, this.#before, holdMs);
      this.#before = sample;
    }
  }

  /** The past ends here. */
  end(): void {
    if (this.#before !== null && this.#nextMs <= this.#before.atMs) this.#run(this.#before, this.#before.atMs);
    if (this.#open !== null) this.firings.push(this.#open);
    this.#open = null;
  }

  #runUntil(untilMs: number, known: PastSample, holdMs: number): void {
    while (this.#nextMs < untilMs) {
      // Nothing is known any more: nobody can say what a run would have seen.
      if (this.#nextMs > known.atMs + holdMs) {
        this.#nextMs = untilMs;
        return;
      }
      this.#run(known, this.#nextMs);
    }
  }

  #run({ verdict, reason, metrics }: PastSample, atMs: number): void {
    const { rules, sensitivity, intervalMs } = this.#manner;
    const ruled = judgeRules(rules, this.#rules, { verdict, metrics, atMs }, intervalMs * 3 + 5_000);
    this.#rules = ruled.standings;
    const step = confirm(this.#standing, { verdict: ruled.verdict, startedMs: atMs }, sensitivity);
    const flapping = step.standing.flapping;
    this.#standing = step.standing;
    const rounds = Math.floor((atMs - this.#phaseMs) / intervalMs) + 1;
    const plannedMs = rounds * intervalMs + this.#phaseMs;
    this.#nextMs = step.kind === 'suspect' ? Math.min(plannedMs, atMs + step.recheckMs) : plannedMs;
    const now = step.standing.verdict;
    const failing = now === 'down' || now === 'degraded';
    if (this.#open === null && (failing || flapping))
      this.#open = {
        fromMs: atMs,
        untilMs: null,
        state: now === 'down' ? 'down' : 'degraded',
        reason: ruled.reason ?? reason,
      };
    else if (this.#open !== null && now === 'up' && !flapping) {
      this.firings.push({ ...this.#open, untilMs: atMs });
      this.#open = null;
    } else if (this.#open !== null && now === 'down' && this.#open.state === 'degraded')
      this.#open = { ...this.#open, state: 'down' };
  }
}
