import type { ReactNode } from 'react';

/** What a cell holds when it is sorted, filtered or exported. Times are Dates, sizes and durations plain numbers. */
export type CellValue = string | number | boolean | Date | null | undefined;

/** One column of a list. `Row` is whatever the request returns. */
export interface Column<Row> {
  /** Stable and short: it stands in the address (`sort=-since`), in filters (`state:down`) and in exports. */
  name: string;
  title: string;
  value: (row: Row) => CellValue;
  /** How it looks, when it is more than the value. */
  cell?: (row: Row) => ReactNode;
  /** Order, when the value's own order says nothing (states go worst first). */
  order?: (row: Row) => number | string;
  /** Other words the filter knows this column by, such as its French name. */
  aliases?: readonly string[];
  /** The closed set of values, offered while typing the filter. The word typed may be the value or its label. */
  choices?: readonly { value: string; label: string }[];
  /** CSS grid track, such as `120px` or `minmax(160px, 2fr)`. */
  width?: string;
  align?: 'end';
  /** Not shown until chosen. */
  optional?: boolean;
  /** Shown on a phone. The first column always is. */
  onPhone?: boolean;
}

const beyondAscii = /[^\p{ASCII}]/u;

/** Lower case without accents, so that `etat` finds `État`. Most texts are plain and skip the costly part. */
export function folded(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase();
}

/** The text of a cell for filtering and exporting. */
export function textOf(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  return String(value);
}

/** Pixels between two columns, and beside the first and the last one together (list.css). */
const gap = 12;
const sides = 40;

/** Pixels that a list needs at least: in less its columns are scrolled, in more they share what is left. */
export function leastWidthOf(tracks: readonly string[]): number {
  const widths = tracks.map((track) => Number(/\d+/u.exec(track)?.[0] ?? 0));
  return widths.reduce((sum, width) => sum + width, sides + gap * Math.max(0, widths.length - 1));
}
