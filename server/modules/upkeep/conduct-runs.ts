import type { Database } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { CommandParts } from './follow-command.ts';
import { performRun } from './perform-run.ts';
import { epochStore, OwnershipLost, type OwnershipLine } from './store-ownership.ts';
import { runReader } from './store-run.ts';
import { WakeBell } from './wake-bell.ts';

/** What carrying runs needs. */
export interface ConductParts extends CommandParts {
  readonly db: Database<'upkeep'>;
  readonly log: Log;
  readonly openLine: () => Promise<OwnershipLine>;
  /** Hears that something about runs changed, in whatever process. */
  readonly onWake: (listener: () => void, signal: AbortSignal) => void;
  /** Takes away what the steps of a run left on its host. */
  readonly cleanUp: (runId: string) => Promise<void>;
}

/** While anything is to be done, a run whose owner died is found this soon. */
const busyPollMs = 400;
const idlePollMs = 5_000;
/** After a fault of ours, a run is not touched again at once. */
const restAfterFaultMs = 5_000;
const mostAtOnce = 100;

interface Performing {
  readonly stopAsked: AbortController;
  readonly done: Promise<void>;
}

/**
 * Finds runs that nobody carries, makes them this process's own and carries them, until the signal is aborted or the
 * line of ownership is lost. What runs on hosts goes on either way.
 */
export async function conductRuns(parts: ConductParts, signal: AbortSignal): Promise<void> {
  await using line = await parts.openLine();
  const leaving = new AbortController();
  const ending = AbortSignal.any([signal, line.lost, leaving.signal]);
  const bell = new WakeBell();
  parts.onWake(() => bell.ring(), ending);
  const conductor = new Conductor(parts, line, ending, bell);
  try {
    while (!ending.aborted) {
      const heard = bell.rings;
      const busy = await conductor.look();
      await bell.sleep(heard, busy ? busyPollMs : idlePollMs, ending);
    }
  } finally {
    leaving.abort();
    await conductor.settled();
  }
}

/** The runs that this process carries. */
class Conductor {
  readonly #parts: ConductParts;
  readonly #line: OwnershipLine;
  readonly #ending: AbortSignal;
  readonly #bell: WakeBell;
  readonly #performing = new Map<string, Performing>();
  readonly #restingUntil = new Map<string, number>();

  constructor(parts: ConductParts, line: OwnershipLine, ending: AbortSignal, bell: WakeBell) {
    this.#parts = parts;
    this.#line = line;
    this.#ending = ending;
    this.#bell = bell;
  }

  /** Takes what is free, passes on what is to be stopped; tells whether there is anything to do. */
  async look(): Promise<boolean> {
    const active = await runReader(this.#parts.db).active(mostAtOnce * 2);
    for (const { id, stopRequested } of active) {
      const mine = this.#performing.get(id);
      if (mine !== undefined) {
        if (stopRequested) mine.stopAsked.abort();
      } else if (this.#performing.size < mostAtOnce && !this.#rests(id) && (await this.#line.tryOwn(id))) {
        this.#begin(id);
      }
    }
    return active.length > 0;
  }

  async settled(): Promise<void> {
    await Promise.allSettled([...this.#performing.values()].map(({ done }) => done));
  }

  #begin(runId: string): void {
    const stopAsked = new AbortController();
    this.#performing.set(runId, { stopAsked, done: this.#carry(runId, stopAsked.signal) });
  }

  async #carry(runId: string, stopAsked: AbortSignal): Promise<void> {
    try {
      const epoch = await epochStore(this.#parts.db).next(runId);
      if (epoch === null) return;
      await performRun(this.#parts, { runId, epoch, signal: this.#ending, stopAsked, bell: this.#bell });
      await this.#parts.cleanUp(runId);
    } catch (error) {
      this.#note(runId, error);
    } finally {
      await this.#line.giveUp(runId).catch(() => undefined);
      this.#performing.delete(runId);
    }
  }

  #note(runId: string, error: unknown): void {
    if (this.#ending.aborted || error instanceof OwnershipLost) return;
    this.#parts.log.error({ runId, error }, 'a run could not be carried on; trying again soon');
    this.#restingUntil.set(runId, this.#parts.clock.now().getTime() + restAfterFaultMs);
  }

  #rests(runId: string): boolean {
    const until = this.#restingUntil.get(runId);
    if (until === undefined) return false;
    if (until > this.#parts.clock.now().getTime()) return true;
    this.#restingUntil.delete(runId);
    return false;
  }
}
