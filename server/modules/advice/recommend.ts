import { v7 as uuid } from 'uuid';
import type { Clock } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import type { Transact } from '#platform/outbox.ts';
import type { Finding } from './finding.ts';
import { gatherWorld } from './gather-world.ts';
import type { Needs } from './needs.ts';
import { importanceShare, stateWhenFound, stateWhenGone, weightOf } from './recommendation.ts';
import { runbookWords } from './runbook-words.ts';
import { recommenders } from './recommenders/recommenders.ts';
import { recommendationStore, type StoredRecommendation } from './store-recommendation.ts';

interface Parts {
  readonly db: Database<'advice'>;
  readonly transact: Transact<'advice'>;
  readonly clock: Clock;
  readonly needs: Needs;
}

const dayMs = 86_400_000;
/** What a remedy brought shows after a day, and is measured anew for a fortnight. */
const measureFromMs = dayMs;
const measureForMs = 14 * dayMs;
const beforeMs = 7 * dayMs;

const keyOf = ({ kind, subject }: Pick<Finding, 'kind' | 'subject'>): string => `${kind} ${subject}`;

/** Looks for recommendations anew: what is found is kept up, what is not found any more expires. */
export async function recommend(parts: Parts): Promise<void> {
  const { transact, clock, needs } = parts;
  const now = clock.now();
  const world = await gatherWorld(parts, now);
  const found = await withRunbooks(
    needs,
    recommenders.flatMap((recommender) => recommender(world)),
  );
  const keys = new Set(found.map(keyOf));
  const affected = await needs.importanceOfAffected(found.map(({ about }) => (about === null ? [] : [about])));
  const before = await transact(async (unit) => {
    const store = recommendationStore(unit.db);
    // Held, so that what somebody decides meanwhile comes before or after all this, and is never written over.
    const held = await store.holdAll();
    const known = new Map(held.map((each) => [keyOf(each), each]));
    for (const [place, finding] of found.entries()) {
      const importance = importanceShare(affected[place] ?? []);
      const standing = known.get(keyOf(finding)) ?? null;
      await store.put({
        ...finding,
        id: standing?.id ?? uuid(),
        importance,
        weight: weightOf(finding, importance),
        state: stateWhenFound(standing, finding),
        firstSeenAt: standing?.firstSeenAt ?? now,
        lastSeenAt: now,
      });
    }
    for (const each of held) {
      const next = stateWhenGone(each.state);
      if (!keys.has(keyOf(each)) && next !== each.state) await store.setState(each.id, next);
    }
    await store.noteLooked(now);
    await unit.live('advice.recommendation', null);
    return held;
  });
  for (const each of before) if (each.state === 'done') await measureGain(parts, each, now);
}

/** Each with the runbook that would carry it out, where there is one. */
async function withRunbooks(needs: Needs, findings: readonly Finding[]): Promise<Finding[]> {
  const fitting = new Map<string, Finding['links'][number] | null>();
  for (const kind of new Set(findings.map((each) => each.kind))) {
    const words = runbookWords[kind];
    const runbook = words === undefined ? null : await needs.runbookFor(words);
    fitting.set(kind, runbook === null ? null : { kind: 'runbook', ...runbook });
  }
  return findings.map((each) => {
    const link = fitting.get(each.kind) ?? null;
    return link === null ? each : { ...each, links: [...each.links, link] };
  });
}

/** What the first of its series was like in the week before it was done, and since. */
async function measureGain(
  { transact, needs }: Parts,
  { id, decidedAt, series: [first] }: StoredRecommendation,
  now: Date,
): Promise<void> {
  if (decidedAt === null || first === undefined) return;
  const sinceMs = now.getTime() - decidedAt.getTime();
  if (sinceMs < measureFromMs || sinceMs > measureForMs) return;
  const meanOf = async (from: Date, until: Date): Promise<number | null> => {
    const [measured] = await needs.measured([first], { from, until, points: 200 });
    const values = measured?.mean.filter((value) => value !== null) ?? [];
    return values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
  };
  const was = await meanOf(new Date(decidedAt.getTime() - beforeMs), decidedAt);
  const is = await meanOf(decidedAt, now);
  if (was === null || is === null) return;
  await transact(async (unit) => {
    await recommendationStore(unit.db).setMeasured(id, was, is, now);
    await unit.live('advice.recommendation', id);
  });
}
