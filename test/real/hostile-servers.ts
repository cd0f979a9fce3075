import type { Socket } from 'node:net';
import { loopbackServer, type LoopbackServer } from '#probe/testing/loopback-server.ts';

/** What it does, and how to start it. */
type HostileServer = readonly [what: string, start: () => Promise<LoopbackServer>];

/** An answer of the protocol that is malformed in its own way, sent once the client has spoken (or at once). */
export interface Malformed {
  readonly name: string;
  readonly bytes: Buffer;
  /** Servers of some protocols speak first. */
  readonly first?: boolean;
}

const block = Buffer.alloc(65_536, 'A');
const noise = Buffer.from(Array.from({ length: 9_000 }, (_none, index) => (index * 131 + (index >> 3)) % 256));

/** Servers that do what no honest server of any protocol does. */
const rude: readonly HostileServer[] = [
  served('is silent', () => undefined),
  served('closes at once', (socket) => socket.end()),
  served('resets', (socket) => socket.resetAndDestroy()),
  served('sends noise', (socket) => socket.write(noise)),
  served('speaks HTTP', (socket) => socket.write('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')),
  served('never stops', (socket) => pour(socket, block)),
];

/** Servers of a protocol in which the client speaks first; every client has to come out of each in time and alive. */
export function hostileServers(malformed: readonly Malformed[] = []): readonly HostileServer[] {
  return [
    ...rude,
    served('closes after the first question', (socket) => socket.once('data', () => socket.end())),
    served('answers with noise', (socket) => socket.on('data', () => socket.write(noise))),
    served('answers and never stops', (socket) => socket.once('data', () => pour(socket, block))),
    served('never stops with zeros', (socket) => pour(socket, Buffer.alloc(65_536))),
    served('drips', (socket) => drip(socket, '\u001b[31mx')),
    served('drips zeros', (socket) => drip(socket, '\0')),
    ...malformed.map(({ name, bytes, first }) => {
      const answer = (socket: Socket): unknown => socket.write(bytes);
      return served(name, (socket) => (first === true ? answer(socket) : socket.once('data', () => answer(socket))));
    }),
    ...malformed.map(({ name, bytes, first }) => {
      const answer = (socket: Socket): void => {
        socket.write(bytes);
        pour(socket, block);
      };
      return served(`${name}, and then never stops`, (socket) =>
        first === true ? answer(socket) : socket.once('data', () => answer(socket)),
      );
    }),
  ];
}

/** Servers of a protocol that begins with a line of the server's; with `greeting` some get past it. */
export function hostileGreeters(greeting: string): readonly HostileServer[] {
  const answering = (line: string) => (socket: Socket) => {
    socket.write(`${greeting}\r\n`);
    socket.on('data', () => socket.write(line));
  };
  return [
    ...rude,
    served('greets for ever', (socket) => pour(socket, `${greeting}\r\n`.repeat(500))),
    served('greets in a list without end', (socket) => pour(socket, `${greeting.replace(' ', '-')}\r\n`.repeat(500))),
    served('drips', (socket) => drip(socket, greeting.slice(0, 2))),
    served('greets and then falls silent', (socket) => socket.write(`${greeting}\r\n`)),
    served('greets and hangs up', (socket) => socket.end(`${greeting}\r\n`)),
    served('greets and answers nonsense', answering('\u001b[31m???\r\n')),
    served('announces a huge text', answering('* CAPABILITY {4000000000}\r\n')),
    served('challenges without end', answering('+ YWJj\r\n')),
  ];
}

function served(what: string, talk: (socket: Socket) => unknown): HostileServer {
  return [what, () => loopbackServer((socket) => void talk(socket))];
}

function pour(socket: Socket, text: Buffer | string): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(text));
  };
  socket.on('drain', more);
  more();
}

function drip(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), 20);
  socket.on('close', () => clearInterval(timer));
}
