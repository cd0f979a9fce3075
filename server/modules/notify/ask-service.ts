import { lookup } from 'node:dns';
import { STATUS_CODES } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { Clock } from '#platform/clock.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import type { Outcome } from './retry.ts';
import { literalAddress, mayReceive } from './webhook-destination.ts';

const wholeTimeoutMs = 15_000;
const largestAnswerBytes = 16_384;
const longestDetailBytes = 300;
const forbiddenCode = 'VIGIE_FORBIDDEN_ADDRESS';

/** What is asked of a service by HTTP. */
export interface ServiceRequest {
  readonly method?: 'POST' | 'PUT' | 'PATCH' | 'GET' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; its content type is among the headers. */
  readonly body?: string;
  /** False for receivers whose words are of no use: they cannot hold us by an answer without end. */
  readonly readsAnswer?: boolean;
}

export interface ServiceAnswer {
  readonly status: number;
  /** At most 16 KiB of it. */
  readonly text: string;
  /** The answer's JSON; null when it is none. */
  readonly json: unknown;
  /** How long the service wants to be left alone; 0 when it does not say. */
  readonly retryAfterMs: number;
}

/** What is made of an answer: null where its status says all. */
export type Reading = (answer: ServiceAnswer) => Outcome | null;

/** How an owner of a channel may aim: an administrator at private networks too, others at the open world only. */
export type Reach = 'administrator' | 'everybody';

function judgedLookup(reach: Reach): LookupFunction {
  // Hands on the very addresses that were judged: what is connected to cannot be another answer of the name server.
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (!addresses.every(({ address }) => mayReceive(address, reach)))
        return callback(Object.assign(new Error(`${name} leads to a forbidden address`), { code: forbiddenCode }), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

function faultOf(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === forbiddenCode) return { end: 'refused', reason: 'forbidden_address', detail: '' };
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return { end: 'later', reason: 'timed_out', detail: '' };
  return { end: 'later', reason: 'unreachable', detail: code };
}

/** Only what the receiver may think better of is tried again: its own faults, too early, too many. */
function mayBeTriedAgain(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** `Retry-After` is a number of seconds or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | string[] | undefined, now: number): number {
  const said = Array.isArray(header) ? header[0] : header;
  if (said === undefined) return 0;
  const seconds = Number(said);
  const waitMs = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(said) - now;
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
}

async function boundedText(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    parts.push(part);
    size += part.length;
    if (size >= largestAnswerBytes) break;
  }
  return Buffer.concat(parts).subarray(0, largestAnswerBytes).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What is kept of an answer: its status, and the beginning of what it said where that helps. */
export function detailOf({ status, text }: ServiceAnswer, said = text): string {
  const line = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const words = sanitiseOutput(said.replaceAll(/\s+/gu, ' ').trim(), longestDetailBytes);
  return words === '' ? line : `${line}: ${words}`;
}

/** What a status alone says. */
export function outcomeOfStatus(answer: ServiceAnswer): Outcome {
  const { status, retryAfterMs } = answer;
  if (status >= 200 && status < 300) return { end: 'delivered', detail: detailOf(answer, '') };
  const detail = detailOf(answer);
  if (status >= 300 && status < 400) return { end: 'refused', reason: 'redirected', detail: detailOf(answer, '') };
  return mayBeTriedAgain(status)
    ? { end: 'later', reason: null, detail, retryAfterMs }
    : { end: 'refused', reason: null, detail };
}

/**
 * Asks a service and says what came of it. The address is judged at every connection, redirections are not followed,
 * the whole takes at most 15 s, and of the answer no more than 16 KiB is read.
 * @param reading what the answer's own words say beside its status
 */
export async function askService(
  asked: ServiceRequest,
  {
    reach,
    signal,
    clock,
    reading = () => null,
  }: { reach: Reach; signal: AbortSignal; clock: Clock; reading?: Reading },
): Promise<Outcome> {
  const literal = literalAddress(asked.url);
  if (literal !== null && !mayReceive(literal, reach))
    return { end: 'refused', reason: 'forbidden_address', detail: '' };
  const { Agent, request } = await import('undici');
  const agent = new Agent({ connect: { lookup: judgedLookup(reach), timeout: wholeTimeoutMs }, pipelining: 0 });
  try {
    const answer = await request(asked.url, {
      method: asked.method ?? 'POST',
      dispatcher: agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]),
      headers: {
        'user-agent': 'Vigie',
        ...(asked.json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...asked.headers,
      },
      body: asked.json === undefined ? (asked.body ?? null) : JSON.stringify(asked.json),
    });
    // Destroying what is not read is told as an error.
    answer.body.on('error', () => undefined);
    const text = asked.readsAnswer === false ? '' : await boundedText(answer.body);
    answer.body.destroy();
    const retryAfterMs = retryAfterOf(answer.headers['retry-after'], clock.now().getTime());
    const whole: ServiceAnswer = { status: answer.statusCode, text, json: parsed(text), retryAfterMs };
    return reading(whole) ?? outcomeOfStatus(whole);
  } catch (error) {
    return signal.aborted ? { end: 'later', reason: null, detail: '' } : faultOf(error);
  } finally {
    await agent.destroy();
  }
}
