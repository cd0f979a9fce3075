import { queryOptions } from '@tanstack/react-query';
import type { ReportPeriod } from '#contract/availability-report.ts';
import type { Language, ThingRef } from '#contract/words.ts';
import { allPages } from '#web/shell/all-pages.ts';
import { api, client } from '#web/shell/api.ts';

type ThingKind = ThingRef['kind'];

/** Every resolved incident with its report, newest first. */
export const reportsQuery = queryOptions({
  queryKey: [...api.reports.resolution.list.key(), 'all'],
  queryFn: ({ signal }) =>
    allPages((after) =>
      client.reports.resolution.list({ limit: 500, ...(after === undefined ? {} : { after }) }, { signal }),
    ),
});

/** The report of a calendar period, of some kinds of thing. */
export const availabilityReportQuery = (period: ReportPeriod, of: readonly ThingKind[], language: Language) =>
  api.reports.availability.get.queryOptions({ input: { period, of: [...of], language } });

export const reportQuery = (ticketId: string, language: Language) =>
  api.reports.resolution.get.queryOptions({ input: { ticketId, language } });
