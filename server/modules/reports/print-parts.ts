import type { Content, ContentTable, ContentText, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import type { Language } from '#contract/words.ts';
import { printable } from './printable-text.ts';
import type { Telling } from './telling.ts';

/** Colours of the print. */
export const ink = { text: '#1c2329', soft: '#5b6670', rule: '#c9d0d6', band: '#f2f5f8', accent: '#12406f' } as const;
/** Texts longer than this go on in a further row, so that no row is taller than a page. */
const longestCell = 1_800;
type Look = Pick<ContentText, 'bold' | 'color' | 'fontSize' | 'alignment' | 'margin' | 'lineHeight'>;

/** A text in the fonts that have its letters. */
export function say(text: string, look: Look = {}): ContentText {
  return { text: printable(text).map(({ text: piece, font }) => ({ text: piece, font })), ...look };
}

/** Cuts a text into pieces that each fit well on a page, at the ends of lines or words where there are any. */
function pieces(text: string): readonly string[] {
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

interface PrintColumn {
  readonly title: string;
  readonly width: number | 'auto' | '*';
}

const blank = (count: number): TableCell[] => Array.from({ length: count }, () => '');

/** A section as a table: its heading and column titles come again on each page, and no row is cut by a page's end. */
export function section(
  heading: string,
  columns: readonly PrintColumn[],
  rows: readonly (readonly string[])[],
): ContentTable {
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

/** A section of running text. */
export function prose(heading: string, text: string): Content {
  const [first = '', ...rest] = pieces(text);
  const title = say(heading, { bold: true, fontSize: 12.5, color: ink.accent, margin: [0, 16, 0, 4] });
  return [
    { stack: [title, say(first, { lineHeight: 1.25 })], unbreakable: true },
    ...rest.map((piece) => say(piece, { lineHeight: 1.25 })),
  ];
}

interface Frame {
  readonly kind: string;
  /** In the corner of each page but the first. */
  readonly name: string;
  readonly title: string;
  readonly madeAt: string;
  readonly language: Language;
}

/** The A4 page of every report: heading, running head, foot, and what the file says of itself. */
export function pageFrame(
  { kind, name, title, madeAt, language }: Frame,
  { words, moment }: Telling,
): { readonly page: Omit<TDocumentDefinitions, 'content'>; readonly title: Content[] } {
  const small: Look = { fontSize: 7.5, color: ink.soft };
  const titleText = printable(title)
    .map(({ text }) => text)
    .join('');
  return {
    page: {
      pageSize: 'A4',
      pageMargins: [48, 56, 48, 56],
      language,
      info: {
        title: titleText,
        author: 'Vigie',
        subject: kind,
        creator: 'Vigie',
        producer: 'Vigie',
        creationDate: new Date(madeAt),
      },
      displayTitle: true,
      defaultStyle: { font: 'Roboto', fontSize: 10, color: ink.text },
      header: (page) =>
        page === 1
          ? ''
          : { columns: [say(kind, small), say(name, { ...small, alignment: 'right' })], margin: [48, 28, 48, 0] },
      footer: (page, pages) => ({
        columns: [
          say(`Vigie · ${words.madeAt(moment(madeAt))}`, small),
          say(words.pageOf(page, pages), { ...small, alignment: 'right' }),
        ],
        margin: [48, 24, 48, 0],
      }),
    },
    title: [
      say(kind, { fontSize: 9, color: ink.soft }),
      say(title, { fontSize: 19, bold: true, color: ink.text, margin: [0, 2, 0, 10] }),
    ],
  };
}
