import { z } from 'zod';
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

export const silence = z.object({
  id,
  target: namedThing.nullable(),
  checkId: id.nullable(),
  reason: z.string(),
  until: time,
  by: doer,
  createdAt: time,
});

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
    list: request({ method: 'GET', path: '/watch/silences', permission: 'watch.read', summary: 'Silences in force' })
      .input(nothing)
      .output(z.object({ items: z.array(silence) })),
    create: request({
      method: 'POST',
      path: '/watch/silences',
      permission: 'watch.act',
      summary: 'Withhold alerts of a check or of a thing until a moment',
      refusals: ['not_found'],
    })
      .input(
        z
          .object({ target: thingRef.optional(), checkId: id.optional(), reason: line(500), until: time })
          .refine((asked) => (asked.target === undefined) !== (asked.checkId === undefined), {
            params: { reason: 'one_of_target_check' },
          }),
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
