import type { ReportPeriod } from '#contract/availability-report.ts';
import { addDays, localTimeOf, momentOf } from '#platform/zoned-time.ts';

/** A calendar date moved to the first of a month, so many months on. */
function monthStart(date: string, months: number): string {
  const [year = 1970, month = 1] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

function datesOf(period: ReportPeriod, today: string, weekday: number): readonly [string, string] {
  const [year = '1970', month = '01'] = today.split('-');
  const monday = addDays(today, 1 - weekday);
  const quarter = -((Number(month) - 1) % 3);
  switch (period) {
    case 'this_week':
      return [monday, addDays(monday, 7)];
    case 'last_week':
      return [addDays(monday, -7), monday];
    case 'this_month':
      return [monthStart(today, 0), monthStart(today, 1)];
    case 'last_month':
      return [monthStart(today, -1), monthStart(today, 0)];
    case 'last_quarter':
      return [monthStart(today, quarter - 3), monthStart(today, quarter)];
    case 'this_year':
      return [`${year}-01-01`, `${Number(year) + 1}-01-01`];
    default:
      return [`${Number(year) - 1}-01-01`, `${year}-01-01`];
  }
}

/** The moments between which a calendar period lies, by a zone's clocks; of one that lasts, up to now. */
export function periodBounds(period: ReportPeriod, zone: string, now: Date): { from: Date; until: Date } {
  const { date, weekday } = localTimeOf(zone, now);
  const [first, after] = datesOf(period, date, weekday);
  const until = momentOf(zone, after, '00:00');
  return { from: momentOf(zone, first, '00:00'), until: until > now ? now : until };
}
