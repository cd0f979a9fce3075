import { z } from 'zod';
import { tag } from './estate.ts';
import { request } from './request.ts';
import { doer, id, line, namedThing, nothing, text, thingRef, time } from './words.ts';

/** Upkeep's maintenance windows: agreed time for work, once or again and again. */

export const windowRepeats = z.enum(['never', 'daily', 'weekly', 'monthly', 'monthlyByDay']);

const turn = z.object({ from: time, until: time });

export const maintenanceWindow = z.object({
  id,
  name: z.string(),
  /** Why it is done; may be empty. */
  reason: z.string(),
  targets: z.array(namedThing),
  /** And whatever carries one of these, at each moment. */
  tags: z.array(z.string()),
  startsAt: time,
  durationMinutes: z.number().int(),
  repeats: windowRepeats,
  /** Monday is 1. */
  days: z.array(z.number().int()),
  timeZone: z.string(),
  lastAt: time.nullable(),
  by: doer,
  createdAt: time,
  endedAt: time.nullable(),
  /** The turn that goes on, and the next ones. */
  current: turn.nullable(),
  next: z.array(turn),
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

/** What can be changed of a window, in the order in which changes are told. */
export const windowFields = [
  'name',
  'reason',
  'targets',
  'tags',
  'startsAt',
  'durationMinutes',
  'repeats',
  'days',
  'timeZone',
  'lastAt',
] as const;

/** What became of a window: who did what, and which fields were how before and after. */
export const windowChange = z.object({
  at: time,
  by: doer,
  what: z.enum(['created', 'changed', 'ended']),
  fields: z.array(
    z.object({
      field: z.enum(windowFields),
      before: z.string(),
      after: z.string(),
    }),
  ),
});
export type WindowChange = z.infer<typeof windowChange>;

const fields = {
  name: line(200),
  reason: text(1_000).default(''),
  targets: z.array(thingRef).max(200).default([]),
  tags: z.array(tag).max(20).default([]),
  startsAt: time,
  durationMinutes: z.number().int().min(1).max(10_080),
  repeats: windowRepeats.default('never'),
  days: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  timeZone: z.string().max(60).default('UTC'),
  lastAt: time.nullable().default(null),
};

/** Part of upkeep's requests. */
export const windowRequests = {
  windows: {
    list: request({
      method: 'GET',
      path: '/upkeep/windows',
      permission: 'upkeep.read',
      summary: 'Maintenance windows with their next turns, those that come first first',
    })
      .input(nothing)
      .output(z.object({ items: z.array(maintenanceWindow) })),
    create: request({
      method: 'POST',
      path: '/upkeep/windows',
      permission: 'upkeep.write',
      summary: 'Agree on time for work, once or again and again',
      refusals: ['not_found', 'time_zone_unknown'],
    })
      .input(
        z.object(fields).refine(({ targets, tags }) => targets.length + tags.length > 0, {
          path: ['targets'],
          params: { reason: 'missing' },
        }),
      )
      .output(maintenanceWindow),
    get: request({
      method: 'GET',
      path: '/upkeep/windows/{id}',
      permission: 'upkeep.read',
      summary: 'One maintenance window',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(maintenanceWindow),
    history: request({
      method: 'GET',
      path: '/upkeep/windows/{id}/history',
      permission: 'upkeep.read',
      summary: 'What became of a maintenance window: who agreed on it, changed it and ended it, newest first',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(z.object({ items: z.array(windowChange) })),
    change: request({
      method: 'PATCH',
      path: '/upkeep/windows/{id}',
      permission: 'upkeep.write',
      summary: 'Change a maintenance window that is not over; a turn that goes on follows at once',
      refusals: ['not_found', 'time_zone_unknown', 'window_over'],
    })
      .input(
        z.object({
          id,
          name: line(200).optional(),
          reason: text(1_000).optional(),
          targets: z.array(thingRef).max(200).optional(),
          tags: z.array(tag).max(20).optional(),
          startsAt: time.optional(),
          durationMinutes: z.number().int().min(1).max(10_080).optional(),
          repeats: windowRepeats.optional(),
          days: z.array(z.number().int().min(1).max(7)).max(7).optional(),
          timeZone: z.string().max(60).optional(),
          lastAt: time.nullable().optional(),
        }),
      )
      .output(maintenanceWindow),
    end: request({
      method: 'POST',
      path: '/upkeep/windows/{id}/end',
      permission: 'upkeep.write',
      summary: 'End a maintenance window now: a turn that goes on is over, and none follows',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(maintenanceWindow),
  },
};
