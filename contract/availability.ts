import { z } from 'zod';
import { request } from './request.ts';
import { id, time } from './words.ts';

/** Watch's fourth noun: how much of a period something was there, as far as that is known. */

/** Why minutes are left out of a figure. */
export const exclusionKind = z.enum(['maintenance', 'ours', 'paused']);
export type ExclusionKind = z.infer<typeof exclusionKind>;

const percent = z.number().min(0).max(100);

/** The seconds of a period that count; up, down and unknown make it up. Degraded is part of up, unreachable of down. */
export const countedSeconds = z.object({
  counted: z.number(),
  up: z.number(),
  degraded: z.number(),
  down: z.number(),
  downLeast: z.number(),
  downMost: z.number(),
  unreachable: z.number(),
  unknown: z.number(),
});

export const availability = z.object({
  id,
  kind: z.enum(['check', 'site', 'host', 'service']),
  name: z.string(),
  /** For a check: what it is on. */
  of: z.string(),
  /**
   * Per cent of the known time in which it was there: between the two, because a change happened somewhere between two
   * results. Null when nothing is known.
   */
  low: percent.nullable(),
  high: percent.nullable(),
  seconds: countedSeconds,
  outages: z.number().int(),
  longestOutageSeconds: z.number(),
  /** What was left out, and why. */
  exclusions: z.array(z.object({ kind: exclusionKind, why: z.string(), seconds: z.number(), count: z.number().int() })),
  /** What the figure is made of. */
  basis: z.enum(['check', 'ping', 'checks', 'hosts', 'mean', 'nothing']),
  /** The checks in it. */
  checks: z.number().int(),
});
export type Availability = z.infer<typeof availability>;

/** Part of watch's requests. */
export const availabilityRequests = {
  availability: request({
    method: 'GET',
    path: '/watch/availability',
    permission: 'watch.read',
    summary: 'How much of a period checks or things were there: up, down and not known, with what was left out and why',
    refusals: ['not_found'],
  })
    .input(
      z
        .object({
          of: z.enum(['check', 'site', 'host', 'service']).default('host'),
          ids: z.array(id).max(1_000).optional(),
          /** Only the checks of this thing, when checks are asked for. */
          thingId: id.optional(),
          from: time,
          until: time,
        })
        .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
          path: ['until'],
          params: { reason: 'after_from' },
        }),
    )
    .output(
      z.object({
        from: time,
        until: time,
        items: z.array(availability),
        /** True when there is more than is told. */
        cut: z.boolean(),
      }),
    ),
};
