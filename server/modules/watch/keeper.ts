import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import type { ProbeTools } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { retainedDays } from './draw-chart.ts';
import { Engine } from './engine.ts';
import { watchDuty } from './keep-check.ts';
import type { Needs } from './needs.ts';
import { Recorder } from './recorder.ts';
import { openSecrets } from './secret-settings.ts';
import { settleFirstUps, settleState } from './settle-state.ts';
import { StateWriter } from './state-writer.ts';
import { checkStore } from './store-check.ts';
import { whileWatching } from './store-ownership.ts';
import { resultStore } from './store-result.ts';
import { WatchList } from './watch-list.ts';
import type { StoredCheck, StoredResult } from './watched-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly live: LiveLine;
  readonly log: Log;
  readonly needs: Needs;
  readonly tools: ProbeTools;
  readonly vault: Vault;
}

// A request may come before the watch has begun, or while another process holds it and dies.
const patienceMs = 8_000;

/** Holds the engine while this process is the one that watches. */
export class Keeper {
  readonly #parts: Parts;
  #engine: Engine | null = null;
  #begun = Promise.withResolvers<Engine>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Watches until the signal aborts; returns early when another process does. */
  async work(signal: AbortSignal): Promise<void> {
    await whileWatching(this.#parts.db, signal, (whileMine) => this.#watch(whileMine));
  }

  /** Runs checks at once. Empty when this process does not watch. */
  async runNow(ids: readonly string[]): Promise<Map<string, StoredResult>> {
    const late = Promise.withResolvers<null>();
    const timer = setTimeout(() => late.resolve(null), patienceMs);
    const engine = this.#engine ?? (await Promise.race([this.#begun.promise, late.promise]));
    clearTimeout(timer);
    if (engine === null) return new Map();
    // A check that was added a moment ago may not be on the list yet.
    await engine.reload();
    return engine.runNow(ids);
  }

  /** How the watch is doing, or null when this process does not watch. */
  health(): ReturnType<Engine['health']> | null {
    return this.#engine?.health() ?? null;
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { db, live, log, clock } = this.#parts;
    const results = resultStore(db);
    const keepDays = () => results.keepDays(clock.now(), retainedDays);
    await keepDays();
    const recorder = new Recorder({
      store: { addAll: (rows) => results.addAll(rows), addSeries: (rows) => results.addSeries(rows), keepDays },
      live,
      log,
    });
    const list = new WatchList({
      needs: this.#parts.needs,
      store: {
        all: async () => (await checkStore(db).all()).map((check) => this.#open(check)),
        series: (numbers) => results.series(numbers),
      },
    });
    const writer = new StateWriter({
      flush: () => recorder.flush(),
      settle: (settled) => settleState(this.#parts, settled),
      settleFirst: (settled) => settleFirstUps(this.#parts, settled),
      log,
    });
    const engine = new Engine({ ...this.#parts, list, recorder, writer });
    live.onWake(watchDuty, () => this.#reload(engine), signal);
    this.#engine = engine;
    this.#begun.resolve(engine);
    try {
      await engine.work(signal);
    } finally {
      this.#engine = null;
      this.#begun = Promise.withResolvers();
    }
  }

  /** The check with its secrets in clear, as a run needs it. Sealed with another key, it goes without them. */
  #open(check: StoredCheck): StoredCheck {
    const kind = kinds.get(check.kind);
    if (kind === undefined) return check;
    try {
      return { ...check, settings: openSecrets(kind, check.settings, this.#parts.vault) };
    } catch (error) {
      this.#parts.log.error({ check: check.id, error }, 'the secrets of a check were sealed with another vault key');
      return check;
    }
  }

  #reload(engine: Engine): void {
    engine
      .reload()
      .catch((error: unknown) => this.#parts.log.error({ error }, 'the list of checks could not be read again'));
  }
}
