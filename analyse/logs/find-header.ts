/** Lines looked at to learn what stands before each message. */
const mostLines = 2_000;
/** The share of lines in which a part of a header shows itself. */
const leastShare = 0.95;
/** A header has no more columns. */
const mostColumns = 14;
/** Columns between two that are surely header, at most. */
const mostBetween = 3;

const timeOfDay = /(?:^|\D)[0-2]?\d[:.][0-5]\d[:.][0-5]\d/u;
const level =
  /^[[(<]?(?:trace|debug|info|notice|warn|warning|error|err|crit|critical|severe|fatal|alert|emerg|failure|information|[divwef])[\])>:,]*$/iu;
const number = /^[-+[(]?\d[\d.,:/T_Z+-]*[\]),:]?$/u;
const component = /^[A-Za-z][^=]*:$/u;
const column = /\S+/gu;

/** What may stand between the columns and the message; each is taken away where nearly all lines have it. */
const parts: readonly RegExp[] = [
  /^\s*\[(?:[^[\]]|\[[^[\]]*\])*\](?:\s+-)?(?=\s|$)/u,
  /^\s*-(?=\s)/u,
  /^\s*[A-Za-z]\w*(?:\.[\w$]+){2,}(?=\s)/u,
  /^\s*[^\s:=,;"']{1,80}(?:\([^()\s]{1,40}\))?(?:\[\d{1,9}\])?:(?=\s|$)/u,
  /^\s*[^\s|][^|]{0,80}\|/u,
  /^\s*[^\s:=,;"']{1,40}(?: \*\d+)? -(?=\s)/u,
];

/**
 * Learns from a log's first lines what stands before each message (date, host, level, component) and returns what tells where
 * the message of a line begins. Lines without a time of day in nearly all of them have no header.
 */
export function findHeader(lines: readonly string[]): (line: string) => number {
  const looked = lines.slice(0, mostLines).filter((line) => line.trim() !== '');
  const isNearlyAll = (count: number): boolean => count >= leastShare * looked.length;
  const count = (is: (line: string) => boolean): number => looked.filter(is).length;
  if (looked.length === 0 || !isNearlyAll(count((line) => timeOfDay.test(line.slice(0, 120))))) return () => 0;
  const columns = columnsOfHeader(looked);
  if (columns === 0 && !isNearlyAll(count((line) => timeOfDay.test(line.slice(0, 30))))) return () => 0;
  const found: RegExp[] = [];
  const start = (line: string): number => {
    let at = afterColumns(line, columns);
    for (const part of found) at += part.exec(line.slice(at))?.[0].length ?? 0;
    return at;
  };
  for (let round = 0; round < 6; round += 1) {
    const next = parts.find((part) => isNearlyAll(count((line) => part.test(line.slice(start(line))))));
    if (next === undefined) break;
    found.push(next);
  }
  return (line) => {
    const at = start(line);
    return at + (/^\s*/u.exec(line.slice(at))?.[0].length ?? 0);
  };
}

/** How many columns from the left are header: up to the last that is a number, a time, a level or one and the same word. */
function columnsOfHeader(lines: readonly string[]): number {
  const split = lines.map((line) => line.slice(0, 400).split(/\s+/u, mostColumns + 1));
  let header = 0;
  for (let i = 0; i < mostColumns && i <= header + mostBetween; i += 1) {
    const words = split.map((each) => each[i] ?? '');
    // Behind a program's name with its colon the message begins.
    if (words.filter((each) => component.test(each) && !level.test(each)).length >= leastShare * words.length)
      return header === 0 ? 0 : i;
    if (isHeader(words)) header = i + 1;
  }
  return header;
}

function isHeader(words: readonly string[]): boolean {
  const share = (is: (each: string) => boolean): boolean => words.filter(is).length >= leastShare * words.length;
  const [first = ''] = words;
  if (first !== '' && share((each) => each === first)) return true;
  return (
    share((each) => number.test(each) || (timeOfDay.test(each) && !each.includes('|'))) ||
    share((each) => level.test(each) && each !== '')
  );
}

function afterColumns(line: string, columns: number): number {
  if (columns === 0) return 0;
  column.lastIndex = 0;
  let at = 0;
  for (let i = 0; i < columns; i += 1) {
    const found = column.exec(line);
    if (found === null) return at;
    at = found.index + found[0].length;
  }
  return at;
}
