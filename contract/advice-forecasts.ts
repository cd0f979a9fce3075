import { z } from 'zod';
import { request } from './request.ts';
import { id, language, listOf, namedThing, nothing, page, thingKind, time } from './words.ts';

/** Advice's second noun: when what has a limit will reach it. */

const seriesId = z.coerce.number().int().min(1).max(2_147_483_647);

export const forecast = z.object({
  seriesId: z.number().int(),
  checkId: id,
  checkName: z.string(),
  target: namedThing.nullable(),
  label: z.string(),
  unit: z.string(),
  /** The value at which it is full, or, of what is used up, empty. */
  capacity: z.number(),
  /** True where values fall towards the limit, as free space does. */
  falling: z.boolean(),
  /** Somebody set the limit; otherwise it is known from what is measured. */
  byHand: z.boolean(),
  last: z.number().nullable(),
  /** As likely before as after; null: no date. */
  fullAt: time.nullable(),
  /** In four of five cases between these two; null: later than is looked ahead. */
  low: time.nullable(),
  high: time.nullable(),
  /** Probability of 0 to 1 that it is full within 30 days. */
  within30Days: z.number(),
  /** Change a day towards the limit in the long run, in the unit of the series. */
  perDay: z.number(),
  /** Why there is a date, or none; `cleared`: it grows, and somebody or something makes room again and again. */
  why: z.enum(['date', 'full', 'notGrowing', 'beyond', 'cleared', 'tooShort', 'unreadable']),
  sentence: z.string(),
  madeAt: time,
  /** How many days of the past it is made of. */
  pastDays: z.number(),
});
export type ToldForecast = z.infer<typeof forecast>;

const filter = {
  thingKind: thingKind.optional(),
  thingId: id.optional(),
  checkId: id.optional(),
  /** Only what has a date within so many days. */
  withinDays: z.coerce.number().int().min(1).max(365).optional(),
};

/** Part of advice's requests. */
export const forecastRequests = {
  forecasts: {
    list: request({
      method: 'GET',
      path: '/advice/forecasts',
      permission: 'advice.read',
      summary: 'When what has a limit will reach it, the earliest first',
    })
      .input(z.object({ ...page, ...filter }))
      .output(listOf(forecast)),
    get: request({
      method: 'GET',
      path: '/advice/forecasts/{seriesId}',
      permission: 'advice.read',
      summary: 'One forecast with its past and its band',
      refusals: ['not_found'],
    })
      .input(z.object({ seriesId }))
      .output(
        z.object({
          forecast,
          /** Epoch seconds: the past, then the days ahead. */
          times: z.array(z.number()),
          past: z.array(z.number().nullable()),
          likely: z.array(z.number().nullable()),
          low: z.array(z.number().nullable()),
          high: z.array(z.number().nullable()),
        }),
      ),
    csv: request({
      method: 'GET',
      path: '/advice/forecasts/csv',
      permission: 'advice.read',
      summary: 'All forecasts as CSV, the earliest first',
    })
      .input(
        z.object({
          ...filter,
          separator: z.enum(['comma', 'semicolon']).default('comma'),
          language: language.optional(),
        }),
      )
      .output(z.file()),
    setLimit: request({
      method: 'PUT',
      path: '/advice/limits/{seriesId}',
      permission: 'advice.write',
      summary: 'Say at which value a series is full (a quota, licences, a pool), so that it is foreseen',
      refusals: ['not_found'],
    })
      .input(z.object({ seriesId, capacity: z.number().min(-1e15).max(1e15), falling: z.boolean().default(false) }))
      .output(nothing),
    removeLimit: request({
      method: 'DELETE',
      path: '/advice/limits/{seriesId}',
      permission: 'advice.write',
      summary: 'Take back the limit of a series that was set by hand',
      refusals: ['not_found'],
    })
      .input(z.object({ seriesId }))
      .output(nothing),
  },
};
