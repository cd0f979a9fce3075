import { createServer, type Server, type Socket } from 'node:net';

/** A TCP server on a free loopback port, ended with everything it holds. */
export interface LoopbackServer extends AsyncDisposable {
  readonly port: number;
}

/** Listens and gives every connection to `talk`. */
export async function loopbackServer(talk: (socket: Socket) => void): Promise<LoopbackServer> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    talk(socket);
  });
  const port = await listen(server);
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Binds a server to a free port of 127.0.0.1. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (typeof address === 'object' && address !== null) resolve(address.port);
      else reject(new Error('no port'));
    });
  });
}

/** A loopback port on which nothing listens. */
export async function closedPort(): Promise<number> {
  await using server = await loopbackServer((socket) => socket.destroy());
  return server.port;
}
