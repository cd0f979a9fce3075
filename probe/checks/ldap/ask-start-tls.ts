import type { Socket } from 'node:net';

/** The answer to StartTLS: a result code, or undefined when what came is no LDAP. */
export type StartTlsAnswer = number | undefined;

// ExtendedRequest 1.3.6.1.4.1.1466.20037 with message number 1 (RFC 4511, 4.14).
const oid = Buffer.from('1.3.6.1.4.1.1466.20037', 'latin1');
const request = Buffer.concat([
  Buffer.from([0x30, oid.length + 7, 0x02, 0x01, 0x01, 0x77, oid.length + 2, 0x80, oid.length]),
  oid,
]);

const mostBytes = 4_096;

/**
 * Asks for StartTLS over a connection in clear. What comes after the answer would have been put there by somebody on the
 * way, and makes it no answer. Rejects when the connection ends. Afterwards the socket is paused and nobody listens.
 */
export function askStartTls(socket: Socket): Promise<StartTlsAnswer> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0);
    const settle = (finish: () => void): void => {
      socket.off('data', onData).off('close', onClose);
      socket.pause();
      finish();
    };
    const onClose = (): void => settle(() => reject(new Error('connection closed')));
    const onData = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]).subarray(0, mostBytes);
      const answer = readAnswer(received);
      if (answer !== 'unfinished') settle(() => resolve(answer));
    };
    socket.on('data', onData).on('close', onClose);
    socket.write(request);
  });
}

function readAnswer(received: Buffer): StartTlsAnswer | 'unfinished' {
  if (received[0] !== undefined && received[0] !== 0x30) return undefined;
  const message = element(received, 0);
  if (message === undefined) return received.length >= mostBytes ? undefined : 'unfinished';
  if (message.end !== received.length) return undefined;
  const number = element(received, message.from);
  const operation = number === undefined ? undefined : element(received, number.end);
  // ExtendedResponse is [APPLICATION 24]; its first element is the result code.
  if (operation === undefined || received[operation.at] !== 0x78) return undefined;
  const code = element(received, operation.from);
  if (code === undefined || received[code.at] !== 0x0a || code.end - code.from !== 1) return undefined;
  return received[code.from];
}

/** Where a BER element lies; undefined when it is not whole. Lengths of up to two bytes: an answer is short. */
function element(bytes: Buffer, at: number): { at: number; from: number; end: number } | undefined {
  const first = bytes[at + 1];
  if (first === undefined) return undefined;
  const width = first < 0x80 ? 0 : first - 0x80;
  if (width > 4 || at + 2 + width > bytes.length) return undefined;
  const length = width === 0 ? first : bytes.readUIntBE(at + 2, width);
  const from = at + 2 + width;
  return from + length > bytes.length ? undefined : { at, from, end: from + length };
}
