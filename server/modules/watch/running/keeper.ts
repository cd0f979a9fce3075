import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { LiveLine } from '#platform/live-line.ts';
import type { Log } from '#platform/log.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Vault } from '#platform/vault.ts';
import type { ProbeTools } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { runsDone, runsWanted, untilDoneMs } from './ask-runs.ts';
import { BeatBook } from '../checks/beat-book.ts';
import { BlindBook } from './blind-book.ts';
import { Engine } from './engine.ts';
import { insideKnowledge } from './inside-knowledge.ts';
import { watchDuty } from '../checks/keep-check.ts';
import { LogBooks } from '../logs/log-books.ts';
import { logStore } from '../logs/store-log.ts';
import type { Needs } from '../needs.ts';
import { Recorder } from './recorder.ts';
import { openSecrets } from '../checks/secret-settings.ts';
import { beatTaken } from '../checks/take-beat.ts';
import { settleFirstUps, settleStates } from '../states/settle-state.ts';
import { StateWriter } from '../states/state-writer.ts';
import { authorityStore } from '../checks/store-authority.ts';
import { availabilityStore } from '../calm/store-availability.ts';
import { beatStore } from '../checks/store-beat.ts';
import { checkStore } from '../checks/store-check.ts';
import { engineStore } from './store-engine.ts';
import { whileWatching } from './store-ownership.ts';
import { resultStore } from './store-result.ts';
import { WatchList } from './watch-list.ts';
import type { StoredCheck } from '../watched-check.ts';

interface Parts {
  readonly db: Database<'watch'>;
  readonly transact: Transact<'watch'>;
  readonly clock: Clock;
  readonly live: LiveLine;
  readonly log: Log;
  readonly needs: Needs;
  readonly tools: ProbeTools;
  readonly vault: Vault;
  /** Has heaps moved together, or no longer. */
  readonly keepHeapsDense: (wanted: boolean) => void;
}

/** The estate changed: where checks look, and what they need, is read again. */
export const surroundingsDuty = 'watch surroundings';

/** Watches until the signal aborts; returns early when another process does. */
export async function keepWatch(parts: Parts, signal: AbortSignal): Promise<void> {
  await whileWatching(parts.db, signal, (whileMine) => watch(parts, whileMine));
}

const watchingBeatMs = 5_000;

async function watch(parts: Parts, signal: AbortSignal): Promise<void> {
  const { live, log } = parts;
  const { engine, list, beats, blind } = createEngine(parts);
  const failed = (what: string) => (error: unknown) => log.error({ error }, what);
  const reload = (): void => void engine.reload().catch(failed('the list of checks could not be read again'));
  live.onWake(watchDuty, reload, signal);
  live.onWake(surroundingsDuty, () => (list.doubtSurroundings(), reload()), signal);
  const answer = (): void => void answerRuns(parts, engine).catch(failed('checks that were asked for did not run'));
  live.onWake(runsWanted, answer, signal);
  await resultStore(parts.db).keepDays(parts.clock.now());
  const takeBeat = async (id: string | null): Promise<void> => {
    if (id === null) return beats.begin();
    await beats.renew(id);
    engine.hurry(id);
  };
  live.onWake(beatTaken, (id) => void takeBeat(id).catch(failed('a call was not read')), signal);
  await Promise.all([beats.begin(), blind.begin(parts.clock.now())]);
  const beating = setInterval(() => void blind.flush(parts.clock.now()), watchingBeatMs);
  try {
    // What is on the list already runs while the rest of it is read.
    const failing = new AbortController();
    const beginning = engine.begin().then(answer, (error: unknown) => {
      failing.abort();
      throw error;
    });
    const working = engine.work(AbortSignal.any([signal, failing.signal]));
    for (const end of await Promise.allSettled([beginning, working])) if (end.status === 'rejected') throw end.reason;
  } finally {
    clearInterval(beating);
    await blind.flush(parts.clock.now());
  }
}

function createEngine(parts: Parts) {
  const { db, log, clock, tools } = parts;
  const results = resultStore(db);
  const engineRows = engineStore(db);
  const recorder = new Recorder({
    store: {
      addAll: (rows, checks) => results.addAll(rows, { at: clock.now(), checks }),
      addSeries: (rows) => results.addSeries(rows),
      keep: (kept) => engineRows.keep(kept),
      keepDays: () => results.keepDays(clock.now()),
    },
    log,
  });
  const list = new WatchList({
    needs: parts.needs,
    store: {
      async versions() {
        tools.believe((await authorityStore(db).all()).map(({ certificate }) => certificate));
        return engineRows.versions();
      },
      byIds: async (ids) => (await checkStore(db).byIds(ids)).map((check) => openCheck(parts, check)),
      series: (numbers) => results.series(numbers),
      kept: (numbers) => engineRows.kept(numbers),
      noteLeave: (id, address) => engineRows.noteLeave(id, address),
      noteSecretAddress: (id, address) => engineRows.noteSecretAddress(id, address),
    },
  });
  const writer = new StateWriter({
    flush: () => recorder.flush(),
    settle: (settled) => settleStates(parts, settled),
    settleFirst: (settled) => settleFirstUps(parts, settled),
    log,
  });
  const tellPulse = (figures: object): Promise<void> => engineRows.tellPulse(clock.now(), figures);
  const beats = new BeatBook(beatStore(db));
  const blind = new BlindBook({ ...availabilityBook(db), log });
  const inside = insideKnowledge({ list, clock, beats: beats.last, invented: parts.needs.inventedRun !== undefined });
  const logs = new LogBooks({ store: logStore(db), log });
  const engine = new Engine({ ...parts, list, recorder, writer, tellPulse, inside, blind, logs });
  return { engine, list, beats, blind };
}

function availabilityBook(db: Database<'watch'>): Pick<ConstructorParameters<typeof BlindBook>[0], 'add' | 'beat'> {
  const store = availabilityStore(db);
  return { add: (spans) => store.addBlind(spans), beat: (at) => store.beat(at) };
}

/** The check with its secrets in clear, as a run needs it. Sealed with another key, it goes without them. */
function openCheck({ vault, log }: Parts, check: StoredCheck): StoredCheck {
  const kind = kinds.get(check.kind);
  if (kind === undefined) return check;
  try {
    return { ...check, settings: openSecrets(kind, check.settings, vault) };
  } catch (error) {
    log.error({ check: check.id, error }, 'the secrets of a check were sealed with another vault key');
    return check;
  }
}

/** Runs what others have asked for, and tells them. */
async function answerRuns({ db, clock, transact }: Parts, engine: Engine): Promise<void> {
  const now = clock.now();
  const wanted = await engineStore(db).requests.take(now, new Date(now.getTime() - untilDoneMs));
  if (wanted.length === 0) return;
  // A check that was added a moment ago may not be on the list yet.
  await engine.reload();
  await Promise.all(
    wanted.map(async ({ id, checkIds }) => {
      const results = await engine.runNow(checkIds);
      await transact(async (unit) => {
        await engineStore(unit.db).requests.answer(id, results);
        await unit.wake(runsDone);
      });
    }),
  );
}
