import type { Socket } from 'node:net';
import { sanitiseOutput } from '#probe/sanitise-output.ts';

/** Thrown when what answers the question for TLS is no PostgreSQL server; `said` is what came, if anything did. */
export class SslAnswerFailure extends Error {
  readonly said: string;
  constructor(said: string) {
    super('no answer to SSLRequest');
    this.said = said;
  }
}

// SSLRequest: length 8, then 1234 and 5679 (PostgreSQL: Message Formats).
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Asks a PostgreSQL server whether it speaks TLS. The answer is one byte; more means that somebody put bytes in front of
 * the handshake (CVE-2021-23222), and is refused. Afterwards the socket is paused and nobody listens.
 */
export function wantSsl(socket: Socket): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      socket.off('data', onData).off('close', onClose);
      socket.pause();
      finish();
    };
    const onClose = (): void => settle(() => reject(new SslAnswerFailure('')));
    const onData = (chunk: Buffer): void => {
      const said = chunk.length === 1 ? chunk.toString('latin1') : '';
      if (said === 'S' || said === 'N') settle(() => resolve(said === 'S'));
      else settle(() => reject(new SslAnswerFailure(sanitiseOutput(chunk.subarray(0, 100)))));
    };
    socket.on('data', onData).on('close', onClose);
    socket.write(sslRequest);
  });
}
