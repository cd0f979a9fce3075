import { textOf, type Column } from './column.ts';

/**
 * A spreadsheet runs a cell that begins so as a formula, and names come from outside: such text is prefixed by an
 * apostrophe (OWASP, "CSV injection"). Numbers are left alone.
 */
const formulaStart = /^[=+\-@\t\r]/;

function csvCell(text: string, isText: boolean): string {
  const safe = isText && formulaStart.test(text) ? `'${text}` : text;
  return /[",\n\r;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The rows and columns as shown, as CSV (RFC 4180; with the mark that makes spreadsheets read UTF-8). */
export function rowsToCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const head = columns.map((column) => csvCell(column.title, true)).join(',');
  const body = rows.map((row) =>
    columns
      .map((column) => {
        const value = column.value(row);
        return csvCell(textOf(value), typeof value === 'string');
      })
      .join(','),
  );
  return `\uFEFF${[head, ...body].join('\r\n')}\r\n`;
}

/** The rows and columns as shown, as JSON with the columns' stable names. */
export function rowsToJson<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column) => [column.name, column.value(row) ?? null]))),
    null,
    2,
  );
}

/** Hands a text to the browser as a file. */
export function downloadText(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
