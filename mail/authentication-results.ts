import { flightStep, type FlightStep } from './flight-record.ts';
import type { ReadMessage } from './message.ts';

/** What our own mail server found out about the sender. */
export interface Authentication {
  /** `unknown`: it did not say, or nobody set up whom to believe. */
  readonly verdict: 'passed' | 'failed' | 'unknown';
  /** The name in "From" may be forged: shown to whoever reads it, and no private content goes into an answer. */
  readonly isSpoofed: boolean;
  readonly steps: readonly FlightStep[];
}

interface MethodResult {
  readonly method: string;
  readonly result: string;
  readonly properties: ReadonlyMap<string, string>;
}

/**
 * Reads the Authentication-Results (RFC 8601) of one's own mail server and of nobody else: `authservId` is the name under
 * which it writes them. Only the topmost counts, and only above the Received lines of other servers: anybody can write one
 * further down. `ownReceived` is how many lines of our own servers may stand above it.
 */
export function authenticationOf(message: ReadMessage, authservId: string | null, ownReceived = 1): Authentication {
  const from = message.from[0]?.address.split('@').at(-1)?.toLowerCase() ?? '';
  if (authservId === null || authservId === '') return unknown('auth_not_set_up', '');
  const header = ownHeader(message, authservId.toLowerCase(), ownReceived);
  if (header === null) return unknown('auth_missing', authservId);
  const results = parseResults(header);
  const evidence = `Authentication-Results: ${header}`;
  const dmarc = results.find(({ method }) => method === 'dmarc');
  const aligned = results.some(
    ({ method, result, properties }) => result === 'pass' && isAligned(method, properties, from),
  );
  const hasPassed = dmarc?.result === 'pass' || (dmarc?.result !== 'fail' && aligned);
  if (hasPassed)
    return {
      verdict: 'passed',
      isSpoofed: false,
      steps: [flightStep('authenticate', 'auth_passed', evidence, 'passed')],
    };
  const hasFailed =
    dmarc?.result === 'fail' || results.some(({ result }) => /^(?:fail|softfail|permerror|policy)$/u.test(result));
  if (!hasFailed) return unknown('auth_nothing_said', evidence);
  return {
    verdict: 'failed',
    isSpoofed: true,
    steps: [flightStep('authenticate', 'auth_failed', evidence, 'spoofed')],
  };
}

function unknown(rule: 'auth_not_set_up' | 'auth_missing' | 'auth_nothing_said', evidence: string): Authentication {
  return { verdict: 'unknown', isSpoofed: false, steps: [flightStep('authenticate', rule, evidence, 'unknown')] };
}

function ownHeader(message: ReadMessage, authservId: string, ownReceived: number): string | null {
  let received = 0;
  for (const { name, value } of message.headers) {
    if (name === 'received') received += 1;
    if (received > ownReceived) return null;
    if (name !== 'authentication-results') continue;
    const said = /^\s*"?(?<id>[^\s;"]+)"?(?:\s+\d+)?\s*;/u.exec(withoutComments(value))?.groups?.['id'];
    if (said?.toLowerCase() === authservId) return value;
  }
  return null;
}

function withoutComments(text: string): string {
  let depth = 0;
  let out = '';
  for (const sign of text) {
    if (sign === '(') depth += 1;
    if (depth === 0) out += sign;
    if (sign === ')' && depth > 0) depth -= 1;
  }
  return out;
}

const mostResults = 30;

function parseResults(header: string): MethodResult[] {
  return withoutComments(header)
    .split(';')
    .slice(1, mostResults)
    .flatMap((part) => {
      const words = part.trim().split(/\s+/u).slice(0, 30);
      const [method = '', result = ''] = words[0]?.toLowerCase().split('=') ?? [];
      if (method === '' || result === '') return [];
      const properties = words.slice(1).map((word) => {
        const at = word.indexOf('=');
        return [
          word.slice(0, at).toLowerCase(),
          word
            .slice(at + 1)
            .replaceAll('"', '')
            .toLowerCase(),
        ] as const;
      });
      return [{ method: method.split('/')[0] ?? '', result, properties: new Map(properties) }];
    });
}

/** Whether what was proved is about the domain in "From" (RFC 7489, 3.1, relaxed). */
function isAligned(method: string, properties: ReadonlyMap<string, string>, from: string): boolean {
  const proved =
    method === 'dkim'
      ? (properties.get('header.d') ?? properties.get('header.i'))
      : method === 'spf'
        ? properties.get('smtp.mailfrom')
        : undefined;
  const domain = proved?.split('@').at(-1) ?? '';
  return (
    domain !== '' && from !== '' && (domain === from || from.endsWith(`.${domain}`) || domain.endsWith(`.${from}`))
  );
}
