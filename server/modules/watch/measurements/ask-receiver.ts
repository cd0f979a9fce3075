import { lookup } from 'node:dns';
import { STATUS_CODES } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { mayReach } from '../running/run-check.ts';

/** What to ask of the store that measurements are sent on to. */
export interface ReceiverAsked {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** An administrator's leave to reach this machine and its links. */
  readonly specialAllowed: boolean;
  readonly timeoutMs: number;
  readonly mostBytes: number;
}

/** What it answered, or why there is no answer. */
export type ReceiverAnswer =
  | { readonly end: 'answered'; readonly status: number; readonly text: string; readonly said: string }
  | { readonly end: 'failed'; readonly said: string };

const forbiddenCode = 'VIGIE_FORBIDDEN_ADDRESS';

/** The addresses that are judged are those that are connected to: a name cannot lead elsewhere in between. */
function judgedLookup(specialAllowed: boolean): LookupFunction {
  return (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (!addresses.every(({ address }) => mayReach(address, specialAllowed)))
        return callback(Object.assign(new Error(`${name} leads to a forbidden address`), { code: forbiddenCode }), []);
      const [first] = addresses;
      if (options.all === true || first === undefined) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}

/** The numeric address that a URL names itself; null when it names a host. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  return isIP(host) === 0 ? null : host;
}

async function boundedText(body: AsyncIterable<Buffer>, mostBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > mostBytes) throw new Error(`the answer is longer than ${mostBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function saidOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no connection';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return `${code}: ${error.message}`.slice(0, 300);
}

/** Asks once. Redirections are not followed; an answer without end is cut. Never rejects. */
export async function askReceiver(asked: ReceiverAsked, signal: AbortSignal): Promise<ReceiverAnswer> {
  const literal = literalAddress(asked.url);
  if (literal !== null && !mayReach(literal, asked.specialAllowed))
    return { end: 'failed', said: `${forbiddenCode}: ${literal}` };
  const { Agent, request } = await import('undici');
  const agent = new Agent({
    connect: { lookup: judgedLookup(asked.specialAllowed), timeout: asked.timeoutMs },
    pipelining: 0,
  });
  try {
    const answer = await request(asked.url, {
      method: asked.method,
      dispatcher: agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(asked.timeoutMs)]),
      headers: { 'user-agent': 'Vigie', ...asked.headers },
      ...(asked.body === undefined ? {} : { body: asked.body }),
    });
    const text = await boundedText(answer.body, asked.mostBytes);
    const said = `${answer.statusCode} ${STATUS_CODES[answer.statusCode] ?? ''}`.trim();
    return { end: 'answered', status: answer.statusCode, text, said };
  } catch (error) {
    return { end: 'failed', said: saidOf(error) };
  } finally {
    await agent.destroy();
  }
}
