/*
 * Advice: what is odd about measurements, when what has a limit will be full, and what is recommended, each with what it rests on.
 * Words: anomaly, policy, normal, forecast, limit, recommendation, finding.
 * It measures nothing, opens no incident by itself and changes nothing: it tells, and the watch alarms where a policy says so.
 */
import type { advice } from '#contract/advice.ts';
import type { Fact } from '#contract/facts.ts';
import type { Duty } from '#platform/duties.ts';
import type { Caller } from '#platform/caller.ts';
import type { Handlers } from '#platform/handlers.ts';
import { Refusal } from '#platform/refusal.ts';
import { advise, lookNow } from './advise.ts';
import { anomalyHandlers } from './anomaly-handlers.ts';
import { decide } from './decide.ts';
import { foresee, limitOf } from './foresee.ts';
import { forecastHandlers } from './forecast-handlers.ts';
import { logHandlers } from './log-handlers.ts';
import { noteRun } from './note-run.ts';
import type { AdviceParts } from './parts.ts';
import { usualPolicy } from './policy.ts';
import { forecastStore } from './store-forecast.ts';
import { memoryStore } from './store-memory.ts';
import { policyStore } from './store-policy.ts';
import { recommend } from './recommend.ts';
import { recommendationStore, type StoredRecommendation } from './store-recommendation.ts';
import type { Telling } from './tell-forecast.ts';
import { tellRecommendation } from './tell-recommendation.ts';

export type { Needs } from './needs.ts';

export interface AdviceModule {
  readonly handlers: Handlers<typeof advice>;
  readonly duties: readonly Duty[];
  /** The reaction to a run that ended: what was accepted and is carried out by it is done. */
  readonly noteRun: (fact: Fact<'upkeep.runEnded'>) => Promise<void>;
  /** Foresees and recommends once, by the clock as it stands: for a past that is played. */
  readonly lookOnce: () => Promise<void>;
}

const hourMs = 3_600_000;
const mostAtOnce = 500;

function recommendationHandlers(parts: AdviceParts): Handlers<typeof advice>['recommendations'] {
  const { db, needs, zone } = parts;
  const found = async (id: string) => {
    const each = await recommendationStore(db).get(id);
    if (each === null) throw new Refusal('not_found');
    return each;
  };
  const openProblem = async (each: StoredRecommendation, telling: Telling, caller: Caller): Promise<void> => {
    const { title, finding, remedy } = tellRecommendation(each, telling);
    const incidents = each.links.filter(({ kind }) => kind === 'ticket').map((link) => link.id);
    const problem = { title, description: `${finding}\n\n${remedy}`, about: each.about, incidents };
    await recommendationStore(db).noteProblem(each.id, await needs.openProblem(problem, caller));
  };
  return {
    async list(input, { language }) {
      const { items, ...page } = await recommendationStore(db).list(input);
      return { items: items.map((each) => tellRecommendation(each, { language, zone, needs })), ...page };
    },
    get: async ({ id }, { language }) => tellRecommendation(await found(id), { language, zone, needs }),
    async accept({ id }, caller) {
      const telling = { language: caller.language, zone, needs };
      // Decided first: of two who accept at once, one opens the problem.
      const accepted = await decide(parts, { what: 'accept', id }, caller);
      if (accepted.kind !== 'recurrentIncident' || accepted.ticketId !== null)
        return tellRecommendation(accepted, telling);
      try {
        await openProblem(accepted, telling, caller);
      } catch (error) {
        await decide(parts, { what: 'reopen', id }, caller);
        throw error;
      }
      return tellRecommendation(await found(id), telling);
    },
    done: async ({ id }, caller) =>
      tellRecommendation(await decide(parts, { what: 'done', id }, caller), { language: caller.language, zone, needs }),
    decline: async ({ id, reason }, caller) =>
      tellRecommendation(await decide(parts, { what: 'decline', id, reason }, caller), {
        language: caller.language,
        zone,
        needs,
      }),
    reopen: async ({ id }, caller) =>
      tellRecommendation(await decide(parts, { what: 'reopen', id }, caller), {
        language: caller.language,
        zone,
        needs,
      }),
  };
}

/** How far everything is. */
function tellStanding({ db, clock }: AdviceParts): Handlers<typeof advice>['standing'] {
  return async () => {
    const policies = await policyStore(db).all();
    const { learningHours } = policies.find(({ scope }) => scope === 'all') ?? usualPolicy;
    const now = clock.now();
    const { series, judged, young, youngest } = await memoryStore(db).counts(
      new Date(now.getTime() - learningHours * hourMs),
    );
    const bounded = (await forecastStore(db).bounded()).filter((each) => limitOf(each) !== null);
    return {
      series,
      judged,
      learning: young,
      learningUntil:
        young === 0 || youngest === null ? null : new Date(youngest.getTime() + learningHours * hourMs).toISOString(),
      bounded: bounded.length,
      foreseen: bounded.filter(({ madeAt }) => madeAt !== null).length,
      recommendedAt: (await recommendationStore(db).looked())?.toISOString() ?? null,
    };
  };
}

/** Puts the module together. */
export function createAdvice(parts: AdviceParts): AdviceModule {
  return {
    handlers: {
      ...anomalyHandlers(parts),
      ...forecastHandlers(parts),
      ...logHandlers(parts),
      recommendations: recommendationHandlers(parts),
      standing: tellStanding(parts),
      async look() {
        await parts.transact((unit) => unit.wake(lookNow));
        return {};
      },
    },
    noteRun: (fact) => noteRun(parts, fact),
    async lookOnce() {
      await foresee(parts, true, mostAtOnce);
      await recommend(parts);
    },
    duties: [{ name: 'advise', everySeconds: 5, work: (signal) => advise(parts, signal) }],
  };
}
