import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#platform/clock.ts';
import type { Log } from '#platform/log.ts';
import type { ProbeTools } from '#probe/check-kind.ts';
import type { InsideView } from '#probe/inside-view.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { LoopDelay } from '#probe/loop-delay.ts';
import type { OwnFigures } from '#probe/own-figures.ts';
import { phaseOf } from '#probe/phase-of.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { CheckSchedule, slotMs } from '#probe/schedule.ts';
import { readWays } from '#probe/routes.ts';
import type { BlindBook } from './blind-book.ts';
import { DenseTimes } from './dense-times.ts';
import { Doubts } from './doubts.ts';
import { judgeRun } from './judge-run.ts';
import { confirm, freshStanding, type Confirmation } from './confirm.ts';
import { lateFigures, MinuteCount } from './engine-figures.ts';
import { spreadOfFirstRuns } from './first-runs.ts';
import { HeldFailures } from './held-failures.ts';
import type { LogBooks } from '../logs/log-books.ts';
import type { Needs } from '../needs.ts';
import { notSlowed, stretchOf, weighStrain, type Slowing } from './overload.ts';
import type { Recorder } from './recorder.ts';
import { runCheck, type FinishedRun } from './run-check.ts';
import type { StateWriter } from '../states/state-writer.ts';
import type { CheckVersion } from './store-engine.ts';
import type { WatchList } from './watch-list.ts';
import type { StoredResult } from '../watched-check.ts';
import { isWell, remember, type Watched } from './watched.ts';
import { stateBy, type Told } from './state-by-fault.ts';
import { touchedBy } from './touched-by.ts';
import { WhoseFault } from './whose-fault.ts';

interface Parts {
  readonly tools: ProbeTools;
  readonly needs: Needs;
  readonly clock: Clock;
  readonly log: Log;
  readonly list: WatchList;
  readonly recorder: Recorder;
  readonly writer: StateWriter;
  /** What kinds see that look at what Vigie itself knows. */
  readonly inside: (watched: Watched) => InsideView;
  readonly blind: BlindBook;
  /** What logs say. */
  readonly logs: LogBooks;
  /** Has heaps moved together, or no longer. */
  readonly keepHeapsDense: (wanted: boolean) => void;
  /** Tells all who ask how the watch does. */
  readonly tellPulse: (figures: OwnFigures) => Promise<void>;
}

/** Why a run is made. */
interface RunCause {
  /** A quick re-check, to confirm a change. */
  readonly confirming?: boolean;
  /** Somebody asked for it and wants to read what it says. */
  readonly asked?: boolean;
}

const planned: RunCause = {};
const confirming: RunCause = { confirming: true };

const turnMs = 500;
/** Turns between two writes of what was measured: each is a transaction, and plans and wakes others. */
const turnsPerFlush = 2;
/** Turns between two looks at how the watch does. */
const turnsPerLook = 4;
/** Looks between two readings of the whole list, in case a wake-up was lost with its connection. */
const looksPerReading = 150;
/** A failing check waits so long for the checks of what it needs, then it speaks for itself. */
const longestHoldMs = 5_000;
/** Of checks that are due together so many start before the answers of those before them are heard. */
const startsPerTurn = 16;

/** Runs the checks of the list by their plan, weighs each result, and has changes stored. One at a time in all of Vigie. */
export class Engine {
  readonly #parts: Parts;
  readonly #schedule: CheckSchedule;
  readonly #whoseFault: WhoseFault;
  readonly #held = new HeldFailures();
  readonly #results = new MinuteCount();
  readonly #skipped = new MinuteCount();
  readonly #loop = new LoopDelay();
  readonly #doubts: Doubts;
  readonly #denseTimes = new DenseTimes();
  #writing = false;
  #telling = false;
  #slowing: Slowing = notSlowed;
  #reading: Promise<void> = Promise.resolve();
  #readingWanted = false;
  /** While the list is read for the first time: failures that may come from what is not on it yet. */
  #early: Map<string, Date> | null = null;
  #ended = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#whoseFault = new WhoseFault({
      list: parts.list,
      readWays,
      nowMs: () => steadyClock.nowMs(),
      invented: parts.needs.inventedRun !== undefined,
    });
    this.#schedule = new CheckSchedule({ clock: steadyClock, startsPerTurn, start: (id) => this.#start(id) });
    this.#doubts = new Doubts({
      nowMs: () => steadyClock.nowMs(),
      isBehind: () => this.#schedule.waiting > 0 || this.#slowing.strained > 0 || this.#slowing.level > 0,
    });
  }

  /**
   * Takes the list in, those first whose turn comes first: they run while the others are read. What is known to be well or
   * not runs in its turn.
   */
  async begin(): Promise<void> {
    this.#early = new Map();
    this.#reading = this.#read('inTurn');
    await this.#reading;
    const early = this.#early;
    this.#early = null;
    for (const [id, first] of early) {
      const watched = this.#parts.list.get(id);
      if (watched?.standing.verdict === 'down') this.#decide(watched, first);
    }
  }

  /** Works until the signal aborts; what was measured by then is stored before it returns. */
  async work(signal: AbortSignal): Promise<void> {
    let turns = 0;
    while (!signal.aborted) {
      await wait(turnMs, undefined, { signal }).catch(() => undefined);
      if (turns % turnsPerFlush === 0) this.#flush();
      for (const held of this.#held.overdue(steadyClock.nowMs())) this.#decide(held.watched, held.first);
      turns += 1;
      if (turns % turnsPerLook === 0) this.#look();
      if (turns % (turnsPerLook * looksPerReading) === 0) {
        this.#parts.list.doubtSurroundings();
        await this.reload().catch((error: unknown) => this.#parts.log.warn({ error }, 'the list was not read again'));
      }
    }
    this.#ended = true;
    this.#schedule[Symbol.dispose]();
    this.#loop[Symbol.dispose]();
    for (const { running } of this.#parts.list.all()) for (const run of running) run.stop();
    await this.#parts.writer.end();
    await this.#parts.recorder.flush();
    await this.#parts.logs.end();
  }

  /**
   * Takes over what was added, changed or removed since; new checks run at once. Asked for while it goes on, it is done
   * once more; the answer comes when what was there at the moment of asking is taken in.
   */
  reload(): Promise<void> {
    if (this.#readingWanted) return this.#reading;
    this.#readingWanted = true;
    this.#reading = this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#readingWanted = false;
        return this.#read('now');
      });
    return this.#reading;
  }

  /** Runs checks now, beside their plan, and answers when all have run. Those that are not on the list are left out. */
  async runNow(ids: readonly string[]): Promise<Map<string, StoredResult>> {
    const found = ids.map((id) => this.#parts.list.get(id)).filter((watched) => watched !== undefined);
    const results = await Promise.all(
      found.map(async (watched) => [watched.stored.id, await this.#attempt(watched, { asked: true })] as const),
    );
    return new Map(results);
  }

  /** Something that a check looks at has changed: it runs at once, beside its plan. */
  hurry(id: string): void {
    this.#schedule.hurry(id);
  }

  async #read(first: 'now' | 'inTurn'): Promise<void> {
    let spreadMs: number | null | undefined;
    const knowing: Watched[] = [];
    const planFirst = (watched: Watched): void => {
      const { id, state } = watched.stored;
      const early = spreadMs === null ? 'now' : phaseOf(id, spreadMs ?? 0, slotMs);
      this.#plan(watched, first === 'now' || state === 'unknown' ? early : 'inTurn');
    };
    const { changed, removed } = await this.#parts.list.read({
      nowMs: steadyClock.nowMs(),
      took: (news, coming) => {
        spreadMs ??= this.#spreadOf(first === 'now' ? coming : coming.filter(({ isNew }) => isNew), coming);
        for (const watched of news)
          // What looks at other checks waits until all of them are there.
          if (kinds.get(watched.stored.kind)?.requires === 'inside') knowing.push(watched);
          else planFirst(watched);
        return !this.#ended;
      },
    });
    for (const watched of knowing) planFirst(watched);
    for (const { stored, running } of removed) {
      this.#schedule.remove(stored.id);
      this.#held.release(stored.id);
      for (const run of running) run.stop();
    }
    for (const watched of changed) {
      this.#plan(watched, 'now');
      // What it needs may have become known only now.
      const { state, failingSince } = watched.stored;
      if (state === 'down' && failingSince !== null) this.#decide(watched, failingSince);
    }
  }

  /** Over what time the first runs of `early` are spread beside the plans of all that come. */
  #spreadOf(early: readonly CheckVersion[], coming: readonly CheckVersion[]): number | null {
    const more = coming.reduce((sum, { intervalMs }) => sum + 1_000 / intervalMs, 0);
    return spreadOfFirstRuns(early.length, this.#schedule.perSecond + more);
  }

  #plan(watched: Watched, first: 'now' | 'inTurn' | number): void {
    const { id, intervalMs, kind } = watched.stored;
    const wideMs = kinds.get(kind)?.slotMs;
    this.#schedule.set({ id, intervalMs, ...(wideMs === undefined ? {} : { slotMs: wideMs }) }, first);
    this.#slow(watched);
  }

  /** Has written what was measured. A database that takes its time holds up neither the looks nor the decisions. */
  #flush(): void {
    if (this.#writing) return;
    this.#writing = true;
    void this.#parts.recorder.flush().finally(() => (this.#writing = false));
  }

  /** Looks at how the watch itself does, slows what may be slowed when it is too much, and tells. */
  #look(): void {
    const { list, recorder, tools, tellPulse, log } = this.#parts;
    const { now, skipped, ...lateness } = this.#schedule.takeLateness();
    const written = recorder.look();
    const before = this.#slowing.level;
    this.#slowing = weighStrain(this.#slowing, { ...lateness, ...written, p95Ms: now.p95Ms });
    if (this.#slowing.level !== before) for (const watched of list.all()) this.#slow(watched);
    const nowMs = steadyClock.nowMs();
    const memoryBytes = process.memoryUsage.rss();
    this.#parts.keepHeapsDense(this.#denseTimes.look({ nowMs, checks: this.#schedule.size, memoryBytes }));
    this.#skipped.add(skipped);
    const figures: OwnFigures = {
      results: this.#results.look(nowMs),
      ...lateFigures(lateness),
      skipped: this.#skipped.look(nowMs),
      ...written,
      loopMs: this.#loop.takeP99Ms(),
      apiLoopMs: tools.own.apiLoopMs,
      memoryBytes,
      checks: this.#schedule.size,
      slowed: this.#schedule.stretched,
    };
    tools.own.figures = figures;
    if (this.#telling) return;
    this.#telling = true;
    void tellPulse(figures)
      .catch((error: unknown) => log.warn({ error }, 'the pulse of the watch could not be told'))
      .finally(() => (this.#telling = false));
  }

  #slow(watched: Watched): void {
    const { id, importance } = watched.stored;
    this.#schedule.stretch(id, stretchOf(this.#slowing, importance, isWell(watched)));
  }

  async #start(id: string): Promise<void> {
    const watched = this.#parts.list.get(id);
    if (watched === undefined) return;
    const { verdict, streak } = watched.standing;
    const isDoubted = verdict === 'up' && streak === null && kinds.get(watched.stored.kind)?.requires === 'network';
    const run = this.#attempt(watched, streak === null ? planned : confirming);
    await (isDoubted ? this.#doubts.during(run, watched.typicalMs, () => this.#attempt(watched, confirming)) : run);
  }

  async #attempt(watched: Watched, cause: RunCause): Promise<StoredResult> {
    const run = await runCheck(this.#parts, watched);
    const { verdict, durationMs } = run.outcome;
    if (verdict === 'up')
      watched.typicalMs = watched.typicalMs === 0 ? durationMs : watched.typicalMs * 0.8 + durationMs * 0.2;
    return this.#take(watched, run, cause);
  }

  /** Keeps a result and draws its consequences. */
  #take(watched: Watched, { startedAt, outcome }: FinishedRun, cause: RunCause): StoredResult {
    const { verdict, reason } = judgeRun(watched, startedAt, outcome);
    const { durationMs } = outcome;
    // Evidence of what is well is read, and made, only when it is news or somebody asked.
    const telling = cause.asked === true || verdict !== 'up' || watched.last?.verdict !== verdict;
    const output = telling ? outcome.output : '';
    const result: StoredResult = {
      at: startedAt,
      verdict,
      reason,
      confirming: cause.confirming ?? false,
      durationMs,
      output,
    };
    // Stopped because it was removed, or because we end: that says nothing of the target.
    if (reason.code === 'stopped' || this.#parts.list.get(watched.stored.id) !== watched) return result;
    this.#results.add();
    const isSame =
      output !== '' && cause.asked !== true && watched.last?.verdict === verdict && output === watched.keptOutput;
    this.#parts.recorder.add(watched, isSame ? { ...result, output: '' } : result, outcome.metrics);
    this.#parts.blind.look(watched, startedAt);
    remember(watched, result, telling);
    const startedMs = startedAt.getTime();
    watched.lastStartedMs = Math.max(watched.lastStartedMs, startedMs);
    const flapped = watched.standing.flapping;
    const { agreedMs } = watched.standing;
    const step = confirm(watched.standing, { verdict, startedMs }, watched.sensitivity);
    if (step.kind === 'changed') watched.agreedMs = agreedMs;
    watched.standing = step.standing;
    this.#follow(watched, step, flapped !== step.standing.flapping);
    if (this.#slowing.level > 0) this.#slow(watched);
    // A result of something may decide the case of what needs it.
    if (this.#held.size > 0)
      for (const held of this.#held.waitingFor(watched.stored.id)) this.#decide(held.watched, held.first);
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
    else if (step.kind === 'steady' && (state === 'unreachable' || watched.ours) && step.standing.verdict === 'down')
      this.#askAgain(watched);
  }

  /** What it needs is well again and it still fails: it is looked at afresh, as if it had never run. */
  #askAgain(watched: Watched): void {
    if (this.#whoseFault.stillExplains(watched)) return;
    watched.standing = { ...freshStanding(), history: watched.standing.history };
    this.#schedule.hurry(watched.stored.id, 1_000);
  }

  /** Looks at what a suspected check needs before its own case is decided. */
  #hurryNeeded(watched: Watched): void {
    for (const id of this.#whoseFault.suspect(watched)) this.#schedule.hurry(id);
    for (const { guards } of this.#parts.list.neededBy(watched))
      for (const guard of guards) this.#schedule.hurry(guard.id);
  }

  /** A confirmed change becomes a state: a failure only once it is known whether something else explains it. */
  #decide(watched: Watched, first: Date): void {
    const { id } = watched.stored;
    const { verdict } = watched.standing;
    this.#early?.delete(id);
    if (verdict !== 'down') {
      this.#held.release(id);
      const cause = verdict === 'up' ? undefined : this.#whoseFault.silentPart(watched);
      this.#settle(watched, { state: verdict, because: null, first, ...(cause === undefined ? {} : { cause }) });
      return;
    }
    if (this.#early !== null) {
      this.#early.set(id, first);
      return;
    }
    const fault = this.#whoseFault.causeOf(watched, first.getTime());
    const deadlineMs = this.#held.get(id)?.deadlineMs ?? steadyClock.nowMs() + longestHoldMs;
    this.#held.release(id);
    if (fault.kind === 'waiting' && steadyClock.nowMs() < deadlineMs) {
      this.#held.hold({ watched, first, deadlineMs, guardIds: fault.guardIds });
      for (const guardId of fault.guardIds) this.#schedule.hurry(guardId);
    } else this.#settle(watched, { ...stateBy(fault), first });
  }

  #settle(watched: Watched, { first, ...now }: Told & { readonly first: Date }): void {
    const { id, state, because, flapping } = watched.stored;
    const restless = watched.standing.flapping;
    watched.ours = now.ours !== undefined;
    if (state === now.state && because?.id === now.because?.id && flapping === restless) return;
    const evidence = (now.state === 'up' && !restless ? watched.last : (watched.lastFailing ?? watched.last)) ?? null;
    if (evidence === null) return;
    const result = now.ours === undefined ? evidence : { ...evidence, reason: now.ours };
    // Told to the others at once; the table follows, each check in its own order.
    watched.stored = { ...watched.stored, state: now.state, because: now.because, flapping: restless };
    for (const other of touchedBy({ list: this.#parts.list, whoseFault: this.#whoseFault }, watched, state, first))
      this.#schedule.hurry(other);
    const { target } = watched.surroundings;
    const agreed = watched.agreedMs === 0 ? null : new Date(watched.agreedMs);
    const settled = { checkId: id, target, flapping: restless, result, first, agreed, ...now };
    this.#parts.writer.put(watched, settled, state);
    if (now.state === 'down' && state !== 'down')
      for (const other of this.#whoseFault.explainedBy(watched))
        this.#decide(other, other.stored.failingSince ?? first);
  }
}
