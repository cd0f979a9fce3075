import { z } from 'zod';
import { request } from './request.ts';
import { id, namedThing, thingRef, time } from './words.ts';

/** Watch: what a dependency would have done with the stored past, told before it is saved. */

export const dependencyRehearsal = z.object({
  from: time,
  until: time,
  dependent: namedThing,
  on: namedThing,
  /** Checks that would stand in the way: those of what is depended on, and of all that it depends on itself. */
  guards: z.number().int(),
  /** From where on one of them was watched; null when none is. Before that nobody can say anything. */
  guardsSince: time.nullable(),
  /** Alerts of the dependent, and of all that depends on it, that were told. */
  alerts: z.number().int(),
  /** Among them: held back for good, because what it depends on failed at the same time. */
  held: z.number().int(),
  /** Told later: what it depends on recovered first, and it went on failing. */
  later: z.number().int(),
  /** Alerts of a time in which nothing that it depends on was watched: nobody can say. */
  unknown: z.number().int(),
  /** Incidents of that time that somebody took, worked on or explained. */
  tickets: z.object({
    /** Told all the same. */
    kept: z.number().int(),
    /** Not told by themselves: the incident of what failed above them told it instead. */
    joined: z.number().int(),
    /** Nothing would have told them. */
    lost: z.number().int(),
    items: z.array(
      z.object({
        ticketId: id,
        number: z.number().int(),
        title: z.string(),
        at: time,
        fate: z.enum(['kept', 'joined', 'lost']),
      }),
    ),
  }),
  /** The alerts that would not have been told, newest first, at most 200. */
  items: z.array(
    z.object({
      alertId: id,
      checkId: id,
      checkName: z.string(),
      target: namedThing,
      at: time,
      fate: z.enum(['held', 'later']),
      /** What failed at the same time. */
      because: namedThing,
      laterSeconds: z.number().nullable(),
    }),
  ),
  /** True when there were more alerts than are looked at. */
  cut: z.boolean(),
});
export type DependencyRehearsal = z.infer<typeof dependencyRehearsal>;

/** Part of watch's requests. */
export const dependencyRequests = {
  dependencies: {
    rehearse: request({
      method: 'POST',
      path: '/watch/dependencies/rehearsal',
      permission: 'watch.read',
      summary: 'Try a dependency on the stored past: which alerts it would have held back. Nothing is changed',
      refusals: ['not_found'],
      changes: false,
    })
      .input(z.object({ dependent: thingRef, on: thingRef, days: z.number().int().min(1).max(730).default(30) }))
      .output(dependencyRehearsal),
  },
};
