/**
 * Whether one line holds the pieces of a pattern, in order, between its stars. Not a regular expression: those can
 * take for ever on an output that was made for it.
 */
export function containsPattern(output: string, pattern: string): boolean {
  const pieces = pattern.split('*').filter((piece) => piece !== '');
  return output.split('\n').some((line) => {
    let from = 0;
    return pieces.every((piece) => {
      const found = line.indexOf(piece, from);
      from = found + piece.length;
      return found >= 0;
    });
  });
}

// Bounded on both sides of the point, so that a million digits are not read as one number.
const numberShape = /[-+]?\d{1,18}(?:\.\d{1,18})?(?:[eE][-+]?\d{1,3})?/u;

/** The first number behind a text; behind nothing when the text is a star. Undefined when there is none. */
export function numberAfter(output: string, text: string): number | undefined {
  const at = text === '*' ? 0 : output.indexOf(text);
  if (at < 0) return undefined;
  const rest = output.slice(text === '*' ? 0 : at + text.length);
  const found = numberShape.exec(rest)?.[0];
  return found === undefined ? undefined : Number(found);
}
