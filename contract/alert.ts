import { z } from 'zod';
import { tag } from './estate.ts';
import { request } from './request.ts';
import { doer, id, line, listOf, namedThing, nothing, page, thingRef, time } from './words.ts';

/** Watch's second noun: alerts, what they say of a check's state, and silences. */

/**
 * What people see. `unreachable`: its own check fails, but because something it depends on is down.
 * `unknown`: there is no trustworthy result (never ran, the probe cannot run it).
 */
export const state = z.enum(['up', 'degraded', 'down', 'unreachable', 'unknown']);
export type State = z.infer<typeof state>;

/** A confirmed failure that wants attention. All alerts with one cause share `causeKey`, and so one incident. */
export const alert = z.object({
  id,
  check: z.object({ id, name: z.string(), kind: z.string() }),
  target: namedThing,
  cause: namedThing,
  causeKey: z.string(),
  state,
  /** When the first failing result came, before confirmation: outages are measured from here. */
  failingSince: time,
  raisedAt: time,
  clearedAt: time.nullable(),
  summary: z.string(),
  output: z.string(),
  silenced: z.boolean(),
});
export type Alert = z.infer<typeof alert>;

/** When a silence ends by itself: at its moment, when all it covers is well again, or with a ticket. Its moment is always the last. */
export const silenceEnd = z.enum(['moment', 'cured', 'ticketClosed']);

export const silence = z.object({
  id,
  /** Exactly one of these five says what it covers. */
  target: namedThing.nullable(),
  checkId: id.nullable(),
  checkKind: z.string().nullable(),
  pattern: z.string().nullable(),
  /** Whatever carries it. */
  tag: z.string().nullable(),
  checkName: z.string().nullable(),
  /** What that check watches. */
  checkTarget: z.string().nullable(),
  /** With a thing or a tag, what depends on it is covered too. */
  below: z.boolean(),
  reason: z.string(),
  ends: silenceEnd,
  until: time,
  ticket: z.object({ id, number: z.number().int() }).nullable(),
  /** Alerts of something that is down are told all the same. */
  unlessWorse: z.boolean(),
  by: doer,
  createdAt: time,
  /** Who changed it last, and when. */
  changedBy: z.string().nullable(),
  changedAt: time.nullable(),
  endedAt: time.nullable(),
  endedWhy: z.enum(['moment', 'cured', 'ticketClosed', 'person']).nullable(),
  endedBy: z.string().nullable(),
  /** Alerts that it holds back now, and the first ten of them. */
  held: z.number().int(),
  holds: z.array(z.object({ checkId: id, name: z.string(), target: z.string(), state, since: time })),
});
export type Silence = z.infer<typeof silence>;

/** Part of watch's requests. */
export const alertRequests = {
  alerts: {
    list: request({ method: 'GET', path: '/watch/alerts', permission: 'watch.read', summary: 'Alerts, newest first' })
      .input(
        z.object({
          ...page,
          open: z.stringbool().optional(),
          causeKey: z.string().max(200).optional(),
          ids: z.array(id).max(500).optional(),
        }),
      )
      .output(listOf(alert)),
  },
  silences: {
    list: request({
      method: 'GET',
      path: '/watch/silences',
      permission: 'watch.read',
      summary: 'Silences in force, those that end first first; or those that have ended',
    })
      .input(z.object({ ended: z.stringbool().default(false) }))
      .output(z.object({ items: z.array(silence) })),
    create: request({
      method: 'POST',
      path: '/watch/silences',
      permission: 'watch.act',
      summary: 'Withhold alerts of a check, a thing, a tag, a kind or a name until a moment or a condition',
      refusals: ['not_found', 'nothing_failing', 'no_open_ticket'],
    })
      .input(
        z
          .object({
            target: thingRef.optional(),
            checkId: id.optional(),
            checkKind: line(50).optional(),
            /** Names of checks, with * for anything. */
            pattern: line(200).optional(),
            tag: tag.optional(),
            below: z.boolean().default(true),
            reason: line(500),
            ends: silenceEnd.default('moment'),
            /** Needed for `moment`; for a condition, the moment at which it ends in any case: 30 days when left out. */
            until: time.optional(),
            unlessWorse: z.boolean().default(false),
          })
          .refine(
            ({ target, checkId, checkKind, pattern, tag: word }) =>
              [target, checkId, checkKind, pattern, word].filter((each) => each !== undefined).length === 1,
            { params: { reason: 'one_of_target_check' } },
          )
          .refine(({ ends, until }) => ends !== 'moment' || until !== undefined, {
            path: ['until'],
            params: { reason: 'until_needed' },
          }),
      )
      .output(silence),
    change: request({
      method: 'PATCH',
      path: '/watch/silences/{id}',
      permission: 'watch.act',
      summary: 'Change a silence: what it covers, when it ends, or why',
      refusals: ['not_found', 'nothing_failing', 'no_open_ticket'],
    })
      .input(
        z
          .object({
            id,
            target: thingRef.optional(),
            checkId: id.optional(),
            checkKind: line(50).optional(),
            pattern: line(200).optional(),
            tag: tag.optional(),
            below: z.boolean().optional(),
            ends: silenceEnd.optional(),
            /** For a condition that is new, left out: 30 days from now. */
            until: time.optional(),
            reason: line(500).optional(),
            unlessWorse: z.boolean().optional(),
          })
          .refine(
            ({ target, checkId, checkKind, pattern, tag: word }) =>
              [target, checkId, checkKind, pattern, word].filter((each) => each !== undefined).length <= 1,
            { params: { reason: 'one_of_target_check' } },
          ),
      )
      .output(silence),
    end: request({
      method: 'DELETE',
      path: '/watch/silences/{id}',
      permission: 'watch.act',
      summary: 'End a silence now',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
};
