import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { AvailabilityPart, AvailabilityReport } from '#contract/availability-report.ts';
import { ink, pageFrame, prose, say, section } from './print-parts.ts';
import type { Telling } from './telling.ts';

/** Availability lines as a table, with how to read them below. */
export function layOutAvailability(heading: string, part: AvailabilityPart, { words }: Telling): Content[] {
  const { availability } = words;
  const { columns } = availability;
  if (part.lines.length === 0) return [prose(heading, availability.summary.nothing)];
  return [
    section(
      `${heading} – ${part.period}`,
      [
        { title: columns.name, width: 96 },
        { title: columns.share, width: 80 },
        { title: columns.up, width: 54 },
        { title: columns.down, width: 54 },
        { title: columns.unknown, width: 54 },
        { title: columns.outages, width: 42 },
        { title: columns.leftOut, width: '*' },
      ],
      part.lines.map((line) => [
        `${line.thing.name}\n${line.basis}`,
        line.share,
        line.up,
        line.down,
        line.unknown,
        String(line.outages),
        line.exclusions.length === 0 ? availability.nothingLeftOut : line.exclusions.map(({ text }) => text).join('\n'),
      ]),
    ),
    say(part.cut ? `${part.help} ${availability.cut}` : part.help, {
      fontSize: 8,
      color: ink.soft,
      lineHeight: 1.2,
      margin: [0, 4, 0, 0],
    }),
  ];
}

function incidentsOf({ incidents }: AvailabilityReport, { words }: Telling): Content {
  const { availability } = words;
  if (incidents.items.length === 0) return prose(availability.incidents, availability.noIncidents);
  const more = incidents.total - incidents.items.length;
  return section(
    availability.incidents,
    [
      { title: availability.number, width: 48 },
      { title: availability.incident, width: '*' },
      { title: availability.opened, width: 120 },
      { title: availability.outage, width: 80 },
    ],
    [
      ...incidents.items.map(({ number, title, opened, outage }) => [String(number), title, opened, outage]),
      ...(more > 0 ? [['', words.andMore(more), '', '']] : []),
    ],
  );
}

/** Lays the report of a period out on A4 pages. */
export function layOutPeriod(report: AvailabilityReport, telling: Telling): TDocumentDefinitions {
  const { words } = telling;
  const { title, madeAt, language } = report;
  const frame = pageFrame({ title, madeAt, language, kind: words.availability.kind, name: title }, telling);
  return {
    ...frame.page,
    content: [
      ...frame.title,
      ...report.summary.map((sentence) => say(sentence, { lineHeight: 1.25, margin: [0, 0, 0, 3] })),
      say(words.times(report.timeZone), { fontSize: 8, color: ink.soft, margin: [0, 4, 0, 0] }),
      ...report.parts.flatMap(({ heading, part }) => layOutAvailability(heading, part, telling)),
      incidentsOf(report, telling),
    ],
  };
}
