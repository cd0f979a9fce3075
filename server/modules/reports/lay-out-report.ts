import type { Content, ContentTable, ContentText, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { ResolutionReport } from '#contract/reports.ts';
import { drawChart } from './draw-chart.ts';
import { printable } from './printable-text.ts';
import type { Telling } from './telling.ts';

const ink = { text: '#1c2329', soft: '#5b6670', rule: '#c9d0d6', band: '#f2f5f8', accent: '#12406f' } as const;
/** Texts longer than this go on in a further row, so that no row is taller than a page. */
const longestCell = 1_800;
const mostNamesPrinted = 300;

type Look = Pick<ContentText, 'bold' | 'color' | 'fontSize' | 'alignment' | 'margin' | 'lineHeight'>;

function say(text: string, look: Look = {}): ContentText {
  return { text: printable(text).map(({ text: piece, font }) => ({ text: piece, font })), ...look };
}

/** Cuts a text into pieces that each fit well on a page, at the ends of lines or words where there are any. */
export function pieces(text: string): readonly string[] {
  const cut: string[] = [];
  let rest = text;
  while (rest.length > longestCell) {
    const head = rest.slice(0, longestCell);
    const end = Math.max(head.lastIndexOf('\n'), head.lastIndexOf(' '));
    const at = end > longestCell / 2 ? end : longestCell;
    cut.push(rest.slice(0, at));
    rest = rest.slice(at).replace(/^[\n ]/u, '');
  }
  return [...cut, rest];
}

interface Column {
  readonly title: string;
  readonly width: number | 'auto' | '*';
}

const blank = (count: number): TableCell[] => Array.from({ length: count }, () => '');

/** A section as a table: its heading and column titles come again on each page, and no row is cut by a page's end. */
function section(heading: string, columns: readonly Column[], rows: readonly (readonly string[])[]): ContentTable {
  const body: TableCell[][] = [
    [
      { ...say(heading, { bold: true, fontSize: 12.5, color: ink.accent }), colSpan: columns.length },
      ...blank(columns.length - 1),
    ],
    columns.map(({ title }) => ({ ...say(title, { bold: true, fontSize: 8, color: ink.soft }), fillColor: ink.band })),
  ];
  for (const row of rows) {
    const cells = row.map(pieces);
    const height = Math.max(...cells.map(({ length }) => length));
    for (let at = 0; at < height; at += 1) body.push(cells.map((cell) => say(cell[at] ?? '', { fontSize: 9 })));
  }
  return {
    table: {
      headerRows: 2,
      keepWithHeaderRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => width),
      body,
    },
    layout: {
      hLineWidth: (at) => (at < 2 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => ink.rule,
      paddingLeft: (at) => (at === 0 ? 0 : 6),
      paddingRight: () => 6,
      paddingTop: () => 3.5,
      paddingBottom: () => 3.5,
    },
    margin: [0, 16, 0, 0],
  };
}

function prose(heading: string, text: string): Content {
  const [first = '', ...rest] = pieces(text);
  const title = say(heading, { bold: true, fontSize: 12.5, color: ink.accent, margin: [0, 16, 0, 4] });
  return [
    { stack: [title, say(first, { lineHeight: 1.25 })], unbreakable: true },
    ...rest.map((piece) => say(piece, { lineHeight: 1.25 })),
  ];
}

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
  const { words, moment } = telling;
  const { headings } = words;
  const small: Look = { fontSize: 7.5, color: ink.soft };
  const titleText = printable(report.title)
    .map(({ text }) => text)
    .join('');
  return {
    pageSize: 'A4',
    pageMargins: [48, 56, 48, 56],
    language: report.language,
    info: {
      title: titleText,
      author: 'Vigie',
      subject: words.kind,
      creator: 'Vigie',
      producer: 'Vigie',
      creationDate: new Date(report.madeAt),
    },
    displayTitle: true,
    defaultStyle: { font: 'Roboto', fontSize: 10, color: ink.text },
    header: (page) =>
      page === 1
        ? ''
        : {
            columns: [say(words.kind, small), say(words.incident(report.number), { ...small, alignment: 'right' })],
            margin: [48, 28, 48, 0],
          },
    footer: (page, pages) => ({
      columns: [
        say(`Vigie · ${words.madeAt(moment(report.madeAt))}`, small),
        say(words.pageOf(page, pages), { ...small, alignment: 'right' }),
      ],
      margin: [48, 24, 48, 0],
    }),
    content: [
      say(words.kind, { fontSize: 9, color: ink.soft }),
      say(report.title, { fontSize: 19, bold: true, color: ink.text, margin: [0, 2, 0, 10] }),
      ...report.summary.map((sentence) => say(sentence, { lineHeight: 1.25, margin: [0, 0, 0, 3] })),
      factSheet(report, telling),
      chartOf(report, telling),
      prose(headings.cause, report.cause.trim() === '' ? words.notWritten : report.cause),
      prose(headings.remedy, report.remedy.trim() === '' ? words.notWritten : report.remedy),
      proofOf(report, telling),
      ...runsOf(report, telling),
      affectedOf(report, telling),
      timelineOf(report, telling),
    ],
  };
}
