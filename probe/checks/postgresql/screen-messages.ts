import type { Screen } from '#probe/guarded-socket.ts';

/** Thrown over a message that no PostgreSQL server sends. */
class MalformedMessage extends Error {}

// Longer ones are left to the limit on what is received at all.
const longestMessageBytes = 1024 * 1024 * 1024;

/**
 * Passes on whole, well-formed messages of the protocol only. The client library looks for the end of a text without
 * looking at the end of the message: one text without its end would keep it searching for ever, and the whole process with
 * it. (PostgreSQL: Frontend/Backend Protocol, Message Formats.)
 */
export function screenMessages(): Screen {
  let waiting: Buffer = Buffer.alloc(0);
  return (received) => {
    waiting = waiting.length === 0 ? received : Buffer.concat([waiting, received]);
    let end = 0;
    while (waiting.length - end >= 5) {
      const length = waiting.readUInt32BE(end + 1);
      if (length < 4 || length > longestMessageBytes) throw new MalformedMessage(`a message of ${length} bytes`);
      if (waiting.length - end < length + 1) break;
      judgeMessage(String.fromCharCode(waiting[end] ?? 0), waiting.subarray(end + 5, end + 1 + length));
      end += length + 1;
    }
    const passed = waiting.subarray(0, end);
    waiting = waiting.subarray(end);
    return passed;
  };
}

function judgeMessage(type: string, body: Buffer): void {
  switch (type) {
    case 'E':
    case 'N':
      return fields(body);
    case 'S':
      return exactly(body, texts(body, 0, 2));
    case 'C':
      return exactly(body, texts(body, 0, 1));
    case 'A':
      return exactly(body, texts(body, 4, 2));
    case 'T':
      return rowDescription(body);
    case 'D':
      return dataRow(body);
    case 'R':
      return authentication(body);
    case 'K':
    case 'Z':
    case '1':
    case '2':
    case '3':
    case 'I':
    case 'n':
    case 's':
    case 'v':
      return undefined;
    default:
      // COPY and replication are never asked for.
      throw new MalformedMessage(`a message of type 0x${type.charCodeAt(0).toString(16)}`);
  }
}

/** The position after `count` texts that begin at `from`. */
function texts(body: Buffer, from: number, count: number): number {
  let at = from;
  for (let index = 0; index < count; index += 1) {
    const end = at > body.length ? -1 : body.indexOf(0, at);
    if (end === -1) throw new MalformedMessage('a text without its end');
    at = end + 1;
  }
  return at;
}

function exactly(body: Buffer, end: number): void {
  if (end !== body.length) throw new MalformedMessage('a message that is longer than what it holds');
}

/** Errors and notices: a letter and a text each, then a zero. */
function fields(body: Buffer): void {
  let at = 0;
  while (body[at] !== 0) {
    if (at >= body.length) throw new MalformedMessage('an error without its end');
    at = texts(body, at + 1, 1);
  }
  exactly(body, at + 1);
}

function rowDescription(body: Buffer): void {
  let at = 2;
  for (let left = body.length < 2 ? 0 : body.readUInt16BE(0); left > 0; left -= 1) at = texts(body, at, 1) + 18;
  exactly(body, at);
}

function dataRow(body: Buffer): void {
  let at = 2;
  for (let left = body.length < 2 ? 0 : body.readUInt16BE(0); left > 0; left -= 1) {
    if (at + 4 > body.length) throw new MalformedMessage('a row without its values');
    at += 4 + Math.max(0, body.readInt32BE(at));
  }
  exactly(body, at);
}

/** Of the ways to sign in, one lists texts: the SASL mechanisms, up to an empty one. */
function authentication(body: Buffer): void {
  if (body.length < 4) throw new MalformedMessage('a request to sign in without its kind');
  if (body.readUInt32BE(0) !== 10) return;
  let at = 4;
  while (body[at] !== 0) at = texts(body, at, 1);
  exactly(body, at + 1);
}
