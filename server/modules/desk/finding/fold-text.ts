/** Text as it is looked for: without case and accents, ligatures apart; as `desk.fold` does it in the database. */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll('’', "'");
}

/** The words of a text, folded: runs of letters and digits. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

const accented: Readonly<Record<string, string>> = {
  a: 'aàáâãäå',
  c: 'cç',
  e: 'eèéêë',
  i: 'iìíîï',
  n: 'nñ',
  o: 'oòóôõö',
  u: 'uùúûü',
  y: 'yýÿ',
  "'": "'’",
};

/**
 * A pattern (PostgreSQL's, without case) that finds a folded text in one that was not folded: to fold all that is looked
 * through takes ten times as long.
 */
export function loosePattern(folded: string): string {
  return folded.replaceAll(/oe|ae|\s+|./gsu, (piece) => {
    if (piece === 'oe') return '(?:[oòóôõö][eèéêë]|œ)';
    if (piece === 'ae') return '(?:[aàáâãäå][eèéêë]|æ)';
    if (piece.trim() === '') return '[[:space:]]+';
    const letters = accented[piece];
    if (letters !== undefined) return `[${letters}][\u0300-\u036F]?`;
    return /[\p{L}\p{N}]/u.test(piece) ? piece : `\\${piece}`;
  });
}

/**
 * How many slips lie between two short words: letters left out, added, mistaken or swapped (optimal string alignment).
 * Gives up beyond `most`.
 */
export function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min((last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + same);
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, (before[column - 2] ?? 0) + 1);
      next.push(least);
    }
    before = last;
    last = next;
  }
  return Math.min(last.at(-1) ?? 0, most + 1);
}
