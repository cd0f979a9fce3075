import { setImmediate as immediately, setTimeout as wait } from 'node:timers/promises';
import { chunkStore, dayOf } from './store-chunk.ts';
import { isLockTimeout, type KeepingParts } from './seal-measurements.ts';
import { grainSeconds, pointStore, type Grain, type NewPoints } from './store-points.ts';
import { resultStore } from '../running/store-result.ts';
import { rollStore, type DayAgain } from './store-roll.ts';
import { StepFold, type Point } from './step-fold.ts';
import { windowStore } from './store-window.ts';
import type { Database } from '#platform/database.ts';

/**
 * Rolling up: when a UTC day is over and packed, its five minutes, hours and the day itself are made from its samples.
 * Percentiles are therefore exact in all three. Work follows what was measured; a day is done check by check.
 */

const dayMs = 86_400_000;
const checksAtOnce = 10;
const againAtOnce = 20;
const breathMs = 15;
const grains: readonly Grain[] = ['five_minutes', 'hours', 'days'];

type ByGrain = Record<Grain, Map<number, readonly Point[]>>;

/** The points of one check's day; null when nothing was measured. */
async function rollDay(db: Database<'watch'>, { checkNumber, day }: DayAgain): Promise<ByGrain | null> {
  const positions = (await resultStore(db).series([checkNumber])).map(({ position }) => position);
  const until = new Date(day.getTime() + dayMs);
  const chunks = await chunkStore(db).columns(checkNumber, positions, { from: day, until });
  if (chunks.length === 0) return null;
  const rolled: ByGrain = { five_minutes: new Map(), hours: new Map(), days: new Map() };
  for (const grain of grains) {
    const stepS = grainSeconds[grain];
    const fold = new StepFold({ firstS: day.getTime() / 1_000, stepS, steps: 86_400 / stepS }, positions.length);
    for (const { times, values } of chunks)
      for (const [place, column] of values.entries())
        for (const [index, atMs] of times.entries()) fold.addSample(place, atMs / 1_000, column[index] ?? Number.NaN);
    for (const [place, position] of positions.entries()) {
      const points = fold.points(place);
      // A check each second has 86,400 samples to be put in order for each of its series.
      await immediately();
      if (points.length > 0) rolled[grain].set(position, points);
    }
  }
  return { ...rolled, days: await wholeDay(db, { checkNumber, day }, rolled) };
}

/** Hours that were brought along know more of their day than its samples do: the day is then made from hours. */
async function wholeDay(
  db: Database<'watch'>,
  { checkNumber, day }: DayAgain,
  rolled: ByGrain,
): Promise<ByGrain['days']> {
  const until = new Date(day.getTime() + dayMs);
  const known = await pointStore(db).points('hours', checkNumber, day, until);
  const days = new Map(rolled.days);
  for (const [position, points] of known) {
    const measured = rolled.hours.get(position) ?? [];
    const times = new Set(measured.map(({ time }) => time));
    const others = points.filter(({ time }) => !times.has(time));
    if (others.length > 0) days.set(position, dayOfHours([...measured, ...others], day));
  }
  return days;
}

/** One day of its hours; the percentile is the largest of theirs. */
export function dayOfHours(hours: readonly Point[], day: Date): Point[] {
  const fold = new StepFold({ firstS: day.getTime() / 1_000, stepS: 86_400, steps: 1 }, 1);
  for (const point of hours) fold.addPoint(0, point);
  return fold.points(0);
}

async function store(
  db: Database<'watch'>,
  rolled: readonly { checkNumber: number; points: ByGrain }[],
): Promise<void> {
  for (const grain of grains) {
    const changes: NewPoints[] = rolled.map(({ checkNumber, points }) => ({ checkNumber, points: points[grain] }));
    await pointStore(db).merge(grain, changes);
  }
}

async function rollAll(db: Database<'watch'>, days: readonly DayAgain[]): Promise<void> {
  const rolled: { checkNumber: number; points: ByGrain }[] = [];
  // Rows of one statement may not meet twice: days of one check go one after the other.
  for (const each of days) {
    const points = await rollDay(db, each);
    if (points === null) continue;
    if (rolled.some(({ checkNumber }) => checkNumber === each.checkNumber)) await store(db, rolled.splice(0));
    rolled.push({ checkNumber: each.checkNumber, points });
  }
  await store(db, rolled);
}

/** Where rolling up stands. */
async function standing(db: Database<'watch'>, now: Date): Promise<{ until: Date; afterCheck: number }> {
  const today = dayOf(now.getTime());
  const known = await rollStore(db).rolled();
  if (known !== null) {
    if (known.until <= today) return known;
    // A clock that was ahead for a while must not leave days out.
    const back = { until: today, afterCheck: 0 };
    await rollStore(db).setRolled(back);
    return back;
  }
  const parts = [...(await windowStore(db).parts('chunk')), ...(await windowStore(db).parts('result_closing'))];
  const first = parts.reduce((least, { from }) => (from < least ? from : least), today);
  return { until: dayOf(first.getTime()), afterCheck: 0 };
}

/** Rolls up the next checks of the next day that is over. Returns false when there is nothing to do. */
async function rollSome({ transact, clock }: KeepingParts): Promise<boolean> {
  return transact(async ({ db }) => {
    const windows = windowStore(db);
    if (!(await windows.alone())) return false;
    const now = clock.now();
    const { until: day, afterCheck } = await standing(db, now);
    const over = new Date(day.getTime() + dayMs);
    if (over > now) return false;
    const open = [...(await windows.parts('result')), ...(await windows.parts('result_closing'))];
    if (open.some(({ from }) => from < over)) return false;
    const measured = (await windows.parts('chunk')).filter(({ until }) => until > day);
    if (measured[0] === undefined || measured[0].from >= over) {
      const next = measured[0]?.from ?? dayOf(now.getTime());
      await rollStore(db).setRolled({
        until: next < dayOf(now.getTime()) ? next : dayOf(now.getTime()),
        afterCheck: 0,
      });
      return true;
    }
    const numbers = await windows.checksAfter(afterCheck, checksAtOnce);
    const last = numbers.at(-1);
    await rollAll(
      db,
      numbers.map((checkNumber) => ({ checkNumber, day })),
    );
    await rollStore(db).setRolled(
      last === undefined ? { until: over, afterCheck: 0 } : { until: day, afterCheck: last },
    );
    return true;
  });
}

async function rollAgain({ transact }: KeepingParts): Promise<boolean> {
  return transact(async ({ db }) => {
    if (!(await windowStore(db).alone())) return false;
    const rolled = await rollStore(db).rolled();
    if (rolled === null) return false;
    const days = await rollStore(db).takeAgain(rolled.until, againAtOnce);
    await rollAll(db, days);
    return days.length > 0;
  });
}

/** Carries the hours of one check over from the table of before. Returns false when all are. */
async function carryOver({ transact }: KeepingParts): Promise<boolean> {
  return transact(async ({ db }) => {
    const rolls = rollStore(db);
    if (!(await windowStore(db).alone())) return false;
    const after = await rolls.carriedOver();
    if (after === null) return false;
    const checkNumber = await rolls.nextToCarry(after);
    if (checkNumber === null) {
      await rolls.endCarryOver();
      return false;
    }
    await mergeHours(db, checkNumber, await rolls.hoursOfBefore(checkNumber));
    await rolls.setCarriedOver(checkNumber);
    return true;
  });
}

/** Hours that were made elsewhere, with the days that follow from them. */
export async function mergeHours(
  db: Database<'watch'>,
  checkNumber: number,
  hours: ReadonlyMap<number, readonly Point[]>,
): Promise<void> {
  const days = new Map<number, Point[]>();
  for (const [position, points] of hours) {
    const byDay = Map.groupBy(points, ({ time }) => dayOf(time * 1_000).getTime());
    days.set(
      position,
      [...byDay].flatMap(([day, ofDay]) => dayOfHours(ofDay, new Date(day))),
    );
  }
  await pointStore(db).merge('hours', [{ checkNumber, points: hours }]);
  await pointStore(db).merge('days', [{ checkNumber, points: days }]);
}

/** One turn of rolling up: goes on until all that is over is done, or the signal aborts. */
export async function rollUpDays(parts: KeepingParts, signal: AbortSignal): Promise<void> {
  for (const work of [carryOver, rollSome, rollAgain])
    while (!signal.aborted && (await work(parts).catch(heldMeansLater))) await wait(breathMs);
}

function heldMeansLater(error: unknown): false {
  if (!isLockTimeout(error)) throw error;
  return false;
}

/** Drops what is kept longer than agreed, whole tables at a time; samples stay until their day is rolled up. */
export async function dropOld({ db, transact, clock }: KeepingParts): Promise<void> {
  const nowMs = clock.now().getTime();
  const { rawDays, fiveMinuteDays, hourDays, dayDays } = await rollStore(db).retention();
  const rolled = await rollStore(db).rolled();
  const floors = [
    { parent: 'chunk' as const, floorMs: Math.min(nowMs - rawDays * dayMs, rolled?.until.getTime() ?? 0) },
    { parent: 'five_minutes' as const, floorMs: nowMs - fiveMinuteDays * dayMs },
    { parent: 'hours' as const, floorMs: nowMs - hourDays * dayMs },
    { parent: 'days' as const, floorMs: nowMs - dayDays * dayMs },
  ];
  for (const { parent, floorMs } of floors)
    for (const part of await windowStore(db).parts(parent))
      if (part.until.getTime() <= floorMs)
        await transact(({ db: trx }) => windowStore(trx).dropPart(part)).catch(heldMeansLater);
}
