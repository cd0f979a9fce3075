import type { Socket } from 'node:net';
import type { CheckContext } from '../check-kind.ts';
import type { FoundAddress } from '../name-lookup.ts';
import { ConnectionFailure, openConnection } from '../open-connection.ts';
import { openUdp } from '../udp-port.ts';
import { dnsQuestion, readDnsMessage, type DnsMessage, type DnsQuestion } from './dns-message.ts';

/** A name server to ask. */
export interface NameServer {
  readonly at: FoundAddress;
  readonly port: number;
}

/** What a question brought. `silent`: nothing within the time; `malformed`: only what is not DNS; `refused`: nothing listens there. */
export type DnsHeard =
  | { readonly kind: 'answer'; readonly message: DnsMessage; readonly ms: number }
  | { readonly kind: 'silent' | 'malformed' | 'closed' };

const longestAnswerBytes = 65_535;

/** Asks one question: by UDP, twice if need be, and by TCP when the answer does not fit. Throws ConnectionFailure only for `stopped`. */
export async function askDns(
  server: NameServer,
  name: string,
  type: number,
  options: { readonly recursion: boolean; readonly dnssec: boolean; readonly deadlineMs: number },
  context: CheckContext,
): Promise<DnsHeard> {
  const question = dnsQuestion(name, type, options);
  const startedMs = context.clock.nowMs();
  try {
    const heard = await byUdp(server, question, options.deadlineMs, context);
    if (typeof heard === 'string') return { kind: heard };
    const whole = heard.truncated ? await byTcp(server, question, options.deadlineMs, context) : heard;
    if (typeof whole === 'string') return { kind: whole };
    return { kind: 'answer', message: whole, ms: context.clock.nowMs() - startedMs };
  } catch (error) {
    if (!(error instanceof ConnectionFailure) || error.reason.code === 'stopped') throw error;
    return { kind: error.reason.code === 'connectTimeout' ? 'silent' : 'closed' };
  }
}

async function byUdp(
  { at, port }: NameServer,
  question: DnsQuestion,
  deadlineMs: number,
  context: CheckContext,
): Promise<DnsMessage | 'silent' | 'malformed'> {
  using conversation = openUdp(at, port, context);
  const startedMs = context.clock.nowMs();
  let malformed = false;
  for (const untilMs of [startedMs + (deadlineMs - startedMs) / 2, deadlineMs]) {
    conversation.send(question.bytes);
    for (;;) {
      const bytes = await conversation.next(untilMs);
      if (bytes === undefined) break;
      const message = readDnsMessage(bytes);
      if (message !== undefined && isAnswerTo(question, message)) return message;
      malformed = true;
    }
  }
  return malformed ? 'malformed' : 'silent';
}

/** Whether a message answers this question and no other: an answer from the past, or an invented one, does not. */
function isAnswerTo(question: DnsQuestion, message: DnsMessage): boolean {
  if (message.id !== question.id) return false;
  // A server that does not understand may repeat no question.
  if (message.question === undefined) return message.responseCode !== 0;
  return message.question.name.equals(question.name) && message.question.type === question.type;
}

async function byTcp(
  { at, port }: NameServer,
  question: DnsQuestion,
  deadlineMs: number,
  context: CheckContext,
): Promise<DnsMessage | 'silent' | 'malformed'> {
  const { socket } = await openConnection(at.address, port, deadlineMs, context);
  try {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(question.bytes.length);
    socket.write(Buffer.concat([length, question.bytes]));
    const bytes = await readFramed(socket, Math.max(1, deadlineMs - context.clock.nowMs()));
    if (bytes === undefined) return 'silent';
    const message = readDnsMessage(bytes);
    return message !== undefined && isAnswerTo(question, message) ? message : 'malformed';
  } finally {
    socket.destroy();
  }
}

/** One message behind its two bytes of length; undefined when it does not come whole. */
function readFramed(socket: Socket, timeoutMs: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0);
    const settle = (whole: Buffer | undefined): void => {
      clearTimeout(timer);
      resolve(whole);
    };
    const timer = setTimeout(() => settle(undefined), timeoutMs);
    socket.on('error', () => settle(undefined)).on('end', () => settle(undefined));
    socket.on('data', (chunk: Buffer) => {
      if (bytes.length < longestAnswerBytes + 2) bytes = Buffer.concat([bytes, chunk]);
      const length = bytes.length < 2 ? longestAnswerBytes : bytes.readUInt16BE(0);
      if (bytes.length >= length + 2) settle(bytes.subarray(2, length + 2));
    });
  });
}
