import { createServer, type Socket } from 'node:net';

/** A server on loopback that misbehaves as told. */
export interface RudeServer extends AsyncDisposable {
  readonly port: number;
}

/** Listens and leaves each connection to `behave`. */
export async function startRudeServer(behave: (socket: Socket) => void): Promise<RudeServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    behave(socket);
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Accepts and says nothing. */
export function saysNothing(): void {
  // The socket stays open.
}

/** Sends greeting lines for ever and never the identification. */
export function neverStopsGreeting(socket: Socket): void {
  const timer = setInterval(() => socket.write(`${'welcome '.repeat(100)}\r\n`), 1);
  socket.once('close', () => clearInterval(timer));
}

/** Sends one line without an end. */
export function neverEndsItsLine(socket: Socket): void {
  const timer = setInterval(() => socket.write('x'.repeat(1_000)), 1);
  socket.once('close', () => clearInterval(timer));
}

/** Speaks another protocol. */
export function speaksHttp(socket: Socket): void {
  socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
}
