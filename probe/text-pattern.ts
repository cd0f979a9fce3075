/**
 * Whether a text fits a pattern in which `*` stands for any characters and `?` for one; letters of either case are the
 * same. Its time grows with both lengths multiplied and no faster: what a target says can never stall the probe, as it
 * could with a regular expression.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const [told, wanted] = [text.toLowerCase(), pattern.toLowerCase()];
  let at = 0;
  let from = 0;
  let star = -1;
  let resume = 0;
  while (at < told.length) {
    if (from < wanted.length && wanted[from] === '*') {
      star = from;
      resume = at;
      from += 1;
    } else if (from < wanted.length && (wanted[from] === '?' || wanted[from] === told[at])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      resume += 1;
      at = resume;
      from = star + 1;
    } else return false;
  }
  while (wanted[from] === '*') from += 1;
  return from === wanted.length;
}

/** Whether a text fits one of several patterns, separated by commas. */
export function fitsOneOf(text: string, patterns: string): boolean {
  return patterns
    .split(',')
    .map((pattern) => pattern.trim())
    .some((pattern) => pattern !== '' && fitsPattern(text, pattern));
}
