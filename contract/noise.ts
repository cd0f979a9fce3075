import { z } from 'zod';
import { rules, sensitivity } from './rule.ts';
import { request } from './request.ts';
import { id, nothing } from './words.ts';

/** Watch's noise ledger: what each check has cost, and what could be changed. */

/** What a check cost in the last thirty days. */
const cost = z.object({
  checkId: id,
  name: z.string(),
  kind: z.string(),
  target: z.string(),
  alerts: z.number().int(),
  /** Delivered notices of its incidents, shared with the other checks of the same incident. */
  messages: z.number(),
  /** Well again without anybody having done anything. */
  selfHealed: z.number().int(),
  /** Somebody took the incident, and found nothing to do. */
  acknowledged: z.number().int(),
  /** A runbook ran, or a cause was written down. */
  actedUpon: z.number().int(),
});

/** A change that was tried on the past. */
const proposal = z.object({
  checkId: id,
  name: z.string(),
  target: z.string(),
  edit: z.discriminatedUnion('what', [
    z.object({ what: z.literal('failures'), from: z.number(), to: z.number() }),
    z.object({ what: z.literal('recheck'), from: z.number(), to: z.number() }),
    z.object({ what: z.literal('duration'), metric: z.string(), seconds: z.number() }),
  ]),
  /** What `rules.set` is to be given. */
  rules,
  sensitivity,
  was: z.number().int(),
  wouldBe: z.number().int(),
  kept: z.number().int(),
  laterSeconds: z.number().nullable(),
});

/** Part of watch's requests. */
export const noiseRequests = {
  noise: {
    list: request({
      method: 'GET',
      path: '/watch/noise',
      permission: 'watch.read',
      summary: 'What each check has cost in thirty days: alerts, messages, and what came of them',
    })
      .input(nothing)
      .output(z.object({ items: z.array(cost) })),
    proposals: request({
      method: 'GET',
      path: '/watch/noise/proposals',
      permission: 'watch.read',
      summary: 'The changes that would have saved most alerts and lost none that mattered, each tried on the past',
      refusals: ['busy'],
    })
      .input(nothing)
      .output(z.object({ items: z.array(proposal) })),
  },
};
