import { folded, textOf, type Column } from './column.ts';

/**
 * The filter people type: `state:down site:lyon,paris -kind:icmp web`.
 * `word:value` asks one column (several values, separated by commas, mean any of them), `-` turns it round,
 * quotes hold spaces together, and bare words must be found somewhere in the row. All conditions must hold.
 */
export interface FilterTerm {
  /** Column as typed; undefined for a bare word. */
  word?: string;
  values: readonly string[];
  not: boolean;
}

/** A longer filter is cut: nobody types one, and each term costs a pass over all rows. */
const maxFilterLength = 500;

const termPattern = /(?<not>-)?(?:(?<word>[\p{L}\p{N}_.-]+):)?(?<values>(?:"[^"]*"?|[^\s",]|,(?=\S))+)/gu;
const valuePattern = /"(?<quoted>[^"]*)"?|(?<bare>[^",]+)/gu;

/** Reads a typed filter. Never fails: what cannot be read is a bare word. */
export function parseFilter(text: string): FilterTerm[] {
  const terms: FilterTerm[] = [];
  for (const match of text.slice(0, maxFilterLength).matchAll(termPattern)) {
    const groups = match.groups ?? {};
    const values = [...(groups['values'] ?? '').matchAll(valuePattern)]
      .map((value) => value.groups?.['quoted'] ?? value.groups?.['bare'] ?? '')
      .filter((value) => value !== '');
    if (values.length === 0) continue;
    const word = groups['word'];
    terms.push({ ...(word === undefined ? {} : { word }), values, not: groups['not'] === '-' });
  }
  return terms;
}

function written(value: string): string {
  return /[\s,:"]/.test(value) ? `"${value.replaceAll('"', '')}"` : value;
}

/** Writes a filter so that `parseFilter` reads it back. */
export function formatFilter(terms: readonly FilterTerm[]): string {
  return terms
    .map((term) => {
      const word = term.word === undefined ? '' : `${term.word}:`;
      return `${term.not ? '-' : ''}${word}${term.values.map(written).join(',')}`;
    })
    .join(' ');
}

/** The column a filter word means, by name, title or alias, whatever the accents. */
export function columnNamed<Row>(columns: readonly Column<Row>[], word: string): Column<Row> | undefined {
  const wanted = folded(word);
  return columns.find((column) =>
    [column.name, column.title, ...(column.aliases ?? [])].some((name) => folded(name).replaceAll(' ', '-') === wanted),
  );
}

function cellTexts<Row>(column: Column<Row>, row: Row): string[] {
  const value = column.value(row);
  const text = textOf(value);
  const label = column.choices?.find((choice) => choice.value === value)?.label;
  return label === undefined ? [folded(text)] : [folded(text), folded(label)];
}

/** What a bare word is looked for in: what people read; a moment is not read as ISO 8601. */
function readTexts<Row>(columns: readonly Column<Row>[], row: Row): string {
  return columns.flatMap((column) => (column.value(row) instanceof Date ? [] : cellTexts(column, row))).join('\n');
}

const known = new WeakMap<readonly unknown[], WeakMap<object, string>>();

/** The same, put together once for each row: with each letter that is typed ten thousand rows are asked again. */
function readOnce<Row>(columns: readonly Column<Row>[], row: Row): string {
  if (typeof row !== 'object' || row === null) return readTexts(columns, row);
  const texts = known.get(columns) ?? new WeakMap<object, string>();
  known.set(columns, texts);
  const text = texts.get(row) ?? readTexts(columns, row);
  texts.set(row, text);
  return text;
}

/** One choice among a closed set must match whole (`up` must not find `upkeep`), free text in part. */
function matchesColumn<Row>(column: Column<Row>, row: Row, values: readonly string[]): boolean {
  const texts = cellTexts(column, row);
  return values.some((value) =>
    texts.some((text) => (column.choices === undefined ? text.includes(value) : text.startsWith(value))),
  );
}

/**
 * Makes the test of one row. Words of unknown columns are searched as plain text, so `http://x` finds what it says.
 */
export function filterTest<Row>(columns: readonly Column<Row>[], terms: readonly FilterTerm[]): (row: Row) => boolean {
  const tests = terms.map((term) => {
    const column = term.word === undefined ? undefined : columnNamed(columns, term.word);
    if (column !== undefined) {
      const values = term.values.map(folded);
      return (row: Row) => matchesColumn(column, row, values) !== term.not;
    }
    const text = folded(`${term.word === undefined ? '' : `${term.word}:`}${term.values.join(',')}`);
    return (row: Row) => readOnce(columns, row).includes(text) !== term.not;
  });
  return (row) => tests.every((test) => test(row));
}
