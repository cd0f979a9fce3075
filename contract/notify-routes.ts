import { z } from 'zod';
import { silenceEnd } from './alert.ts';
import { priority } from './desk.ts';
import { tag } from './estate.ts';
import { clockTime, timeZone } from './on-call.ts';
import { request } from './request.ts';
import { id, line, namedThing, nothing, thingRef, time } from './words.ts';

/** Notify's second noun: who is told of which incident, when, and how it goes on while nobody takes it. */

export const targetKind = z.enum(['channel', 'person', 'team', 'rota', 'policy']);
/** Whom a route or a policy's step tells. A policy names no other policy. */
export const target = z.object({ kind: targetKind, id });
export type Target = z.infer<typeof target>;
/** The same with its name; empty when it is there no more. */
export const namedTarget = target.extend({ name: z.string() });
export type NamedTarget = z.infer<typeof namedTarget>;

export const policyStep = z.object({
  /** After the incident was opened, or opened again. */
  afterMinutes: z.number().int().min(0).max(1_440),
  targets: z
    .array(target.extend({ kind: targetKind.exclude(['policy']) }))
    .min(1)
    .max(20),
});

const policyFields = {
  name: line(100),
  steps: z.array(policyStep).min(1).max(20),
  /** How often all steps are gone through again while nobody takes the incident. */
  repeats: z.number().int().min(0).max(20).default(2),
  repeatMinutes: z.number().int().min(5).max(1_440).default(30),
};
export const policy = z.object({
  id,
  ...policyFields,
  steps: z.array(policyStep.extend({ targets: z.array(namedTarget) })),
  usedBy: z.array(z.string()),
});
export type Policy = z.infer<typeof policy>;

const routeFields = {
  name: line(100),
  active: z.boolean().default(true),
  /** Least priority of the incidents that go this way. */
  from: priority.default('low'),
  /** Incidents caused by one of these, by what stands on a site, or by what a service depends on; empty: all. */
  things: z.array(thingRef).max(100).default([]),
  /** Or by what carries one of these tags; no thing and no tag: all. */
  tags: z.array(tag).max(50).default([]),
  targets: z.array(target).min(1).max(20),
  /** Whether the routes after this one are tried too. */
  goesOn: z.boolean().default(true),
};
export const route = z.object({
  id,
  ...routeFields,
  position: z.number().int(),
  things: z.array(namedThing),
  targets: z.array(namedTarget),
});
export type Route = z.infer<typeof route>;

export const quietHours = z.object({
  active: z.boolean(),
  timeZone,
  from: clockTime,
  until: clockTime,
  /** Days that are quiet as a whole, 1 = Monday to 7 = Sunday. */
  days: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  /** From this priority on a notice gets through; null: none does. */
  through: priority.nullable().default('critical'),
  /** What a rota leads to gets through: who is on call has agreed to be woken. */
  onCallThrough: z.boolean().default(true),
});
export type QuietHours = z.infer<typeof quietHours>;

/** Part of notify's requests. */
export const routeRequests = {
  policies: {
    list: request({
      method: 'GET',
      path: '/notify/policies',
      permission: 'notify.read',
      summary: 'Escalation policies: whom, after how long, how often',
    })
      .input(nothing)
      .output(z.object({ items: z.array(policy) })),
    create: request({
      method: 'POST',
      path: '/notify/policies',
      permission: 'notify.write',
      summary: 'Add an escalation policy',
      refusals: ['name_taken', 'not_found'],
    })
      .input(z.object(policyFields))
      .output(policy),
    change: request({
      method: 'PUT',
      path: '/notify/policies/{id}',
      permission: 'notify.write',
      summary: 'Change an escalation policy',
      refusals: ['not_found', 'name_taken'],
    })
      .input(z.object({ id, ...policyFields }))
      .output(policy),
    remove: request({
      method: 'DELETE',
      path: '/notify/policies/{id}',
      permission: 'notify.write',
      summary: 'Remove an escalation policy that no route uses',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  routes: {
    list: request({
      method: 'GET',
      path: '/notify/routes',
      permission: 'notify.read',
      summary: 'Routes in their order: which incidents are told to whom',
    })
      .input(nothing)
      .output(z.object({ items: z.array(route) })),
    create: request({
      method: 'POST',
      path: '/notify/routes',
      permission: 'notify.write',
      summary: 'Add a route at the end',
      refusals: ['name_taken', 'not_found'],
    })
      .input(z.object(routeFields))
      .output(route),
    change: request({
      method: 'PUT',
      path: '/notify/routes/{id}',
      permission: 'notify.write',
      summary: 'Change a route',
      refusals: ['not_found', 'name_taken'],
    })
      .input(z.object({ id, ...routeFields }))
      .output(route),
    order: request({
      method: 'POST',
      path: '/notify/routes/order',
      permission: 'notify.write',
      summary: 'Put the routes in another order',
      refusals: ['not_found'],
    })
      .input(z.object({ ids: z.array(id).max(200) }))
      .output(z.object({ items: z.array(route) })),
    remove: request({
      method: 'DELETE',
      path: '/notify/routes/{id}',
      permission: 'notify.write',
      summary: 'Remove a route',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
    explain: request({
      method: 'POST',
      path: '/notify/routes/explanation',
      permission: 'notify.read',
      summary: 'Who would be told if something failed now, when, by which way, and who would not and why',
      refusals: ['not_found'],
      changes: false,
    })
      .input(
        z.object({ thing: thingRef.nullable().default(null), priority: priority.default('high'), at: time.optional() }),
      )
      .output(
        z.object({
          items: z.array(
            z.object({
              channel: z.object({ id, name: z.string(), kind: z.string() }),
              person: z.string().nullable(),
              /** Minutes after the opening. */
              afterMinutes: z.number().int(),
              because: z.array(z.string()),
              /** Why it would be held; null: it is sent. */
              held: z.string().nullable(),
            }),
          ),
          /** Silences in force then that hold back something of the thing. */
          silences: z.array(
            z.object({
              id,
              reason: z.string(),
              by: z.string(),
              ends: silenceEnd,
              /** At the latest. */
              until: time,
              /** What is down is told all the same. */
              unlessWorse: z.boolean(),
              /** Names of the checks that it covers; empty: all that watches the thing. */
              checks: z.array(z.string()),
            }),
          ),
          /** Whom a route leads to who has no channel, and rotas on which nobody is on call. */
          missing: z.array(z.string()),
        }),
      ),
  },
  quietHours: {
    get: request({
      method: 'GET',
      path: '/notify/quiet-hours',
      permission: 'session',
      summary: 'My quiet hours',
    })
      .input(nothing)
      .output(quietHours.nullable()),
    set: request({
      method: 'PUT',
      path: '/notify/quiet-hours',
      permission: 'notify.own',
      summary: 'Set my quiet hours',
    })
      .input(quietHours)
      .output(quietHours),
  },
};
