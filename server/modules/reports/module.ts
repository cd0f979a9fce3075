/*
 * Reports: of an incident that was resolved, and of a period; as data, as PDF and as CSV, in French and in English.
 * Words: report, material, period, telling (a language and a time zone).
 * It keeps nothing and decides nothing: it tells what the other modules know.
 */
import type { AvailabilityReport } from '#contract/availability-report.ts';
import type { ResolutionReport, reports } from '#contract/reports.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { gatherMaterial } from './gather-material.ts';
import type { Needs, ToldAvailability } from './needs.ts';
import { periodBounds } from './period-bounds.ts';
import { periodCsv } from './period-csv.ts';
import { printPeriod, printReport } from './print-report.ts';
import { reportStore } from './store.ts';
import { tellingIn, type Telling } from './telling.ts';
import { periodFileName, writePeriod, type PeriodMaterial } from './write-period.ts';
import { writeReport } from './write-report.ts';

export type { Needs } from './needs.ts';

interface Parts {
  readonly db: Database<'reports'>;
  readonly clock: Clock;
  /** The IANA name of the time zone in which reports tell the time. */
  readonly timeZone: string;
  readonly needs: Needs;
}

export interface ReportsModule {
  readonly handlers: Handlers<typeof reports>;
}

type Period = Parameters<Handlers<typeof reports>['availability']['get']>[0];

/** So many incidents of a period are listed; all are counted. */
const mostIncidents = 500;

/** Puts the module together. */
export function createReports({ db, clock, timeZone, needs }: Parts): ReportsModule {
  const written = async (
    ticketId: string,
    language: Language,
  ): Promise<{ report: ResolutionReport; telling: Telling }> => {
    const now = clock.now();
    const telling = tellingIn(language, timeZone);
    const material = await gatherMaterial(needs, { ticketId, language, now });
    return { report: writeReport(material, telling, now), telling };
  };
  const period = async (
    asked: Period,
    caller: { readonly language: Language },
  ): Promise<{ report: AvailabilityReport; telling: Telling; material: PeriodMaterial }> => {
    const now = clock.now();
    const telling = tellingIn(asked.language ?? caller.language, timeZone);
    const { from, until } =
      asked.from === undefined || asked.until === undefined
        ? periodBounds(asked.period, timeZone, now)
        : { from: new Date(asked.from), until: new Date(asked.until) };
    const told: { kind: PeriodMaterial['told'][number]['kind']; availability: ToldAvailability }[] = [];
    for (const kind of new Set(asked.of))
      told.push({ kind, availability: await needs.availability({ kind }, { from, until }, telling.language) });
    const incidents = await reportStore(db).opened(from, until, mostIncidents);
    const material = { from, until: until > now ? now : until, told, incidents };
    return { report: writePeriod(material, telling, now), telling, material };
  };
  return {
    handlers: {
      availability: {
        get: async (input, caller) => (await period(input, caller)).report,
        async pdf(input, caller) {
          const { report, telling, material } = await period(input, caller);
          const bytes = await printPeriod(report, telling);
          return new File([new Uint8Array(bytes)], `${periodFileName(material, telling)}.pdf`, {
            type: 'application/pdf',
          });
        },
        async csv(input, caller) {
          const { report, telling, material } = await period(input, caller);
          const text = periodCsv(report, telling, input.separator === 'semicolon' ? ';' : ',');
          return new File([text], `${periodFileName(material, telling)}.csv`, { type: 'text/csv; charset=utf-8' });
        },
      },
      resolution: {
        async list(input, caller) {
          const { items, total } = await reportStore(db).resolved(input, caller.language);
          return { items, total, next: nextOffset(input.after, items.length, total) };
        },
        get: async ({ ticketId, language }, caller) => (await written(ticketId, language ?? caller.language)).report,
        async pdf({ ticketId, language }, caller) {
          const { report, telling } = await written(ticketId, language ?? caller.language);
          const bytes = await printReport(report, telling);
          return new File([new Uint8Array(bytes)], telling.words.fileName(report.number), { type: 'application/pdf' });
        },
      },
    },
  };
}
