import type { WebAnswer } from '#probe/web/ask-web.ts';
import { isJsonPlace, jsonText, readJsonPlace } from '#probe/web/json-value.ts';
import { compilePattern, isPattern } from '#probe/web/safe-pattern.ts';
import { readQuoted } from './read-quoted.ts';

/** Where in an answer a value is found. */
export interface Query {
  readonly from: 'jsonpath' | 'regex' | 'header' | 'cookie' | 'body' | 'status';
  readonly what: string;
}

/** A value taken from an answer for later steps. */
export interface Capture {
  readonly name: string;
  readonly query: Query;
}

/** Reads `token: jsonpath "$.token"`; undefined when it is none. */
export function readCapture(line: string): Capture | undefined {
  const [, name = '', rest = ''] = /^(\w{1,50})[ \t]*:[ \t]*(.*)$/u.exec(line) ?? [];
  const query = readQuery(rest);
  return name === '' || query === undefined ? undefined : { name, query };
}

/** Reads `jsonpath "$.a"`, `regex "a(.)"`, `header "X"`, `cookie "c"`, `body` or `status`. */
export function readQuery(text: string): Query | undefined {
  if (text === 'body' || text === 'status') return { from: text, what: '' };
  const [, from, quoted = ''] = /^(jsonpath|regex|header|cookie)[ \t]+(".*")$/u.exec(text) ?? [];
  const what = readQuoted(quoted);
  if (what === undefined) return undefined;
  if (from === 'jsonpath') return what !== '' && isJsonPlace(what) ? { from, what } : undefined;
  if (from === 'regex') return what !== '' && isPattern(what) ? { from, what } : undefined;
  return from === 'header' || from === 'cookie' ? { from, what } : undefined;
}

/** The value a query finds in an answer, as text; undefined when there is none. */
export function findValue({ from, what }: Query, answer: WebAnswer): string | undefined {
  switch (from) {
    case 'status':
      return String(answer.status);
    case 'body':
      return answer.body.toString('utf8');
    case 'regex':
      return compilePattern(what).pick(answer.body.toString('utf8'));
    case 'header': {
      const value = answer.headers[what.toLowerCase()];
      return Array.isArray(value) ? value[0] : value;
    }
    case 'cookie': {
      const cookies = answer.headers['set-cookie'] ?? [];
      return cookies
        .find((each) => each.startsWith(`${what}=`))
        ?.slice(what.length + 1)
        .split(';')[0];
    }
    default:
      return findJson(what, answer);
  }
}

function findJson(place: string, answer: WebAnswer): string | undefined {
  try {
    const [value] = readJsonPlace(JSON.parse(answer.body.toString('utf8')), place);
    return value === undefined ? undefined : jsonText(value);
  } catch {
    return undefined;
  }
}
