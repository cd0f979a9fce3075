/** What varies, in a shape and in a template. */
export const variable = '<*>';

/** Longer lines are cut for their template, letters. */
const longestLine = 4096;

const word = /[^\s=:,()[\]{};'"|<>]+/y;
const numberUnit = /^(?:b|[kmgt]i?b|sec|secs|seconds?|ms|msec|us|min|mins|minutes?|hours?)$/iu;
const dateWord =
  /^(?:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|edt|est|pdt|pst|cdt|cst|utc|gmt|cest|cet)$/iu;
const saysNothing = /^(?:true|false|null|none|nil|nan)$/iu;

/**
 * A line's shape: its words and marks, with what is surely variable (numbers, times, addresses, identifiers, paths) as
 * {@link variable}, repeated variables as one. Two lines of one template mostly have the same shape.
 */
export function shapeLine(line: string): string[] {
  const text = line.length > longestLine ? line.slice(0, longestLine) : line;
  const tokens: string[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === 32 || (code >= 9 && code <= 13)) {
      at += 1;
      continue;
    }
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) {
      takeMark(tokens, text.charAt(at));
      at += 1;
    } else {
      at += found.length;
      // What begins a message with a colon and a number behind it is a host and its port.
      if (tokens.length === 0 && text.charAt(at) === ':' && plainName.test(found) && startsWithDigit(text, at + 1))
        tokens.push(variable);
      else takeWord(tokens, found);
    }
  }
  return tokens;
}

const plainName = /^[a-z][a-z.-]*$/u;

function startsWithDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

function takeWord(tokens: string[], found: string): void {
  const last = tokens.at(-1);
  const isValue = last === '=' || last === ':';
  if (isVariable(found) || (isValue && saysNothing.test(found))) takeVariable(tokens);
  else if (last === variable && (numberUnit.test(found) || dateWord.test(found))) return;
  else tokens.push(found);
}

/** Variables side by side, or with one and the same mark between them, are one: lists have any length. */
function takeVariable(tokens: string[]): void {
  while (tokens.length > 0 && dateWord.test(tokens.at(-1) ?? '')) tokens.pop();
  const [before, mark] = [tokens.at(-2), tokens.at(-1)];
  if (mark === variable) return;
  if (before === variable && (mark === ':' || mark === ',' || mark === ';' || mark === '|')) {
    tokens.pop();
    return;
  }
  // The sign of `<1 sec` belongs to the number.
  if (mark === '<' || mark === '>') tokens.pop();
  tokens.push(variable);
}

/** A bracket with one variable or nothing in it is as if it were not there: what it tells is optional. */
function takeMark(tokens: string[], mark: string): void {
  if (mark === ')' && tokens.at(-1) === '(') tokens.length -= 1;
  else if (mark === ')' && tokens.at(-1) === variable && tokens.at(-2) === '(') tokens.length -= 2;
  else tokens.push(mark);
}

const commonEnd = /\.(?:com|net|org|edu|gov|mil|info|biz|local|localdomain|lan|internal|arpa)\.?$/u;
const countryEnd = /\.[a-z-]+\.[a-z]{2}\.?$/u;
const packageStart = /^(?:com|org|net|edu|java|javax|android|io|sun|kernel)\./u;

/** Names as of the internet's hosts; packages of programs are written the other way round. */
function isHostName(found: string): boolean {
  const dot = found.indexOf('.');
  if (dot < 1 || !/^[a-z.-]+$/u.test(found) || packageStart.test(found)) return false;
  return commonEnd.test(found) || countryEnd.test(found);
}

/** Words with a digit, paths, addresses of the web, Windows' paths: surely no word of a programmer's sentence. */
function isVariable(found: string): boolean {
  for (let i = 0; i < found.length; i += 1) {
    const code = found.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  if (isHostName(found)) return true;
  const first = found.charCodeAt(0);
  if (first === 47) return found.includes('/', 1);
  return first === 92 && found.includes('\\', 1);
}
