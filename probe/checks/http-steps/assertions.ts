import type { WebAnswer } from '#probe/web/ask-web.ts';
import { compilePattern, isPattern } from '#probe/web/safe-pattern.ts';
import { findValue, readQuery, type Query } from './captures.ts';
import { readQuoted } from './read-quoted.ts';

/** What an answer has to be beyond its status. */
export interface Assertion {
  /** As it was written, for the person who reads that it fails. */
  readonly text: string;
  /** Undefined: the duration of the step, in milliseconds. */
  readonly query: Query | undefined;
  readonly not: boolean;
  readonly predicate: 'exists' | 'contains' | 'matches' | '==' | '!=' | '<' | '<=' | '>' | '>=';
  readonly expected: string;
}

const shape =
  /^(duration|body|status|(?:jsonpath|regex|header|cookie)[ \t]+"(?:[^"\\]|\\.)*")[ \t]+(not[ \t]+)?(exists|contains|matches|==|!=|<=|>=|<|>)(?:[ \t]+(.+))?$/u;

/** Reads `jsonpath "$.state" == "ok"`, `body contains "Welcome"`, `duration < 500`; undefined when it is none. */
export function readAssertion(line: string): Assertion | undefined {
  const [, subject = '', not, predicate, value] = shape.exec(line) ?? [];
  const query = subject === 'duration' ? undefined : readQuery(subject);
  if (predicate === undefined || (query === undefined && subject !== 'duration')) return undefined;
  if (!isPredicate(predicate) || (predicate === 'exists') !== (value === undefined)) return undefined;
  const expected = value === undefined ? '' : (readQuoted(value) ?? plainWord(value));
  if (expected === undefined || (predicate === 'matches' && !isPattern(expected))) return undefined;
  return { text: line.slice(0, 200), query, not: not !== undefined, predicate, expected };
}

function plainWord(value: string): string | undefined {
  return /^(?:-?\d{1,15}(?:\.\d{1,15})?|true|false|null)$/u.test(value) ? value : undefined;
}

function isPredicate(word: string): word is Assertion['predicate'] {
  return ['exists', 'contains', 'matches', '==', '!=', '<', '<=', '>', '>='].includes(word);
}

/** Whether an answer stands an assertion, and what was found instead. */
export function checkAssertion(
  assertion: Assertion,
  answer: WebAnswer,
  durationMs: number,
): { readonly stands: boolean; readonly found: string | undefined } {
  const { query, not } = assertion;
  const found = query === undefined ? String(Math.round(durationMs)) : findValue(query, answer);
  return { stands: holds(assertion, found) !== not, found };
}

function holds({ predicate, expected }: Assertion, found: string | undefined): boolean {
  if (found === undefined) return false;
  switch (predicate) {
    case 'exists':
      return true;
    case 'contains':
      return found.includes(expected);
    case 'matches':
      return compilePattern(expected).test(found);
    case '==':
      return found === expected;
    case '!=':
      return found !== expected;
    default:
      return found.trim() !== '' && compares(predicate, Number(found), Number(expected));
  }
}

function compares(predicate: '<' | '<=' | '>' | '>=', found: number, expected: number): boolean {
  if (predicate === '<') return found < expected;
  if (predicate === '<=') return found <= expected;
  return predicate === '>' ? found > expected : found >= expected;
}
