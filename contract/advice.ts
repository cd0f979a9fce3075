import { z } from 'zod';
import { anomalyRequests } from './advice-anomalies.ts';
import { forecastRequests } from './advice-forecasts.ts';
import { logRequests } from './advice-logs.ts';
import { request } from './request.ts';
import { id, line, listOf, namedThing, nothing, page, time } from './words.ts';

/** Advice: what is odd, what will be full, and what is recommended, each with what it rests on. */

export const recommendationKind = z.enum([
  'diskFilling',
  'memoryPressure',
  'cpuSaturation',
  'cpuSteal',
  'oversized',
  'poolNearLimit',
  'missingIndex',
  'slowStatement',
  'slowNameLookup',
  'slowHandshake',
  'checkTooOften',
  'checkTooNoisy',
  'certificateEnding',
  'timeDrift',
  'recurrentIncident',
]);
export type RecommendationKind = z.infer<typeof recommendationKind>;

/** `expired`: what it rested on is not there any more. */
export const recommendationState = z.enum(['open', 'accepted', 'done', 'declined', 'expired']);
export type RecommendationState = z.infer<typeof recommendationState>;

/** Something it rests on or leads to. */
const adviceLink = z.object({
  kind: z.enum(['check', 'host', 'site', 'service', 'ticket', 'runbook', 'solution', 'forecast']),
  id: z.string(),
  name: z.string(),
});

export const recommendation = z.object({
  id,
  kind: recommendationKind,
  about: namedThing.nullable(),
  title: z.string(),
  /** What was found, in a sentence. */
  finding: z.string(),
  /** What would be better afterwards, in a sentence. */
  gain: z.string(),
  /** What to do. */
  remedy: z.string(),
  /** 0 to 100: what it would bring, how certain it is, and how important what it is about. */
  weight: z.number(),
  gainShare: z.number(),
  certainty: z.number(),
  importance: z.number(),
  state: recommendationState,
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  /** Series whose charts show it. */
  series: z.array(z.number().int()),
  links: z.array(adviceLink),
  firstSeenAt: time,
  lastSeenAt: time,
  decidedAt: time.nullable(),
  decidedBy: z.string().nullable(),
  reason: z.string(),
  /** What was measured after it was done. */
  measured: z.string().nullable(),
  /** The problem that was opened for it. */
  ticketId: id.nullable(),
});
export type Recommendation = z.infer<typeof recommendation>;

/** Advice's requests. */
export const advice = {
  ...anomalyRequests,
  ...forecastRequests,
  ...logRequests,
  recommendations: {
    list: request({
      method: 'GET',
      path: '/advice/recommendations',
      permission: 'advice.read',
      summary: 'Recommendations, the weightiest first',
    })
      .input(
        z.object({
          ...page,
          state: recommendationState.optional(),
          kind: recommendationKind.optional(),
          thingId: id.optional(),
          search: z.string().max(200).optional(),
        }),
      )
      .output(listOf(recommendation)),
    get: request({
      method: 'GET',
      path: '/advice/recommendations/{id}',
      permission: 'advice.read',
      summary: 'One recommendation with what it rests on',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(recommendation),
    accept: request({
      method: 'POST',
      path: '/advice/recommendations/{id}/accept',
      permission: 'advice.act',
      summary: 'Accept a recommendation; one about recurrent incidents opens a problem',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(recommendation),
    done: request({
      method: 'POST',
      path: '/advice/recommendations/{id}/done',
      permission: 'advice.act',
      summary: 'Say that a recommendation was carried out; what it brought is measured from now on',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(recommendation),
    decline: request({
      method: 'POST',
      path: '/advice/recommendations/{id}/decline',
      permission: 'advice.act',
      summary: 'Decline a recommendation with a reason; it comes back only when there is more to it',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id, reason: line(500) }))
      .output(recommendation),
    reopen: request({
      method: 'POST',
      path: '/advice/recommendations/{id}/reopen',
      permission: 'advice.act',
      summary: 'Undo: put a recommendation that was accepted, done or declined back among the open ones',
      refusals: ['not_found', 'not_in_this_state'],
    })
      .input(z.object({ id }))
      .output(recommendation),
  },
  /** How far everything is: what was judged, foreseen and looked at, and what is still being learnt. */
  standing: request({
    method: 'GET',
    path: '/advice/standing',
    permission: 'advice.read',
    summary: 'How far advice is: series judged, still learning, foreseen; when it looked last',
  })
    .input(nothing)
    .output(
      z.object({
        series: z.number().int(),
        judged: z.number().int(),
        learning: z.number().int(),
        /** When the last of those that are learning now will be known well enough. */
        learningUntil: time.nullable(),
        bounded: z.number().int(),
        foreseen: z.number().int(),
        recommendedAt: time.nullable(),
      }),
    ),
  look: request({
    method: 'POST',
    path: '/advice/look',
    permission: 'advice.act',
    summary: 'Judge, foresee and recommend anew now, instead of at the next turn',
  })
    .input(nothing)
    .output(nothing),
};
