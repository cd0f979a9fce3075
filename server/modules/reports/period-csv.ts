import type { AvailabilityReport } from '#contract/availability-report.ts';
import { csvCell } from '#platform/csv.ts';
import type { Telling } from './telling.ts';

/** The availabilities of a period as CSV (RFC 4180): one line for each thing, seconds and minutes as plain numbers. */
export function periodCsv(report: AvailabilityReport, { words }: Telling, separator: ',' | ';'): string {
  const { columns } = words.availability.csv;
  const lines = report.parts.flatMap(({ heading, part }) =>
    part.lines.map((line) => {
      const minutes = (kind: string): string =>
        String(line.exclusions.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.minutes, 0));
      const { seconds } = line;
      const numbers = [
        line.low,
        line.high,
        seconds.counted,
        seconds.up,
        seconds.degraded,
        seconds.down,
        seconds.downLeast,
        seconds.downMost,
        seconds.unreachable,
        seconds.unknown,
        line.outages,
        line.longestOutageSeconds,
      ];
      return [
        csvCell(heading, separator),
        csvCell(line.thing.name, separator),
        part.from,
        part.until,
        ...numbers.map((value) => (value === null ? '' : String(value))),
        minutes('maintenance'),
        minutes('ours'),
        minutes('paused'),
        csvCell(line.exclusions.map(({ text }) => text).join(' | '), separator),
        csvCell(line.basis, separator),
      ];
    }),
  );
  return [columns, ...lines].map((cells) => `${cells.join(separator)}\r\n`).join('');
}
