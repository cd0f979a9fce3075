import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { ResolutionReport } from '#contract/reports.ts';
import { drawChart } from './draw-chart.ts';
import { layOutAvailability } from './lay-out-availability.ts';
import { ink, pageFrame, prose, say, section } from './print-parts.ts';
import type { Telling } from './telling.ts';

const mostNamesPrinted = 300;

function factSheet({ facts }: ResolutionReport, { words }: Telling): Content {
  const half = Math.ceil(facts.length / 2);
  const label = (at: number): TableCell =>
    say(facts[at]?.label ?? '', { fontSize: 8, color: ink.soft, margin: [0, 1, 0, 0] });
  const value = (at: number): TableCell => say(facts[at]?.value ?? '', { fontSize: 9 });
  const body = Array.from({ length: half }, (_, at) => [label(at), value(at), label(at + half), value(at + half)]);
  if (body.length === 0) return [];
  return {
    stack: [
      say(words.headings.facts, { bold: true, fontSize: 12.5, color: ink.accent, margin: [0, 16, 0, 4] }),
      {
        table: { widths: [84, '*', 84, '*'], body },
        layout: {
          hLineWidth: () => 0.5,
          vLineWidth: () => 0,
          hLineColor: () => ink.rule,
          paddingLeft: () => 0,
          paddingRight: () => 6,
        },
      },
    ],
    unbreakable: true,
  };
}

function chartOf(report: ResolutionReport, telling: Telling): Content {
  const svg = report.chart === null ? null : drawChart(report.chart, telling);
  if (report.chart === null || svg === null) return [];
  const heading = say(telling.words.headings.chart, {
    bold: true,
    fontSize: 12.5,
    color: ink.accent,
    margin: [0, 16, 0, 2],
  });
  return {
    stack: [
      heading,
      say(report.chart.label, { fontSize: 8.5, color: ink.soft, margin: [0, 0, 0, 4] }),
      { svg, width: 499 },
    ],
    unbreakable: true,
  };
}

function runsOf({ runs }: ResolutionReport, { words }: Telling): Content[] {
  const { columns, headings } = words;
  if (runs.length === 0) return [prose(headings.runs, words.noRuns)];
  return runs.map((run) => {
    const line = words.run.line(run);
    return section(
      `${headings.runs} – ${run.title}`,
      [
        { title: columns.step, width: '*' },
        { title: columns.state, width: 90 },
        { title: columns.duration, width: 70 },
        { title: columns.exitCode, width: 70 },
      ],
      [
        [line, run.state, '', ''],
        ...run.steps.map((step, at) => [
          `${at + 1}. ${step.title}`,
          step.state,
          step.duration,
          step.exitCode === null ? words.none : String(step.exitCode),
        ]),
      ],
    );
  });
}

function affectedOf({ affected }: ResolutionReport, { words }: Telling): Content {
  const names = (all: readonly string[], count: number, none: string): string => {
    const shown = all.slice(0, mostNamesPrinted);
    const left = Math.max(count, all.length) - shown.length;
    if (shown.length === 0) return left > 0 ? String(left) : none;
    return left > 0 ? `${shown.join(', ')} ${words.andMore(left)}` : shown.join(', ');
  };
  const things = affected.things.map(({ name }) => name);
  return section(
    words.headings.affected,
    [
      { title: words.columns.things, width: '*' },
      { title: words.columns.people, width: '*' },
    ],
    [[names(things, things.length, words.nothing), names(affected.people, affected.peopleCount, words.nobody)]],
  );
}

function proofOf({ proof }: ResolutionReport, { words }: Telling): Content {
  const { columns, headings } = words;
  if (proof.length === 0) return [];
  return section(
    headings.proof,
    [
      { title: columns.check, width: 130 },
      { title: columns.before, width: '*' },
      { title: columns.after, width: '*' },
    ],
    proof.map(({ check, before, after }) => [check, before, after]),
  );
}

function levelsOf({ levels }: ResolutionReport, { words }: Telling): Content {
  const { columns, heading, noPause } = words.levels;
  if (levels.length === 0) return [];
  return section(
    heading,
    [
      { title: columns.promise, width: 90 },
      { title: columns.outcome, width: 90 },
      { title: columns.counted, width: 110 },
      { title: columns.pauses, width: '*' },
    ],
    levels.map(({ promise, outcome, counted, pauses, basis }) => [
      promise,
      outcome,
      counted,
      [...(pauses.length === 0 ? [noPause] : pauses), basis].join('\n'),
    ]),
  );
}

function timelineOf({ timeline }: ResolutionReport, { words }: Telling): Content {
  const { columns, headings } = words;
  if (timeline.length === 0) return [];
  return section(
    headings.timeline,
    [
      { title: columns.time, width: 104 },
      { title: columns.who, width: 84 },
      { title: columns.what, width: '*' },
    ],
    timeline.map(({ clock, who, text }) => [clock, who, text]),
  );
}

/** Lays a report out on A4 pages. The same report makes the same pages. */
export function layOutReport(report: ResolutionReport, telling: Telling): TDocumentDefinitions {
  const { words } = telling;
  const { headings } = words;
  const { title, madeAt, language } = report;
  const frame = pageFrame({ title, madeAt, language, kind: words.kind, name: words.incident(report.number) }, telling);
  return {
    ...frame.page,
    content: [
      ...frame.title,
      ...report.summary.map((sentence) => say(sentence, { lineHeight: 1.25, margin: [0, 0, 0, 3] })),
      factSheet(report, telling),
      chartOf(report, telling),
      prose(headings.cause, report.cause.trim() === '' ? words.notWritten : report.cause),
      prose(headings.remedy, report.remedy.trim() === '' ? words.notWritten : report.remedy),
      proofOf(report, telling),
      levelsOf(report, telling),
      ...runsOf(report, telling),
      affectedOf(report, telling),
      ...(report.availability === null
        ? []
        : layOutAvailability(words.availability.heading, report.availability, telling)),
      timelineOf(report, telling),
    ],
  };
}
