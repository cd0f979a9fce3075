import { v7 as uuid } from 'uuid';
import { tellAnomaly as anomalySentence } from '#analyse/anomalies/tell-anomaly.ts';
import type { advice } from '#contract/advice.ts';
import type { ToldAnomaly, ToldPolicy } from '#contract/advice-anomalies.ts';
import type { Language } from '#contract/words.ts';
import { actorOf } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import * as en from '#texts/en/advice.ts';
import * as fr from '#texts/fr/advice.ts';
import type { AdviceParts } from './parts.ts';
import { normalOf } from './normal.ts';
import { learningUntil, policyFor, usualPolicy, type Policy } from './policy.ts';
import { anomalyStore, type FullAnomaly } from './store-anomaly.ts';
import { memoryStore } from './store-memory.ts';
import { normalStore, type FullNormal } from './store-normal.ts';
import { policyStore, type StoredPolicy } from './store-policy.ts';
import { tellAlarms } from './tell-alarms.ts';

const texts = { en: en.advice, fr: fr.advice };
const missing = (): never => {
  throw new Refusal('not_found');
};

function tellOne({ needs, zone }: AdviceParts, each: FullAnomaly, language: Language): ToldAnomaly {
  const { kind, expected, seen } = each;
  return {
    id: each.id,
    seriesId: each.seriesId,
    checkId: each.checkId,
    checkName: each.checkName,
    target: each.target,
    label: needs.labelOf(each.checkKind, each.series, language),
    unit: each.unit,
    kind,
    sentence: anomalySentence({ kind, expected, seen, sinceMs: each.since.getTime() }, language, zone, (value) =>
      needs.amount(language, value, each.unit),
    ),
    expected,
    seen,
    score: Number(each.score.toPrecision(3)),
    since: each.since.toISOString(),
    at: each.at.toISOString(),
    overAt: each.overAt?.toISOString() ?? null,
    overWhy: each.overWhy,
    alerting: each.alerting,
  };
}

function tellNormal({ needs }: AdviceParts, each: FullNormal, language: Language) {
  return {
    id: each.id,
    seriesId: each.seriesId,
    checkId: each.checkId,
    checkName: each.checkName,
    label: needs.labelOf(each.checkKind, each.series, language),
    unit: each.unit,
    anomalyId: each.anomalyId,
    about: each.about,
    low: each.low,
    high: each.high,
    reason: each.reason,
    by: each.by,
    at: each.at.toISOString(),
    spared: each.spared,
    lastSparedAt: each.lastSparedAt?.toISOString() ?? null,
  };
}

function tellPolicy(each: Policy | StoredPolicy, language: Language): ToldPolicy {
  const { scope, key, mode, learningHours, leastShare, leastAmount } = each;
  const own = { scope, key, mode, learningHours, leastShare, leastAmount };
  if (!('changedAt' in each)) return { ...own, name: texts[language].policies.usual, changedAt: null, changedBy: '' };
  const name = scope === 'all' ? texts[language].policies.all : each.name;
  return { ...own, name, changedAt: each.changedAt.toISOString(), changedBy: each.changedBy };
}

function seenHandlers(parts: AdviceParts): Pick<Handlers<typeof advice>, 'anomalies' | 'normals'> {
  const { db, transact, clock } = parts;
  return {
    anomalies: {
      async list(input, { language }) {
        const { items, ...page } = await anomalyStore(db).list(input);
        return { items: items.map((each) => tellOne(parts, each, language)), ...page };
      },
      get: async ({ id }, { language }) => tellOne(parts, (await anomalyStore(db).get(id)) ?? missing(), language),
      async normal({ id, reason }, caller) {
        const { id: byId, name: by } = actorOf(caller);
        const at = clock.now();
        const { normal, checkId } = await transact(async (unit) => {
          const odd = (await anomalyStore(unit.db).get(id)) ?? missing();
          const known = { ...normalOf(odd), id: uuid(), seriesId: odd.seriesId, anomalyId: id };
          await normalStore(unit.db).add({ ...known, reason, by, byId, at, spared: 0, lastSparedAt: null });
          await anomalyStore(unit.db).endNormal(odd.seriesId, known, at);
          await unit.live('advice.anomaly', odd.checkId);
          return { normal: (await normalStore(unit.db).get(known.id)) ?? missing(), checkId: odd.checkId };
        });
        await tellAlarms(parts, [checkId]);
        return tellNormal(parts, normal, caller.language);
      },
    },
    normals: {
      async list({ checkId }, { language }) {
        return { items: (await normalStore(db).list(checkId)).map((each) => tellNormal(parts, each, language)) };
      },
      async end({ id }, caller) {
        const { name } = actorOf(caller);
        await transact(async (unit) => {
          const known = (await normalStore(unit.db).get(id)) ?? missing();
          await normalStore(unit.db).end(id, name, clock.now());
          await unit.live('advice.anomaly', known.checkId);
        });
        return {};
      },
    },
  };
}

/** Alarms that no policy wants any more are taken back. */
async function followPolicies(parts: AdviceParts): Promise<void> {
  const policies = await policyStore(parts.db).all();
  await parts.transact(async (unit) => {
    const store = anomalyStore(unit.db);
    const unwanted = (await store.openAlerting()).filter(({ check }) => policyFor(check, policies).mode !== 'alert');
    await store.calm(unwanted.map(({ id }) => id));
    await unit.live('advice.policy', null);
  });
  await tellAlarms(parts, null);
}

function policyHandlers(parts: AdviceParts): Handlers<typeof advice>['policies'] {
  const { db, transact, clock, needs } = parts;
  const found = async (scope: Policy['scope'], key: string): Promise<Policy | StoredPolicy> =>
    (await policyStore(db).all()).find((each) => each.scope === scope && each.key === key) ?? usualPolicy;
  return {
    async list(_input, { language }) {
      const all = await policyStore(db).all();
      const whole: (Policy | StoredPolicy)[] = all.some(({ scope }) => scope === 'all') ? all : [usualPolicy, ...all];
      return { items: whole.map((each) => tellPolicy(each, language)) };
    },
    async ofCheck({ checkId }, { language }) {
      const check = (await anomalyStore(db).check(checkId)) ?? missing();
      const policy = policyFor(check, await policyStore(db).all());
      const [series, memories] = await Promise.all([
        memoryStore(db).series([check.number]),
        memoryStore(db).ofCheck(check.number),
      ]);
      const known = new Map(memories.map((each) => [each.seriesId, each]));
      const now = clock.now();
      return {
        policy: tellPolicy(policy, language),
        series: series.map(({ id, name }) => {
          const memory = known.get(id);
          const until = memory === undefined ? null : learningUntil(memory.firstAt, policy);
          return {
            seriesId: id,
            label: needs.labelOf(check.kind, name, language),
            samples: memory?.samples ?? 0,
            judgedUntil: memory?.until.toISOString() ?? null,
            learningUntil: until === null || until <= now ? null : until.toISOString(),
          };
        }),
      };
    },
    async set(input, caller) {
      const key = input.scope === 'all' ? '' : input.key;
      await transact(async (unit) => {
        const store = policyStore(unit.db);
        if ((input.scope === 'check' || input.scope === 'profile') && !(await store.isThere(input.scope, key)))
          missing();
        if (input.scope === 'kind' && key === '') missing();
        await store.set({ ...input, key }, actorOf(caller).name, clock.now());
      });
      await followPolicies(parts);
      return tellPolicy(await found(input.scope, key), caller.language);
    },
    async remove({ scope, key }) {
      await transact(async (unit) => {
        const store = policyStore(unit.db);
        const all = await store.all();
        if (!all.some((each) => each.scope === scope && (each.key === key || scope === 'all'))) missing();
        await store.remove(scope, scope === 'all' ? '' : key);
      });
      await followPolicies(parts);
      return {};
    },
  };
}

/** The requests about anomalies, policies and what is normal. */
export function anomalyHandlers(
  parts: AdviceParts,
): Pick<Handlers<typeof advice>, 'anomalies' | 'normals' | 'policies'> {
  return { ...seenHandlers(parts), policies: policyHandlers(parts) };
}
