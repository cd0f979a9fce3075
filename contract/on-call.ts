import { z } from 'zod';
import { request } from './request.ts';
import { doer, id, language, line, nothing, text, time } from './words.ts';

/** People's second noun: teams, and who is on call when. */

/** An IANA time zone that this runtime knows, such as `America/Montreal`. */
export const timeZone = z
  .string()
  .min(1)
  .max(64)
  .refine(
    (name) => {
      try {
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
      } catch {
        return false;
      }
    },
    { params: { reason: 'time_zone' } },
  );

/** A time of day, `08:30`. */
export const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);
/** A calendar date, `2026-11-22`. */
export const calendarDate = z.iso.date();

export const team = z.object({
  id,
  name: z.string(),
  members: z.array(z.object({ id, name: z.string(), active: z.boolean() })),
});
export type Team = z.infer<typeof team>;

/**
 * One turn-taking among people. The first person begins on `startsOn`; at `handOverAt`, every `everyDays` days, the next
 * takes over, at the same local time in summer and winter.
 */
export const layer = z.object({
  name: line(100),
  personIds: z.array(id).min(1).max(50),
  startsOn: calendarDate,
  handOverAt: clockTime.default('08:00'),
  /** 1 = daily, 7 = weekly. */
  everyDays: z.number().int().min(1).max(366).default(7),
  /** Only on these days, 1 = Monday to 7 = Sunday; empty: every day. A watch that begins on such a day may end on the next. */
  days: z.array(z.number().int().min(1).max(7)).max(7).default([]),
  /** Only from and until these times of day; both empty: all day. `18:00` to `08:00` spans midnight. */
  from: z
    .string()
    .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/u)
    .default(''),
  until: z
    .string()
    .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d)?$/u)
    .default(''),
  /** On holidays: as on any day, not at all, or on those alone. */
  onHolidays: z.enum(['same', 'off', 'only']).default('same'),
});
export type Layer = z.infer<typeof layer>;

export const holidays = z.object({
  /** ISO 3166-1 country whose public holidays count; empty: none. */
  country: z
    .string()
    .regex(/^(?:[A-Z]{2})?$/u)
    .default(''),
  /** State, province or canton within it, such as `QC`. */
  region: z.string().max(10).default(''),
  /** Further days of the company's own. */
  more: z
    .array(z.object({ date: calendarDate, name: line(100) }))
    .max(200)
    .default([]),
  /** Public holidays on which the company works. */
  without: z.array(calendarDate).max(200).default([]),
});
export type Holidays = z.infer<typeof holidays>;

export const cover = z.object({
  id,
  rotaId: id,
  person: z.object({ id, name: z.string() }),
  from: time,
  until: time,
  /** Only an accepted one counts. */
  state: z.enum(['asked', 'accepted', 'refused']),
  note: z.string(),
  askedBy: doer,
  askedAt: time,
});
export type Cover = z.infer<typeof cover>;

/** Who is on call from one moment to another; nobody (null) is a gap. */
export const shift = z.object({
  from: time,
  until: time,
  person: z.object({ id, name: z.string(), active: z.boolean() }).nullable(),
  /** The layer's name; empty for a cover and for a gap. */
  layer: z.string(),
  coverId: id.nullable(),
});
export type Shift = z.infer<typeof shift>;

export const rota = z.object({
  id,
  name: z.string(),
  timeZone: z.string(),
  layers: z.array(layer),
  holidays,
  now: shift.nullable(),
  next: shift.nullable(),
  /** Stretches of the next 28 days in which nobody, or nobody who may sign in, is on call. */
  gaps: z.array(z.object({ from: time, until: time })),
});
export type Rota = z.infer<typeof rota>;

const rotaFields = {
  name: line(100),
  timeZone,
  layers: z.array(layer).min(1).max(10),
  holidays: holidays.default({ country: '', region: '', more: [], without: [] }),
};

const teamRequests = {
  list: request({ method: 'GET', path: '/people/teams', permission: 'people.read', summary: 'Teams and their members' })
    .input(nothing)
    .output(z.object({ items: z.array(team) })),
  create: request({
    method: 'POST',
    path: '/people/teams',
    permission: 'people.write',
    summary: 'Add a team',
    refusals: ['name_taken', 'not_found'],
  })
    .input(z.object({ name: line(100), memberIds: z.array(id).max(200).default([]) }))
    .output(team),
  change: request({
    method: 'PATCH',
    path: '/people/teams/{id}',
    permission: 'people.write',
    summary: "Change a team's name or members",
    refusals: ['not_found', 'name_taken'],
  })
    .input(z.object({ id, name: line(100).optional(), memberIds: z.array(id).max(200).optional() }))
    .output(team),
  remove: request({
    method: 'DELETE',
    path: '/people/teams/{id}',
    permission: 'people.write',
    summary: 'Remove a team',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(nothing),
};

const rotaRequests = {
  list: request({
    method: 'GET',
    path: '/people/rotas',
    permission: 'people.read',
    summary: 'On-call rotas: who is on call now, who is next, and where nobody is',
  })
    .input(nothing)
    .output(z.object({ items: z.array(rota) })),
  get: request({
    method: 'GET',
    path: '/people/rotas/{id}',
    permission: 'people.read',
    summary: 'One rota',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(rota),
  create: request({
    method: 'POST',
    path: '/people/rotas',
    permission: 'people.write',
    summary: 'Add a rota',
    refusals: ['name_taken', 'not_found', 'unknown_region'],
  })
    .input(z.object(rotaFields))
    .output(rota),
  change: request({
    method: 'PUT',
    path: '/people/rotas/{id}',
    permission: 'people.write',
    summary: 'Change a rota',
    refusals: ['not_found', 'name_taken', 'unknown_region'],
  })
    .input(z.object({ id, ...rotaFields }))
    .output(rota),
  remove: request({
    method: 'DELETE',
    path: '/people/rotas/{id}',
    permission: 'people.write',
    summary: 'Remove a rota',
    refusals: ['not_found'],
  })
    .input(z.object({ id }))
    .output(nothing),
  /** At most 100 days at once. */
  shifts: request({
    method: 'GET',
    path: '/people/rotas/{id}/shifts',
    permission: 'people.read',
    summary: 'Who is on call from one day to another, with holidays and covers',
    refusals: ['not_found'],
  })
    .input(z.object({ id, from: calendarDate, days: z.coerce.number().int().min(1).max(100).default(28), language }))
    .output(
      z.object({
        shifts: z.array(shift),
        holidays: z.array(z.object({ date: calendarDate, name: z.string() })),
        covers: z.array(cover),
      }),
    ),
  /** What a rota would give, before it is kept. */
  preview: request({
    method: 'POST',
    path: '/people/rotas/preview',
    permission: 'people.read',
    summary: 'Who would be on call by a rota that is not kept yet',
    refusals: ['unknown_region'],
    changes: false,
  })
    .input(z.object({ ...rotaFields, from: calendarDate, days: z.number().int().min(1).max(100).default(28) }))
    .output(z.object({ shifts: z.array(shift) })),
};

const coverRequests = {
  list: request({
    method: 'GET',
    path: '/people/covers',
    permission: 'people.read',
    summary: 'Shifts that somebody else takes or is asked to take, from now on',
  })
    .input(nothing)
    .output(z.object({ items: z.array(cover) })),
  /** Of oneself it counts at once; another is asked, and a rota's keeper may decide for them. */
  ask: request({
    method: 'POST',
    path: '/people/rotas/{rotaId}/covers',
    permission: 'people.cover',
    summary: 'Ask somebody to be on call for a while, or take it oneself',
    refusals: ['not_found', 'ends_before'],
  })
    .input(z.object({ rotaId: id, personId: id, from: time, until: time, note: text(500).default('') }))
    .output(cover),
  answer: request({
    method: 'POST',
    path: '/people/covers/{id}/answer',
    permission: 'people.cover',
    summary: 'Accept or refuse to take a shift',
    refusals: ['not_found', 'not_yours'],
  })
    .input(z.object({ id, accept: z.boolean() }))
    .output(cover),
  withdraw: request({
    method: 'DELETE',
    path: '/people/covers/{id}',
    permission: 'people.cover',
    summary: 'Withdraw a cover that one asked for or took',
    refusals: ['not_found', 'not_yours'],
  })
    .input(z.object({ id }))
    .output(nothing),
};

/** Part of people's requests. */
export const onCallRequests = {
  teams: teamRequests,
  rotas: rotaRequests,
  covers: coverRequests,
  calendar: {
    /** The secret link of a rota, or of one's own shifts on all rotas; an earlier one stops working. */
    link: request({
      method: 'POST',
      path: '/people/calendar-link',
      permission: 'people.cover',
      summary: 'Make the secret link with which a calendar program reads on-call shifts; it is shown once',
      refusals: ['not_found'],
    })
      .input(z.object({ rotaId: id.nullable().default(null) }))
      .output(z.object({ url: z.string() })),
    feed: request({
      method: 'GET',
      path: '/people/calendar/{token}',
      permission: 'public',
      summary: 'On-call shifts as iCalendar (RFC 5545)',
      refusals: ['not_found'],
    })
      .input(z.object({ token: z.string().min(1).max(200) }))
      .output(z.file()),
  },
};
