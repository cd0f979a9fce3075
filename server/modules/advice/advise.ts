import { foresee } from './foresee.ts';
import { Judging } from './judging.ts';
import type { AdviceParts } from './parts.ts';
import { recommend } from './recommend.ts';
import { forecastStore } from './store-forecast.ts';
import { whileReckoning } from './store-lease.ts';
import { memoryStore } from './store-memory.ts';
import { recommendationStore } from './store-recommendation.ts';
import { tellAlarms } from './tell-alarms.ts';

/** Somebody wants everything to be looked at now. */
export const lookNow = 'advice look now';

const turnMs = 10_000;
/** Limits are looked through this often, and at once while forecasts are still to be made. */
const foreseeEveryMs = 60_000;
/** Forecasts made in one turn: a second or two of a thread beside. */
const foreseenAtOnce = 10;
/** Anomalies are kept a little longer than a year. */
const keptMs = 400 * 86_400_000;
const recommendEveryMs = 3_600_000;
/** Recommendations rest on forecasts: so long after a start they wait for those that are still to be made. */
const patientMs = 30 * 60_000;
/** After a start the watch is let come to itself first. */
const firstTurnMs = 15_000;

/** Judges, foresees and recommends until the signal aborts; returns early when another process does. */
export function advise(parts: AdviceParts, signal: AbortSignal): Promise<void> {
  return whileReckoning(parts.db, signal, (whileMine) => keepAdvising(parts, whileMine));
}

async function keepAdvising(parts: AdviceParts, signal: AbortSignal): Promise<void> {
  const { live, log } = parts;
  const judging = new Judging(parts);
  let asked = false;
  let woken = Promise.withResolvers<void>();
  const wake = (): void => ((asked = true), woken.resolve());
  live.onWake(lookNow, wake, signal);
  signal.addEventListener('abort', () => woken.resolve(), { once: true });
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    if (signal.aborted) return;
    await work().catch((error: unknown) => log.error({ error }, what));
  };
  const steps = new Steps(parts);
  let pauseMs = firstTurnMs;
  await attempt('alarms of anomalies were not brought in line', () => tellAlarms(parts, null));
  while (!signal.aborted) {
    if (!asked) await pause(pauseMs, woken.promise);
    pauseMs = turnMs;
    woken = Promise.withResolvers();
    const all = asked;
    asked = false;
    await attempt('series were not judged', () => judging.turn(all));
    await attempt('limits were not foreseen', () => steps.foresee(all));
    await attempt('recommendations were not looked for', () => steps.lookAround(all));
  }
  await judging.save().catch((error: unknown) => log.error({ error }, 'what was judged last was not stored'));
}

/** What is done less often than each turn. One process at a time advises, so that what was done last is known here. */
class Steps {
  readonly #parts: AdviceParts;
  #foreseeAtMs = 0;
  readonly #startedMs: number;
  /** When recommendations were looked for; null when never, undefined when that was not read yet. */
  #lookedAt: Date | null | undefined;

  constructor(parts: AdviceParts) {
    this.#parts = parts;
    this.#startedMs = parts.clock.now().getTime();
  }

  /** Limits that are due, and all of them when asked for. */
  async foresee(all: boolean): Promise<void> {
    const nowMs = this.#parts.clock.now().getTime();
    if (!all && Math.abs(nowMs - this.#foreseeAtMs) < foreseeEveryMs) return;
    this.#foreseeAtMs = nowMs;
    if ((await foresee(this.#parts, all, all ? 500 : foreseenAtOnce)) >= foreseenAtOnce) this.#foreseeAtMs = 0;
  }

  async lookAround(all: boolean): Promise<void> {
    const { db, clock } = this.#parts;
    this.#lookedAt ??= await recommendationStore(db).looked();
    const isOld = this.#lookedAt === null || clock.now().getTime() - this.#lookedAt.getTime() >= recommendEveryMs;
    if (!all && !isOld) return;
    const isPatient = clock.now().getTime() - this.#startedMs < patientMs;
    if (!all && this.#foreseeAtMs === 0 && isPatient) return;
    this.#lookedAt = undefined;
    await memoryStore(db).forgetGone(new Date(clock.now().getTime() - keptMs));
    await forecastStore(db).forgetGone();
    await recommend(this.#parts);
  }
}

async function pause(ms: number, until: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  await Promise.race([over.promise, until]);
  clearTimeout(timer);
}
