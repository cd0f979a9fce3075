import { v7 as uuid } from 'uuid';
import type { JudgedSeries, Noticed } from '#analyse/batches/judge-series.ts';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Needs } from './needs.ts';
import { isNormal, type Normal } from './normal.ts';
import { isEnough, learningUntil, type Policy } from './policy.ts';
import { anomalyStore, type FullAnomaly, type NewAnomaly } from './store-anomaly.ts';
import type { JudgedCheck } from './store-memory.ts';
import { normalStore } from './store-normal.ts';
import { tellAlarms } from './tell-alarms.ts';

interface Parts {
  readonly db: Database<'advice'>;
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
  readonly needs: Pick<Needs, 'setOdd'>;
}

interface JudgedBatch {
  readonly check: JudgedCheck;
  readonly policy: Policy;
  readonly series: readonly {
    readonly name: string;
    readonly unit: string;
    readonly judged: JudgedSeries;
    readonly firstAt: Date;
  }[];
}

/** What is noticed later than this is no news: it is marked, and alarms nobody. */
const alarmWithinMs = 3_600_000;

/** What of the noticed is worth a word, by the policy and by what was called normal. */
function worthTelling(
  { check, policy, series }: JudgedBatch,
  normals: readonly Normal[],
  now: Date,
): { told: NewAnomaly[]; spared: string[] } {
  const told: NewAnomaly[] = [];
  const spared: string[] = [];
  for (const { judged, firstAt } of series)
    for (const each of judged.noticed) {
      if (each.atMs < learningUntil(firstAt, policy).getTime() || !isEnough(each, policy)) continue;
      const normal = normals.find((one) => one.seriesId === judged.id && isNormal(each, one));
      if (normal === undefined) told.push(toStore(each, { seriesId: judged.id, check, policy, now }));
      else spared.push(normal.id);
    }
  return { told, spared };
}

function toStore(
  { atMs, sinceMs, kind, expected, seen, score, calm, overMs, overWhy }: Noticed,
  about: {
    readonly seriesId: number;
    readonly check: JudgedCheck;
    readonly policy: Policy;
    readonly now: Date;
  },
): NewAnomaly {
  const { seriesId, check, policy, now } = about;
  return {
    id: uuid(),
    seriesId,
    checkId: check.id,
    at: new Date(atMs),
    since: new Date(sinceMs),
    noticedAt: now,
    kind,
    expected,
    seen,
    score,
    calm,
    overAt: overMs === null ? null : new Date(overMs),
    overWhy,
    alerting: policy.mode === 'alert' && now.getTime() - atMs < alarmWithinMs,
  };
}

/** Stores what was noticed and what came of what went on, and lets checks alarm where that is wanted. */
export async function takeJudgements(
  parts: Parts,
  { batches, goingOn }: { readonly batches: readonly JudgedBatch[]; readonly goingOn: readonly FullAnomaly[] },
): Promise<void> {
  const now = parts.clock.now();
  const noticing = batches.filter(({ series }) => series.some(({ judged }) => judged.noticed.length > 0));
  const ids = noticing.flatMap(({ series }) => series.map(({ judged }) => judged.id));
  const normals = ids.length === 0 ? [] : await normalStore(parts.db).ofSeries(ids);
  const found = noticing.map((batch) => worthTelling(batch, normals, now));
  const told = found.flatMap((each) => each.told);
  const spared = Map.groupBy(
    found.flatMap((each) => each.spared),
    (id) => id,
  );
  const before = new Map(goingOn.map((each) => [each.id, each]));
  const changed = batches
    .flatMap(({ series }) => series.flatMap(({ judged }) => judged.changed))
    .filter(({ id, calm, overMs }) => overMs !== null || before.get(id)?.calm !== calm);
  if (told.length === 0 && spared.size === 0 && changed.length === 0) return;
  const touched = new Set([...told, ...goingOn].map(({ checkId }) => checkId));
  await parts.transact(async (unit) => {
    const store = anomalyStore(unit.db);
    await store.add(told);
    for (const { id, calm, overMs, overWhy } of changed)
      await store.follow(id, calm, overMs === null ? null : { at: new Date(overMs), why: overWhy ?? 'back' });
    for (const [id, times] of spared) await normalStore(unit.db).noteSpared(id, times.length, now);
    for (const checkId of touched) await unit.live('advice.anomaly', checkId);
  });
  await tellAlarms(parts, [...touched]);
}
