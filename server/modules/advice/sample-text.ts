/** Reads `milliseconds{value,value}` with semicolons between, as PostgreSQL writes arrays; a value may be NULL. */
export function samplesOf(
  text: string,
  positions: readonly number[],
): { readonly times: Float64Array; readonly values: Float64Array[] } {
  const rows = text === '' ? [] : text.split(';');
  const times = new Float64Array(rows.length);
  const values = positions.map(() => new Float64Array(rows.length).fill(Number.NaN));
  for (const [at, row] of rows.entries()) {
    const brace = row.indexOf('{');
    times[at] = Number(row.slice(0, brace));
    const cells = row.slice(brace + 1, -1).split(',');
    for (const [place, position] of positions.entries()) {
      const cell = cells[position - 1];
      const column = values[place];
      if (cell !== undefined && cell !== '' && cell !== 'NULL' && column !== undefined) column[at] = Number(cell);
    }
  }
  return { times, values };
}
