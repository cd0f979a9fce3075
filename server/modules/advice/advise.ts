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
/** Forecasts made in one turn: a second or two of a thread beside. */
const foreseenAtOnce = 10;
/** Anomalies are kept a little longer than a year. */
const keptMs = 400 * 86_400_000;
const recommendEveryMs = 3_600_000;
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
  let pauseMs = firstTurnMs;
  await attempt('alarms of anomalies were not brought in line', () => tellAlarms(parts, null));
  while (!signal.aborted) {
    if (!asked) await pause(pauseMs, woken.promise);
    pauseMs = turnMs;
    woken = Promise.withResolvers();
    const all = asked;
    asked = false;
    await attempt('series were not judged', () => judging.turn(all));
    await attempt('limits were not foreseen', () => foresee(parts, all, all ? 500 : foreseenAtOnce));
    if (all || (await recommendationsAreOld(parts)))
      await attempt('recommendations were not looked for', () => lookAround(parts));
  }
  await judging.save().catch((error: unknown) => log.error({ error }, 'what was judged last was not stored'));
}

async function recommendationsAreOld({ db, clock }: AdviceParts): Promise<boolean> {
  const looked = await recommendationStore(db)
    .looked()
    .catch(() => clock.now());
  return looked === null || clock.now().getTime() - looked.getTime() >= recommendEveryMs;
}

async function lookAround(parts: AdviceParts): Promise<void> {
  await memoryStore(parts.db).forgetGone(new Date(parts.clock.now().getTime() - keptMs));
  await forecastStore(parts.db).forgetGone();
  await recommend(parts);
}

async function pause(ms: number, until: Promise<void>): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, ms);
  await Promise.race([over.promise, until]);
  clearTimeout(timer);
}
