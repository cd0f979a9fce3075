import { z } from 'zod';
import { request } from './request.ts';
import { id, line, time } from './words.ts';

/** Watch's third noun: rules on what a check measures, how a change is confirmed, and both tried on the stored past. */

/** How a measured value is held against a limit. */
export const ruleOperator = z.enum(['above', 'atLeast', 'below', 'atMost', 'equals', 'differs']);
export type RuleOperator = z.infer<typeof ruleOperator>;

const number = z.number().min(-1e15).max(1e15);

/**
 * A limit on a measurement. Once it has been broken it counts as broken until the value is back on the good side by
 * `margin`, so that a value that trembles at the limit does not come and go.
 */
export const rule = z
  .object({
    /** Name of a measurement (`load1`, `disk:/var`); without its instance (`disk`) it holds for each of them. */
    metric: line(200),
    operator: ruleOperator,
    /** Limit from which the check is degraded; null for none. */
    degraded: number.nullable().default(null),
    /** Limit from which it is down; null for none. */
    down: number.nullable().default(null),
    /** How far, in the unit of the measurement, the value must be back before the rule is kept again. */
    margin: z.number().min(0).max(1e15).default(0),
    /** So long the value must be beyond the limit without a break. */
    forSeconds: z.number().int().min(0).max(86_400).default(0),
    /** What it means when the check runs well but does not measure this. */
    missing: z.enum(['ignore', 'unknown', 'degraded', 'down']).default('ignore'),
    /** Why the limit is where it is. */
    note: z.string().trim().max(300).default(''),
  })
  .refine((asked) => asked.degraded !== null || asked.down !== null, { params: { reason: 'one_of_degraded_down' } })
  .refine(
    ({ operator, degraded, down }) => {
      if (degraded === null || down === null) return true;
      if (operator === 'above' || operator === 'atLeast') return down >= degraded;
      return operator === 'below' || operator === 'atMost' ? down <= degraded : true;
    },
    { path: ['down'], params: { reason: 'beyond_degraded' } },
  );
export type Rule = z.infer<typeof rule>;

/** All rules of a check; a plain list, so that it can also come from a profile. */
export const rules = z.array(rule).max(50);

/** How a change is confirmed before it counts, and when a check is said to flap. */
export const sensitivity = z
  .object({
    /** Failing results in a row before a failure counts. */
    failures: z.number().int().min(1).max(100).default(3),
    /** Good results in a row before a recovery counts. */
    recoveries: z.number().int().min(1).max(100).default(2),
    /** Seconds between the quick re-checks that confirm. */
    recheckSeconds: z.number().min(1).max(3_600).default(1),
    /** Per cent of changes among the last twenty results from which it flaps; 100 for never. */
    flapStart: z.number().int().min(5).max(100).default(35),
    /** Per cent below which it flaps no more. */
    flapEnd: z.number().int().min(1).max(99).default(20),
  })
  .refine(({ flapStart, flapEnd }) => flapEnd < flapStart, {
    path: ['flapEnd'],
    params: { reason: 'below_flap_start' },
  });
export type Sensitivity = z.infer<typeof sensitivity>;

/** What Vigie may say or ask when a check's numbers are judged. */
const calm = z.object({
  rules,
  sensitivity,
  intervalSeconds: z.number(),
  /** What the check measures, to choose from. */
  metrics: z.array(z.object({ name: z.string(), label: z.string(), unit: z.string(), last: z.number().nullable() })),
});

/** One time at which the check would have raised, or did raise, an alert. */
export const firing = z.object({
  from: time,
  /** Null when it lasts to the end of what was replayed. */
  until: time.nullable(),
  state: z.enum(['degraded', 'down']),
  summary: z.string(),
});

/** What a rule would have done. */
export const rehearsal = z.object({
  from: time,
  until: time,
  /** From where on single results were replayed; before that only means of longer spans are kept. */
  rawFrom: time,
  /** Seconds of one step before `rawFrom`; null when nothing older is kept. */
  rolledSeconds: z.number().nullable(),
  /** The interval by which the past was measured, and the one that was tried. A shorter one would have seen more than is known. */
  measuredSeconds: z.number(),
  triedSeconds: z.number(),
  /** What it did as it stands. */
  was: z.object({ count: z.number().int(), seconds: z.number() }),
  /** What it would have done. */
  wouldBe: z.object({ count: z.number().int(), seconds: z.number() }),
  firings: z.array(firing),
  /** How often it fired, and would have fired, in each day since `from`; all of them, also those cut off the list. */
  perDay: z.array(z.object({ day: time, was: z.number().int(), wouldBe: z.number().int() })),
  /** Firings in `wouldBe` that were cut off the list. */
  more: z.number().int(),
  /** Alerts of that time whose incident somebody took, worked on or explained. */
  tickets: z.object({
    kept: z.number().int(),
    lost: z.number().int(),
    /** How much later (or, when negative, earlier) the kept ones would have come, the median. */
    laterSeconds: z.number().nullable(),
    items: z.array(
      z.object({
        ticketId: id,
        number: z.number().int(),
        title: z.string(),
        at: time,
        kept: z.boolean(),
        laterSeconds: z.number().nullable(),
      }),
    ),
  }),
  /** True when time ran out before the whole past was replayed. */
  cut: z.boolean(),
});
export type Rehearsal = z.infer<typeof rehearsal>;

/** Part of watch's requests. */
export const ruleRequests = {
  rules: {
    get: request({
      method: 'GET',
      path: '/watch/checks/{id}/rules',
      permission: 'watch.read',
      summary: 'The rules of a check and how its changes are confirmed',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(calm),
    set: request({
      method: 'PUT',
      path: '/watch/checks/{id}/rules',
      permission: 'watch.write',
      summary: 'Set the rules of a check and how its changes are confirmed',
      refusals: ['not_found'],
    })
      .input(
        z.object({
          id,
          rules: rules.optional(),
          sensitivity: sensitivity.optional(),
          intervalSeconds: z.number().min(1).max(86_400).optional(),
        }),
      )
      .output(calm),
    rehearse: request({
      method: 'POST',
      path: '/watch/checks/{id}/rules/rehearsal',
      permission: 'watch.read',
      summary: 'Try rules, confirmation and interval on what is stored of the past, without changing anything',
      refusals: ['not_found', 'busy'],
      changes: false,
    })
      .input(
        z.object({
          id,
          rules: rules.optional(),
          sensitivity: sensitivity.optional(),
          intervalSeconds: z.number().min(1).max(86_400).optional(),
          days: z.number().int().min(1).max(730).default(30),
        }),
      )
      .output(rehearsal),
  },
};
