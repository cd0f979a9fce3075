import { lookup } from 'node:dns';
import { STATUS_CODES } from 'node:http';
import type { LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import type { Language } from '#contract/words.ts';
import type { Notice } from './notice.ts';
import type { Outcome } from './retry.ts';
import { literalAddress, mayReceive } from './webhook-destination.ts';
import { asText, type Wording } from './wording.ts';

const wholeTimeoutMs = 15_000;
const longestAnswer = 300;

const forbiddenCode = 'VIGIE_FORBIDDEN_ADDRESS';

/**
 * Looks a name up and hands on the very addresses that were judged: what is connected to cannot be another answer of
 * the name server than the one that was looked at.
 */
const judgedLookup: LookupFunction = (name, options, callback) => {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, []);
    if (!addresses.every(({ address }) => mayReceive(address)))
      return callback(Object.assign(new Error(`${name} leads to a forbidden address`), { code: forbiddenCode }), []);
    const [first] = addresses;
    if (options.all === true || first === undefined) return callback(null, addresses);
    return callback(null, first.address, first.family);
  });
};

export interface Webhook {
  readonly deliveryId: string;
  readonly url: URL;
  readonly notice: Notice;
  readonly wording: Wording;
  readonly language: Language;
  readonly at: Date;
}

/** What a webhook's body holds: the notice itself, and the same in words. */
function bodyOf({ deliveryId, notice, wording, language, at }: Webhook): string {
  return JSON.stringify({
    id: deliveryId,
    at: at.toISOString(),
    language,
    subject: wording.subject,
    text: asText(wording),
    url: wording.link?.url ?? null,
    notice,
  });
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

/**
 * Posts a notice to a webhook. Redirections are not followed. `Idempotency-Key` is the delivery's id, so that a receiver
 * can tell a notice that is sent again after a crash from another.
 */
export async function sendWebhook(webhook: Webhook, signal: AbortSignal): Promise<Outcome> {
  const literal = literalAddress(webhook.url);
  if (literal !== null && !mayReceive(literal)) return { end: 'refused', reason: 'forbidden_address', detail: '' };
  const agent = new Agent({ connect: { lookup: judgedLookup, timeout: wholeTimeoutMs }, pipelining: 0 });
  try {
    const answer = await request(webhook.url, {
      method: 'POST',
      dispatcher: agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(wholeTimeoutMs)]),
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'Vigie',
        'idempotency-key': webhook.deliveryId,
      },
      body: bodyOf(webhook),
    });
    // What it says in its body is not read: a receiver without end could not hold us. Destroying it is told as an error.
    answer.body.on('error', () => undefined).destroy();
    const { statusCode } = answer;
    const detail = `${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trim().slice(0, longestAnswer);
    if (statusCode >= 200 && statusCode < 300) return { end: 'delivered', detail };
    if (statusCode >= 300 && statusCode < 400) return { end: 'refused', reason: 'redirected', detail };
    return { end: mayBeTriedAgain(statusCode) ? 'later' : 'refused', reason: null, detail };
  } catch (error) {
    return signal.aborted ? { end: 'later', reason: null, detail: '' } : faultOf(error);
  } finally {
    await agent.destroy();
  }
}
