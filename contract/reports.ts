import { z } from 'zod';
import { availabilityPart, availabilityReportRequests } from './availability-report.ts';
import { request } from './request.ts';
import { id, language, listOf, namedThing, page, time } from './words.ts';

/** Reports: of an incident that was resolved and of a period, as a page and as PDF, in French and in English. */

export const resolutionReport = z.object({
  ticketId: id,
  number: z.number().int(),
  language,
  title: z.string(),
  madeAt: time,
  /** Labels and sentences are in the report's language, whatever the reader's. */
  summary: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })),
  timeline: z.array(z.object({ at: time, clock: z.string(), who: z.string(), text: z.string() })),
  cause: z.string(),
  remedy: z.string(),
  runs: z.array(
    z.object({
      runId: id,
      title: z.string(),
      state: z.string(),
      host: z.string(),
      proposedBy: z.string(),
      approvedBy: z.string(),
      steps: z.array(
        z.object({ title: z.string(), state: z.string(), duration: z.string(), exitCode: z.number().int().nullable() }),
      ),
    }),
  ),
  /** What was promised by its service level, whether it was kept, and what did not count. */
  levels: z.array(
    z.object({
      promise: z.string(),
      outcome: z.string(),
      counted: z.string(),
      basis: z.string(),
      pauses: z.array(z.string()),
    }),
  ),
  proof: z.array(z.object({ check: z.string(), before: z.string(), after: z.string() })),
  affected: z.object({ things: z.array(namedThing), people: z.array(z.string()), peopleCount: z.number().int() }),
  /** How much of the month that ended with it the cause was there, and what suffers with it; null when that is gone. */
  availability: availabilityPart.nullable(),
  /** The measurement around the outage: epoch seconds and values, with the outage's bounds. */
  chart: z
    .object({
      label: z.string(),
      unit: z.string(),
      times: z.array(z.number()),
      values: z.array(z.number().nullable()),
      from: z.number(),
      until: z.number().nullable(),
    })
    .nullable(),
});
export type ResolutionReport = z.infer<typeof resolutionReport>;

export const reports = {
  resolution: {
    list: request({
      method: 'GET',
      path: '/reports/resolutions',
      permission: 'reports.read',
      summary: 'Resolved incidents with their reports',
    })
      .input(z.object({ ...page }))
      .output(
        listOf(
          z.object({
            ticketId: id,
            number: z.number().int(),
            title: z.string(),
            resolvedAt: time,
            outageSeconds: z.number().nullable(),
          }),
        ),
      ),
    get: request({
      method: 'GET',
      path: '/reports/resolutions/{ticketId}',
      permission: 'reports.read',
      summary: 'The resolution report',
      refusals: ['not_found'],
    })
      .input(z.object({ ticketId: id, language: language.optional() }))
      .output(resolutionReport),
    pdf: request({
      method: 'GET',
      path: '/reports/resolutions/{ticketId}/pdf',
      permission: 'reports.read',
      summary: 'The resolution report as PDF',
      refusals: ['not_found'],
    })
      .input(z.object({ ticketId: id, language: language.optional() }))
      .output(z.file()),
  },
  availability: availabilityReportRequests,
};
