import { z } from 'zod';
import { priority, ticketKind } from './desk.ts';
import { goal, ticketPromise } from './desk-promise.ts';
import { waitingFor } from './desk-words.ts';
import { calendarDate, holidays, timeZone } from './on-call.ts';
import { request } from './request.ts';
import { id, line, nothing, time } from './words.ts';

/** What the desk promises: calendars, policies, and how each promise of a ticket stands. */

const names = z.object({ en: line(100), fr: line(100) });
const minuteOfDay = z.number().int().min(0).max(1_440);

/** Open from–until in minutes since midnight; 1440 is the end of the day. */
const opening = z.tuple([minuteOfDay, minuteOfDay]).refine(([from, until]) => from < until, {
  params: { reason: 'order' },
});
const openings = z
  .array(opening)
  .max(6)
  .refine((all) => all.every(([from], place) => place === 0 || from >= (all[place - 1]?.[1] ?? 0)), {
    params: { reason: 'order' },
  });

export const businessCalendar = z.object({
  id,
  name: names,
  timeZone,
  /** Monday to Sunday. */
  week: z.array(openings).length(7),
  holidays,
});
export type BusinessCalendar = z.infer<typeof businessCalendar>;

const targetMinutes = z.number().int().min(1).max(525_600).nullable();
/** For each priority, the minutes of open time that are promised; null: nothing is. */
const targets = z.object({ low: targetMinutes, normal: targetMinutes, high: targetMinutes, critical: targetMinutes });

/** What happens at a moment of a promise, unless it is kept before. */
export const promiseStep = z.object({
  id: z.string().regex(/^[\w-]{1,40}$/u),
  goal,
  /** `percent` of the promised time, or `minutes` of open time before (negative) or after it is due. */
  at: z.enum(['percent', 'minutes']),
  value: z.number().int().min(-525_600).max(525_600),
  act: z.enum(['notify', 'assign', 'raise']),
  /** Whom it tells, or to whom it gives the ticket. `raise` lifts the priority by one. */
  whom: z.enum(['assignee', 'team', 'person']).default('assignee'),
  personId: id.nullable().default(null),
  teamId: id.nullable().default(null),
});
export type PromiseStep = z.infer<typeof promiseStep>;

/** For which tickets; what is left empty fits all. */
export const policyMatch = z.object({
  kinds: z.array(ticketKind).max(4).default([]),
  priorities: z.array(priority).max(4).default([]),
  categoryIds: z.array(id).max(100).default([]),
  teamIds: z.array(id).max(100).default([]),
  requesterIds: z.array(id).max(500).default([]),
  /** Organisations, by what stands after the @ of the requester’s address. */
  domains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[\p{L}\p{N}.-]{1,253}$/u),
    )
    .max(200)
    .default([]),
});
export type PolicyMatch = z.infer<typeof policyMatch>;

export const policyTerms = z.object({
  match: policyMatch,
  first: targets,
  next: targets,
  resolution: targets,
  /** Waiting for whom stops the clock of the resolution. */
  pausesFor: z.array(waitingFor).max(5).default(['requester', 'supplier']),
  steps: z.array(promiseStep).max(30).default([]),
});
export type PolicyTerms = z.infer<typeof policyTerms>;

export const levelPolicy = policyTerms.extend({
  id,
  name: names,
  position: z.number().int().min(0).max(1_000).default(0),
  active: z.boolean().default(true),
  calendarId: id,
});
export type LevelPolicy = z.infer<typeof levelPolicy>;

/** One local date of a promise: how long it was open, and what of that counted. */
const countedDay = z.object({
  date: calendarDate,
  openSeconds: z.number(),
  countedSeconds: z.number(),
  pausedSeconds: z.number(),
  /** Its name, when it is closed for a holiday. */
  holiday: z.string().nullable(),
});

export const promiseAccount = ticketPromise.extend({
  calendar: z.string(),
  timeZone: z.string(),
  /** At most the newest 60; what was counted before them is `earlierSeconds`. */
  days: z.array(countedDay),
  earlierSeconds: z.number(),
  pauses: z.array(z.object({ from: time, until: time.nullable(), reason: z.string() })),
  steps: z.array(promiseStep.extend({ dueAt: time.nullable(), takenAt: time.nullable() })),
});
export type PromiseAccount = z.infer<typeof promiseAccount>;

const figure = z.object({
  goal,
  priority: priority.nullable(),
  met: z.number().int(),
  missed: z.number().int(),
  /** Of those that ended; null when none did. */
  keptPercent: z.number().nullable(),
});

export const levels = {
  calendars: {
    list: request({ method: 'GET', path: '/desk/calendars', permission: 'desk.read', summary: 'When the desk is open' })
      .input(nothing)
      .output(z.object({ items: z.array(businessCalendar) })),
    put: request({
      method: 'PUT',
      path: '/desk/calendars/{id}',
      permission: 'desk.settings',
      summary: 'Keep a calendar: zone, weekly hours, public holidays and days of one’s own',
      refusals: ['unknown_region'],
    })
      .input(businessCalendar)
      .output(businessCalendar),
    remove: request({
      method: 'DELETE',
      path: '/desk/calendars/{id}',
      permission: 'desk.settings',
      summary: 'Remove a calendar on which no policy stands',
      refusals: ['not_found', 'still_used'],
    })
      .input(z.object({ id }))
      .output(nothing),
    preview: request({
      method: 'POST',
      path: '/desk/calendars/preview',
      permission: 'desk.read',
      summary: 'When so much open time is over by a calendar that need not be kept yet, day by day',
      refusals: ['unknown_region'],
      changes: false,
    })
      .input(
        businessCalendar
          .omit({ id: true, name: true })
          .extend({ from: time, minutes: z.number().int().min(1).max(525_600) }),
      )
      .output(
        z.object({
          /** Null when it is not over within three years. */
          dueAt: time.nullable(),
          days: z.array(countedDay),
          /** The next public holidays and days of one’s own. */
          holidays: z.array(z.object({ date: calendarDate, name: z.string() })),
        }),
      ),
  },
  policies: {
    list: request({
      method: 'GET',
      path: '/desk/policies',
      permission: 'desk.read',
      summary: 'What is promised to whom',
    })
      .input(nothing)
      .output(z.object({ items: z.array(levelPolicy) })),
    put: request({
      method: 'PUT',
      path: '/desk/policies/{id}',
      permission: 'desk.settings',
      summary: 'Keep a policy; the clocks of open tickets are reckoned again by it',
      refusals: ['not_found'],
    })
      .input(levelPolicy)
      .output(levelPolicy),
    remove: request({
      method: 'DELETE',
      path: '/desk/policies/{id}',
      permission: 'desk.settings',
      summary: 'Remove a policy and what was reckoned by it',
      refusals: ['not_found'],
    })
      .input(z.object({ id }))
      .output(nothing),
  },
  account: request({
    method: 'GET',
    path: '/desk/tickets/{id}/promises',
    permission: 'desk.read',
    summary: 'The promises of a ticket, explained day by day; also as they would be with another priority or a pause',
    refusals: ['not_found'],
  })
    .input(
      z.object({
        id,
        /** What if it had this priority? */
        priority: priority.optional(),
        /** What if it waited for somebody from now until then? */
        pausedUntil: time.optional(),
      }),
    )
    .output(z.object({ items: z.array(promiseAccount) })),
  figures: request({
    method: 'GET',
    path: '/desk/levels/figures',
    permission: 'desk.read',
    summary: 'How many promises were kept in a period, by goal and priority',
    refusals: ['ends_before'],
  })
    .input(z.object({ from: time, until: time, policyId: id.optional() }))
    .output(
      z.object({
        items: z.array(figure),
        /** The same by the team that had the ticket at last; null for none. */
        teams: z.array(
          z.object({
            teamId: id.nullable(),
            team: z.string(),
            goal,
            met: z.number().int(),
            missed: z.number().int(),
          }),
        ),
      }),
    ),
};
