/*
 * Reports: the resolution report of an incident, as data and as PDF, in French and in English.
 * Words: report, material, telling (a language and a time zone).
 * It keeps nothing and decides nothing: it tells what the other modules know.
 */
import type { ResolutionReport, reports } from '#contract/reports.ts';
import type { Language } from '#contract/words.ts';
import type { Clock } from '#platform/clock.ts';
import { nextOffset } from '#platform/cursor.ts';
import type { Database } from '#platform/database.ts';
import type { Handlers } from '#platform/handlers.ts';
import { gatherMaterial } from './gather-material.ts';
import type { Needs } from './needs.ts';
import { printReport } from './print-report.ts';
import { reportStore } from './store.ts';
import { tellingIn, type Telling } from './telling.ts';
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
  return {
    handlers: {
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
