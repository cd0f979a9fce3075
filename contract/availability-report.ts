import { z } from 'zod';
import { countedSeconds, exclusionKind } from './availability.ts';
import { request } from './request.ts';
import { id, language, listOf, namedThing, thingKind, time } from './words.ts';

/** Reports' second noun: how much of a period everything was there, told in words, with each reason for leaving time out. */

/** One thing over the period. Texts are in the report's language; the numbers beside them are for sums. */
export const availabilityLine = z.object({
  thing: namedThing,
  /** The share of the known time, as an interval: `99.91–99.94 %`. */
  share: z.string(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  up: z.string(),
  down: z.string(),
  unknown: z.string(),
  seconds: countedSeconds,
  outages: z.number().int(),
  longestOutageSeconds: z.number(),
  longest: z.string(),
  /** What the figure follows from, such as its ping. */
  basis: z.string(),
  /** What was left out: each reason with its minutes. */
  exclusions: z.array(
    z.object({
      kind: exclusionKind,
      /** Its kind in words, such as "own line". */
      label: z.string(),
      why: z.string(),
      minutes: z.number(),
      count: z.number().int(),
      text: z.string(),
    }),
  ),
});
export type AvailabilityLine = z.infer<typeof availabilityLine>;

/** Lines about a period, and how to read them. */
export const availabilityPart = z.object({
  from: time,
  until: time,
  /** The period in words. */
  period: z.string(),
  help: z.string(),
  lines: z.array(availabilityLine),
  /** True when there is more than is told. */
  cut: z.boolean(),
});
export type AvailabilityPart = z.infer<typeof availabilityPart>;

export const availabilityReport = z.object({
  language,
  title: z.string(),
  madeAt: time,
  /** IANA name of the zone whose days bound the period. */
  timeZone: z.string(),
  from: time,
  until: time,
  summary: z.array(z.string()),
  parts: z.array(z.object({ kind: thingKind, heading: z.string(), part: availabilityPart })),
  incidents: listOf(
    z.object({
      ticketId: id,
      number: z.number().int(),
      title: z.string(),
      opened: z.string(),
      outage: z.string(),
      outageSeconds: z.number().nullable(),
    }),
  ).omit({ next: true }),
});
export type AvailabilityReport = z.infer<typeof availabilityReport>;

/** Calendar periods, by the clocks of Vigie's own time zone. Weeks begin on Monday. */
export const reportPeriod = z.enum([
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'last_quarter',
  'this_year',
  'last_year',
]);
export type ReportPeriod = z.infer<typeof reportPeriod>;

const fields = {
  period: reportPeriod.default('last_month'),
  /** Both together instead of a calendar period; at most 800 days. */
  from: time.optional(),
  until: time.optional(),
  of: z.array(thingKind).min(1).max(3).default(['service', 'host']),
  language: language.optional(),
};

interface Bounds {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

const longestDays = 800;
const isInOrder = ({ from, until }: Bounds): boolean =>
  from === undefined ? until === undefined : until !== undefined && Date.parse(from) < Date.parse(until);
const isShort = ({ from = '', until = '' }: Bounds): boolean =>
  !(Date.parse(until) - Date.parse(from) > longestDays * 86_400_000);
const inOrder = { path: ['until'], params: { reason: 'after_from' } };
const short = { path: ['until'], params: { reason: 'period_too_long' } };

/** Part of the reports' requests. */
export const availabilityReportRequests = {
  get: request({
    method: 'GET',
    path: '/reports/availability',
    permission: 'reports.read',
    summary: 'The report of a period: availability as an interval, what was left out and why, and the incidents',
  })
    .input(z.object(fields).refine(isInOrder, inOrder).refine(isShort, short))
    .output(availabilityReport),
  pdf: request({
    method: 'GET',
    path: '/reports/availability/pdf',
    permission: 'reports.read',
    summary: 'The report of a period as PDF',
  })
    .input(z.object(fields).refine(isInOrder, inOrder).refine(isShort, short))
    .output(z.file()),
  csv: request({
    method: 'GET',
    path: '/reports/availability/csv',
    permission: 'reports.read',
    summary: 'The availabilities of a period as CSV, one line for each thing',
  })
    .input(
      z
        .object({ ...fields, separator: z.enum(['comma', 'semicolon']).default('comma') })
        .refine(isInOrder, inOrder)
        .refine(isShort, short),
    )
    .output(z.file()),
};
