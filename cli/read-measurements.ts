import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Context } from './context.ts';
import { UsageFault } from './usage-fault.ts';

/** More columns are another kind of file. */
const mostColumns = 1000;

/** One row of a file of measurements. */
export interface MeasuredRow {
  /** As it stands in the file. */
  readonly time: string;
  /** Milliseconds since 1970; a time without a zone is UTC. */
  readonly timeMs: number;
  readonly cells: readonly string[];
  /** NaN where the cell is empty or no number. */
  readonly values: readonly number[];
}

/** A CSV file of measurements, row by row: the first column is the time, the others are values. */
export interface Measurements {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<MeasuredRow>;
}

/** Opens a CSV file, separated by commas, semicolons or tabs. Throws UsageFault when it is not one. */
export async function openMeasurements(
  file: string,
  context: Context,
  faults: {
    readonly noColumns: (file: string) => string;
    readonly badTime: (file: string, line: number, typed: string) => string;
    readonly tooManyColumns: (most: number) => string;
  },
): Promise<Measurements> {
  const lines = linesOf(file, context)[Symbol.asyncIterator]();
  const first = await lines.next();
  const head = first.done === true ? '' : first.value.replace(/^\uFEFF/u, '');
  const separator = [',', ';', '\t'].find((mark) => head.includes(mark));
  if (separator === undefined) throw new UsageFault(faults.noColumns(file));
  const columns = split(head, separator).slice(1);
  if (columns.length > mostColumns) throw new UsageFault(faults.tooManyColumns(mostColumns));
  return {
    columns,
    rows: readRows(lines, separator, columns.length, (line, typed) => faults.badTime(file, line, typed)),
  };
}

async function* linesOf(file: string, context: Context): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file, { signal: context.signal }), crlfDelay: Infinity });
  } catch (error) {
    if (context.signal.aborted) throw error;
    throw new UsageFault(context.texts.noFile(file));
  }
}

async function* readRows(
  lines: AsyncIterator<string>,
  separator: string,
  width: number,
  badTime: (line: number, typed: string) => string,
): AsyncGenerator<MeasuredRow> {
  let number = 1;
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    number += 1;
    if (next.value.trim() === '') continue;
    const [time = '', ...cells] = split(next.value, separator);
    const timeMs = timeOf(time);
    if (Number.isNaN(timeMs)) throw new UsageFault(badTime(number, time.slice(0, 100)));
    const values = Array.from({ length: width }, (_, at) => numberOf(cells[at] ?? ''));
    yield { time, timeMs, cells, values };
  }
}

/** The cells of a line; quotes around a cell are taken off, doubled quotes within are one. */
function split(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line.charAt(at);
    if (letter === '"' && isQuoted && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += letter;
  }
  return [...cells, cell];
}

function numberOf(cell: string): number {
  return cell.trim() === '' ? Number.NaN : Number(cell);
}

function timeOf(typed: string): number {
  const text = typed.trim();
  if (/^\d+(\.\d+)?$/u.test(text)) return Number(text) > 1e11 ? Number(text) : Number(text) * 1000;
  const iso = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?$/u.exec(text);
  if (iso === null) return /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(text) : Number.NaN;
  return Date.parse(`${iso[1] ?? ''}T${(iso[2] ?? '').slice(0, 12)}${iso[3] ?? 'Z'}`);
}
