/**
 * One word for a POSIX shell, whatever it contains. Single quotes take everything literally except themselves.
 * @throws RangeError on a NUL byte, which no shell word can hold.
 */
export function shellQuote(text: string): string {
  if (text.includes('\0')) throw new RangeError('a shell word cannot hold a NUL byte');
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
