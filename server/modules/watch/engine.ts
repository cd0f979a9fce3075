import { setTimeout as wait } from 'node:timers/promises';
import type { State } from '#contract/alert.ts';
import type { NamedThing } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { ProbeTools } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import type { Lateness } from '#probe/lateness.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { CheckSchedule } from '#probe/schedule.ts';
import { findCause } from './cause.ts';
import { confirm, freshStanding, type Confirmation } from './confirm.ts';
import type { Needs } from './needs.ts';
import type { Recorder } from './recorder.ts';
import { runCheck, type FinishedRun } from './run-check.ts';
import type { StateWriter } from './state-writer.ts';
import type { WatchList } from './watch-list.ts';
import type { StoredResult } from './watched-check.ts';
import type { Watched } from './watched.ts';

interface Parts {
  readonly tools: ProbeTools;
  readonly needs: Needs;
  readonly clock: Clock;
  readonly log: Log;
  readonly list: WatchList;
  readonly recorder: Recorder;
  readonly writer: StateWriter;
}

/** A failure that waits for what it may come from. */
interface Held {
  readonly watched: Watched;
  readonly first: Date;
  readonly deadlineMs: number;
}

const flushMs = 400;
/** A failing check waits so long for the checks of what it needs, then it speaks for itself. */
const longestHoldMs = 5_000;
/** A run that takes longer than usual is doubted before its time is up: re-checks begin beside it. */
const doubtMs = 350;
const doubtsPerRun = 2;

/** Runs the checks of the list by their plan, weighs each result, and has changes stored. One at a time in all of Vigie. */
export class Engine {
  readonly #parts: Parts;
  readonly #schedule: CheckSchedule;
  readonly #held = new Map<string, Held>();
  #results: { readonly atMs: number; readonly count: number }[] = [];
  #count = 0;
  #lateness: Lateness | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#schedule = new CheckSchedule({ clock: steadyClock, start: (id) => this.#start(id) });
  }

  /** Works until the signal aborts; what was measured by then is stored before it returns. */
  async work(signal: AbortSignal): Promise<void> {
    await this.reload('inTurn');
    let turns = 0;
    while (!signal.aborted) {
      await wait(flushMs, undefined, { signal }).catch(() => undefined);
      await this.#parts.recorder.flush();
      for (const held of this.#held.values())
        if (steadyClock.nowMs() >= held.deadlineMs) this.#decide(held.watched, held.first);
      turns += 1;
      if (turns % 5 === 0) this.#countUp();
    }
    this.#schedule[Symbol.dispose]();
    for (const { running } of this.#parts.list.all()) for (const stop of running) stop.abort();
    await this.#parts.writer.end();
    await this.#parts.recorder.flush();
  }

  /** Takes over what was added, changed or removed since. New checks run at once unless it is the beginning. */
  async reload(first: 'now' | 'inTurn' = 'now'): Promise<void> {
    const { added, changed, removed } = await this.#parts.list.read();
    for (const { stored, running } of removed) {
      this.#schedule.remove(stored.id);
      this.#held.delete(stored.id);
      for (const stop of running) stop.abort();
    }
    for (const watched of added)
      this.#plan(watched, first === 'now' || watched.stored.state === 'unknown' ? 'now' : 'inTurn');
    for (const watched of changed) this.#plan(watched, 'now');
  }

  /** Runs checks now, beside their plan, and answers when all have run. Those that are not on the list are left out. */
  async runNow(ids: readonly string[]): Promise<Map<string, StoredResult>> {
    const found = ids.map((id) => this.#parts.list.get(id)).filter((watched) => watched !== undefined);
    const results = await Promise.all(
      found.map(async (watched) => [watched.stored.id, await this.#attempt(watched, { asked: true })] as const),
    );
    return new Map(results);
  }

  /** How the watch itself is doing: results of the last minute and how late they were. */
  health(): { readonly resultsLastMinute: number; readonly lateness: Lateness | null } {
    return { resultsLastMinute: this.#results.reduce((sum, { count }) => sum + count, 0), lateness: this.#lateness };
  }

  #plan({ stored: { id, intervalMs, kind } }: Watched, first: 'now' | 'inTurn'): void {
    const slotMs = kinds.get(kind)?.slotMs;
    this.#schedule.set({ id, intervalMs, ...(slotMs === undefined ? {} : { slotMs }) }, first);
  }

  #countUp(): void {
    const nowMs = steadyClock.nowMs();
    this.#results.push({ atMs: nowMs, count: this.#count });
    this.#count = 0;
    this.#results = this.#results.filter(({ atMs }) => atMs > nowMs - 60_000);
    const lateness = this.#schedule.takeLateness();
    if (lateness.runs > 0) this.#lateness = lateness;
  }

  async #start(id: string): Promise<void> {
    const watched = this.#parts.list.get(id);
    if (watched === undefined) return;
    let doubts = 0;
    // Half the time that a hang would need to be noticed is saved by not waiting for its end before looking again.
    const doubtAfterMs = Math.max(doubtMs, watched.typicalMs * 1.5 + 200);
    const doubt = (): void => {
      doubts += 1;
      void this.#attempt(watched, { confirming: true });
      timer = doubts < doubtsPerRun ? setTimeout(doubt, doubtAfterMs) : undefined;
    };
    const doubtful =
      watched.standing.verdict === 'up' &&
      watched.standing.streak === null &&
      kinds.get(watched.stored.kind)?.requires === 'network';
    let timer = doubtful ? setTimeout(doubt, doubtAfterMs) : undefined;
    await this.#attempt(watched, { confirming: watched.standing.streak !== null });
    clearTimeout(timer);
  }

  async #attempt(
    watched: Watched,
    how: { readonly confirming?: boolean; readonly asked?: boolean },
  ): Promise<StoredResult> {
    const run = await runCheck(this.#parts, watched);
    const { verdict, durationMs } = run.outcome;
    if (verdict === 'up')
      watched.typicalMs = watched.typicalMs === 0 ? durationMs : watched.typicalMs * 0.8 + durationMs * 0.2;
    return this.#take(watched, run, how);
  }

  /** Keeps a result and draws its consequences. */
  #take(
    watched: Watched,
    { startedAt, outcome }: FinishedRun,
    how: { readonly confirming?: boolean; readonly asked?: boolean },
  ): StoredResult {
    const { verdict, reason, durationMs, output } = outcome;
    // Stopped because it was removed, or because we end: that says nothing of the target.
    const result: StoredResult = {
      at: startedAt,
      verdict,
      reason,
      confirming: how.confirming ?? false,
      durationMs,
      output,
    };
    if (reason.code === 'stopped') return result;
    this.#count += 1;
    const news =
      how.asked === true || watched.last?.verdict !== verdict || (verdict !== 'up' && output !== watched.keptOutput);
    if (news) watched.keptOutput = output;
    this.#parts.recorder.add(watched, news ? result : { ...result, output: '' }, outcome.metrics);
    watched.last = result;
    if (verdict === 'down' || verdict === 'degraded') watched.lastFailing = result;
    const startedMs = startedAt.getTime();
    watched.lastStartedMs = Math.max(watched.lastStartedMs, startedMs);
    const flapped = watched.standing.flapping;
    const step = confirm(watched.standing, { verdict, startedMs });
    watched.standing = step.standing;
    this.#follow(watched, step, flapped !== step.standing.flapping);
    this.#askHeld(watched.stored.id);
    return result;
  }

  #follow(watched: Watched, step: Confirmation, flapChanged: boolean): void {
    const { id, state } = watched.stored;
    if (step.kind === 'suspect') {
      this.#schedule.hurry(id, step.recheckMs);
      if (watched.last?.verdict === 'down') this.#hurryNeeded(watched);
    }
    if (step.kind === 'changed') this.#decide(watched, new Date(step.firstMs));
    else if (flapChanged)
      this.#settle(watched, {
        state,
        because: watched.stored.because,
        first: watched.last?.at ?? this.#parts.clock.now(),
      });
    else if (step.kind === 'steady' && state === 'unreachable' && step.standing.verdict === 'down')
      this.#askAgain(watched);
  }

  /** What it needs is well again and it still fails: it is looked at afresh, as if it had never run. */
  #askAgain(watched: Watched): void {
    if (findCause(this.#parts.list.neededBy(watched), 0).kind === 'because') return;
    watched.standing = { ...freshStanding(), history: watched.standing.history };
    this.#schedule.hurry(watched.stored.id, 1_000);
  }

  /** Looks at what a suspected check needs before its own case is decided. */
  #hurryNeeded(watched: Watched): void {
    for (const { guards } of this.#parts.list.neededBy(watched))
      for (const guard of guards) this.#schedule.hurry(guard.id);
  }

  /** A confirmed change becomes a state: a failure only once it is known whether something else explains it. */
  #decide(watched: Watched, first: Date): void {
    const { id } = watched.stored;
    const { verdict } = watched.standing;
    if (verdict !== 'down') {
      this.#held.delete(id);
      this.#settle(watched, { state: verdict, because: null, first });
      return;
    }
    const cause = findCause(this.#parts.list.neededBy(watched), first.getTime());
    const held = this.#held.get(id);
    const nowMs = steadyClock.nowMs();
    if (cause.kind === 'waiting' && nowMs < (held?.deadlineMs ?? Number.POSITIVE_INFINITY)) {
      for (const guardId of cause.guardIds) this.#schedule.hurry(guardId);
      if (held === undefined) this.#held.set(id, { watched, first, deadlineMs: nowMs + longestHoldMs });
      return;
    }
    this.#held.delete(id);
    if (cause.kind === 'because') this.#settle(watched, { state: 'unreachable', because: cause.thing, first });
    else this.#settle(watched, { state: 'down', because: null, first });
  }

  /** A result of something may decide the case of what needs it. */
  #askHeld(guardId: string): void {
    for (const { watched, first } of this.#held.values()) {
      const needed = this.#parts.list.neededBy(watched).some(({ guards }) => guards.some(({ id }) => id === guardId));
      if (needed) this.#decide(watched, first);
    }
  }

  #settle(
    watched: Watched,
    now: { readonly state: State; readonly because: NamedThing | null; readonly first: Date },
  ): void {
    const { id, state, because, flapping } = watched.stored;
    const restless = watched.standing.flapping;
    if (state === now.state && because?.id === now.because?.id && flapping === restless) return;
    const result = (now.state === 'up' && !restless ? watched.last : (watched.lastFailing ?? watched.last)) ?? null;
    if (result === null) return;
    // Told to the others at once; the table follows, each check in its own order.
    watched.stored = { ...watched.stored, state: now.state, because: now.because, flapping: restless };
    if (state === 'down' || state === 'unreachable') this.#freeDependants(watched);
    const settled = { checkId: id, target: watched.surroundings.target, flapping: restless, result, ...now };
    this.#parts.writer.put(watched, settled, state);
  }

  /** What was unreachable because of it is looked at again at once. */
  #freeDependants(watched: Watched): void {
    const { id } = watched.surroundings.target;
    for (const other of this.#parts.list.all())
      if (other.stored.because?.id === id) this.#schedule.hurry(other.stored.id);
  }
}
