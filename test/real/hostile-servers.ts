import type { Socket } from 'node:net';
import { loopbackServer, type LoopbackServer } from '#probe/testing/loopback-server.ts';

type HostileServer = [name: string, start: () => Promise<LoopbackServer>];

/** An answer of the protocol that is malformed in its own way, sent once the client has spoken (or at once). */
export interface Malformed {
  readonly name: string;
  readonly bytes: Buffer;
  /** Servers of some protocols speak first. */
  readonly first?: boolean;
}

/** Servers that do what no honest server does; every client has to come out of each in time and alive. */
export function hostileServers(malformed: readonly Malformed[] = []): HostileServer[] {
  const block = Buffer.alloc(65_536, 'A');
  const noise = Buffer.from(Array.from({ length: 8_192 }, (_none, index) => (index * 131 + (index >> 3)) % 256));
  return [
    served('is silent', () => undefined),
    served('closes at once', (socket) => socket.end()),
    served('resets', (socket) => socket.resetAndDestroy()),
    served('closes after the first question', (socket) => socket.once('data', () => socket.end())),
    served('sends noise', (socket) => socket.write(noise)),
    served('answers with noise', (socket) => socket.on('data', () => socket.write(noise))),
    served('speaks HTTP', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')),
    served('never stops', (socket) => pour(socket, block)),
    served('answers and never stops', (socket) => socket.once('data', () => pour(socket, block))),
    served('never stops with zeros', (socket) => pour(socket, Buffer.alloc(65_536))),
    served('drips', (socket) => {
      const timer = setInterval(() => socket.write('\u001b[31mx'), 20);
      socket.on('close', () => clearInterval(timer));
    }),
    served('drips zeros', (socket) => {
      const timer = setInterval(() => socket.write('\0'), 20);
      socket.on('close', () => clearInterval(timer));
    }),
    ...malformed.map(({ name, bytes, first }) =>
      served(name, (socket) => {
        if (first === true) socket.write(bytes);
        else socket.once('data', () => socket.write(bytes));
      }),
    ),
    ...malformed.map(({ name, bytes, first }) =>
      served(`${name}, and then never stops`, (socket) => {
        const answer = (): void => {
          socket.write(bytes);
          pour(socket, block);
        };
        if (first === true) answer();
        else socket.once('data', answer);
      }),
    ),
  ];
}

function served(name: string, talk: (socket: Socket) => void): HostileServer {
  return [name, () => loopbackServer(talk)];
}

function pour(socket: Socket, block: Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(block));
  };
  socket.on('drain', more);
  more();
}
