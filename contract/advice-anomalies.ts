import { z } from 'zod';
import { request } from './request.ts';
import { id, line, listOf, namedThing, nothing, page, text, thingKind, time } from './words.ts';

/** Advice's first noun: what is odd about measurements, how that is judged, and what somebody said is normal. */

export const anomalyKind = z.enum(['level', 'trend', 'spike', 'spread', 'season', 'pattern', 'silence', 'stuck']);

const seriesId = z.coerce.number().int().min(1).max(2_147_483_647);

export const anomaly = z.object({
  id,
  seriesId: z.number().int(),
  checkId: id,
  checkName: z.string(),
  target: namedThing.nullable(),
  label: z.string(),
  unit: z.string(),
  kind: anomalyKind,
  /** What was expected, what was seen, and since when. */
  sentence: z.string(),
  expected: z.number(),
  seen: z.number(),
  /** From 0.5 to 1. */
  score: z.number(),
  since: time,
  /** The sample by which it was noticed. */
  at: time,
  overAt: time.nullable(),
  /** `back` to usual; `learnt`: it has been so for a day, and is the usual now; `normal`: somebody said so. */
  overWhy: z.enum(['back', 'learnt', 'normal', 'removed']).nullable(),
  /** By its policy it is an alert of its check while it goes on. */
  alerting: z.boolean(),
});
export type ToldAnomaly = z.infer<typeof anomaly>;

/** `off`: not judged; `mark`: shown on charts and in lists; `alert`: its check is degraded while it goes on. */
export const anomalyMode = z.enum(['off', 'mark', 'alert']);
export type AnomalyMode = z.infer<typeof anomalyMode>;
export const policyScope = z.enum(['all', 'kind', 'profile', 'check']);

const policyFields = {
  mode: anomalyMode,
  /** A series says nothing until it has been known for so long. */
  learningHours: z.number().int().min(0).max(2_160),
  /** What was seen has to differ from what was expected by this share of it (0.1: a tenth). */
  leastShare: z.number().min(0).max(1_000),
  /** And by this amount, in the unit of the series. */
  leastAmount: z.number().min(0).max(1e15),
};
export const anomalyPolicy = z.object({
  scope: policyScope,
  /** The name of the kind, or the id of the profile or the check; empty for all. */
  key: z.string(),
  /** What it is for, in words. */
  name: z.string(),
  ...policyFields,
  changedAt: time.nullable(),
  changedBy: z.string(),
});
export type ToldPolicy = z.infer<typeof anomalyPolicy>;

const normal = z.object({
  id,
  seriesId: z.number().int(),
  checkId: id.nullable(),
  checkName: z.string(),
  label: z.string(),
  unit: z.string(),
  anomalyId: id,
  about: z.enum(['value', 'spread', 'stuck']),
  low: z.number(),
  high: z.number(),
  reason: z.string(),
  by: z.string(),
  at: time,
  /** Anomalies that were not told because of it. */
  spared: z.number().int(),
  lastSparedAt: time.nullable(),
});

/** Part of advice's requests. */
export const anomalyRequests = {
  anomalies: {
    list: request({
      method: 'GET',
      path: '/advice/anomalies',
      permission: 'advice.read',
      summary: 'What was odd about measurements, newest first',
    })
      .input(
        z.object({
          ...page,
          open: z.stringbool().optional(),
          checkId: id.optional(),
          seriesId: seriesId.optional(),
          thingKind: thingKind.optional(),
          thingId: id.optional(),
          since: time.optional(),
        }),
      )
      .output(listOf(anomaly)),
    get: request({
      method: 'GET',
      path: '/advice/anomalies/{id}',
      permission: 'advice.read',
      summary: 'One anomaly',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(anomaly),
    normal: request({
      method: 'POST',
      path: '/advice/anomalies/{id}/normal',
      permission: 'advice.act',
      summary: 'Say that this is normal: it ends, and the like is not told again of that series',
      refusals: ['not_found'],
    })
      .input(z.object({ id, reason: text(500).default('') }))
      .output(normal),
  },
  normals: {
    list: request({
      method: 'GET',
      path: '/advice/normals',
      permission: 'advice.read',
      summary: 'What somebody said is normal, and how often it was spared since',
    })
      .input(z.object({ checkId: id.optional() }))
      .output(z.object({ items: z.array(normal) })),
    end: request({
      method: 'DELETE',
      path: '/advice/normals/{id}',
      permission: 'advice.act',
      summary: 'No longer take this for normal',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  policies: {
    list: request({
      method: 'GET',
      path: '/advice/policies',
      permission: 'advice.read',
      summary: 'How anomalies are judged: for all, by kind, by profile, by check',
    })
      .input(nothing)
      .output(z.object({ items: z.array(anomalyPolicy) })),
    /** Which policy counts for a check, and how far its series are learnt. */
    ofCheck: request({
      method: 'GET',
      path: '/advice/checks/{checkId}',
      permission: 'advice.read',
      summary: 'How the measurements of a check are judged, and what is still being learnt until when',
      refusals: ['not_found'],
    })
      .input(z.object({ checkId: id }))
      .output(
        z.object({
          policy: anomalyPolicy,
          series: z.array(
            z.object({
              seriesId: z.number().int(),
              label: z.string(),
              samples: z.number().int(),
              judgedUntil: time.nullable(),
              /** Null once it is known well enough, or as long as nothing has come. */
              learningUntil: time.nullable(),
            }),
          ),
        }),
      ),
    set: request({
      method: 'PUT',
      path: '/advice/policies',
      permission: 'advice.write',
      summary: 'Set how anomalies are judged for all, a kind, a profile or a check',
      refusals: ['not_found'],
    })
      .input(z.object({ scope: policyScope, key: z.string().max(100).default(''), ...policyFields }))
      .output(anomalyPolicy),
    remove: request({
      method: 'DELETE',
      path: '/advice/policies',
      permission: 'advice.write',
      summary: 'Judge by the next wider policy again',
      refusals: ['not_found'],
    })
      .input(z.object({ scope: policyScope, key: line(100) }))
      .output(nothing),
  },
};
