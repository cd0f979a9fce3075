/** How wide a word stands at a terminal: letters with marks count once, wide ones (Chinese, emoji) twice. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    width += /\p{Extended_Pictographic}|[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFF00-\uFF60]/u.test(
      segment,
    )
      ? 2
      : 1;
  }
  return width;
}

/** Text of others is shown on one line and cannot steer the terminal. */
export function oneLine(text: string): string {
  // Control characters, escape sequences among them, become a space; so do those that turn the writing around.
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
}

/** The same for text of several lines: line ends and tabs are let through, what steers a terminal is not. */
export function tame(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');
}

function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

const gap = 2;
const leastWidth = 8;

/** Takes from the widest column until the row fits. */
function fit(widths: readonly number[], columns: number): readonly number[] {
  const fitted = [...widths];
  const room = columns - gap * (fitted.length - 1);
  let over = fitted.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const widest = fitted.indexOf(Math.max(...fitted));
    const width = fitted[widest] ?? 0;
    if (width <= leastWidth) break;
    fitted[widest] = width - 1;
    over -= 1;
  }
  return fitted;
}

/**
 * A table as text, one row a line.
 * @param columns the terminal's width; without it nothing is cut, as a pipe wants it.
 */
export function tableText(header: readonly string[], rows: readonly (readonly string[])[], columns?: number): string {
  const all = [header, ...rows].map((row) => row.map(oneLine));
  const natural = header.map((_title, index) => Math.max(...all.map((row) => widthOf(row[index] ?? ''))));
  const widths = columns === undefined ? natural : fit(natural, columns);
  const lines = all.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        const text = cut(cell, width);
        return text + ' '.repeat(Math.max(0, width - widthOf(text)));
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
