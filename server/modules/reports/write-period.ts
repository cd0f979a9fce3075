import type { AvailabilityReport } from '#contract/availability-report.ts';
import type { ThingRef } from '#contract/words.ts';
import { localTimeOf } from '#platform/zoned-time.ts';
import type { ToldAvailability } from './needs.ts';
import type { OpenedIncident } from './store.ts';
import { tellAvailability } from './tell-availability.ts';
import type { Telling } from './telling.ts';

/** What the report of a period is made of. */
export interface PeriodMaterial {
  readonly from: Date;
  readonly until: Date;
  readonly told: readonly { readonly kind: ThingRef['kind']; readonly availability: ToldAvailability }[];
  readonly incidents: {
    readonly items: readonly OpenedIncident[];
    readonly total: number;
    readonly medianOutageSeconds: number | null;
  };
}

/** The first and the last calendar day of a period. */
function daysOf({ from, until }: Pick<PeriodMaterial, 'from' | 'until'>, zone: string): { from: string; last: string } {
  const last = new Date(Math.max(from.getTime(), until.getTime() - 1));
  return { from: localTimeOf(zone, from).date, last: localTimeOf(zone, last).date };
}

function dayText(date: string, language: Telling['language']): string {
  const at = new Date(`${date}T12:00:00Z`);
  const text = at.toLocaleDateString(language === 'fr' ? 'fr-FR' : 'en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  return text.replace(/^1 /u, language === 'fr' ? '1er ' : '1 ');
}

function summaryOf(parts: AvailabilityReport['parts'], material: PeriodMaterial, telling: Telling): string[] {
  const { summary } = telling.words.availability;
  const { total, medianOutageSeconds } = material.incidents;
  const lines = parts.flatMap(({ part }) => part.lines).filter(({ low }) => low !== null);
  const [worst] = lines.toSorted((one, other) => (one.low ?? 0) - (other.low ?? 0));
  const leftOut = lines.reduce(
    (sum, { exclusions }) => sum + exclusions.reduce((minutes, each) => minutes + each.minutes * 60, 0),
    0,
  );
  const whole = lines.filter(({ low }) => low === 100).length;
  return [
    ...(lines.length === 0 ? [summary.nothing] : [summary.whole({ count: whole, of: lines.length })]),
    ...(worst === undefined || worst.low === 100
      ? []
      : [summary.worst({ name: worst.thing.name, share: worst.share })]),
    ...(leftOut < 1 ? [] : [summary.leftOut(telling.lasting(leftOut))]),
    summary.incidents({
      count: total,
      outage: medianOutageSeconds === null ? null : telling.lasting(medianOutageSeconds),
    }),
  ];
}

/** How the file of a period's report is called, without its ending. */
export function periodFileName(material: PeriodMaterial, { words, zone }: Telling): string {
  return words.availability.fileName(daysOf(material, zone));
}

/** Writes the report of a period from its material; the same material makes the same report. */
export function writePeriod(material: PeriodMaterial, telling: Telling, madeAt: Date): AvailabilityReport {
  const { words, language, zone, moment, lasting, clock } = telling;
  const days = daysOf(material, zone);
  const period = words.availability.days({
    from: moment(material.from.toISOString()),
    until: moment(material.until.toISOString()),
  });
  const parts = material.told.map(({ kind, availability }) => ({
    kind,
    heading: words.availability.things[kind],
    part: tellAvailability(availability, period, telling),
  }));
  return {
    language,
    title: words.availability.title({ from: dayText(days.from, language), last: dayText(days.last, language) }),
    madeAt: madeAt.toISOString(),
    timeZone: zone,
    from: material.from.toISOString(),
    until: material.until.toISOString(),
    summary: summaryOf(parts, material, telling),
    parts,
    incidents: {
      total: material.incidents.total,
      items: material.incidents.items.map((each) => ({
        ticketId: each.ticketId,
        number: each.number,
        title: language === 'fr' ? each.title.fr : each.title.en,
        opened: clock(each.openedAt.toISOString()),
        outage: each.outageSeconds === null ? words.availability.lasts : lasting(each.outageSeconds),
        outageSeconds: each.outageSeconds,
      })),
    },
  };
}
