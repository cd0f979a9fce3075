import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';

/** Ways in which a {@link Victim} fails. */
export const failures = ['refuses', 'answers nothing', 'answers 500'] as const;
export type Failure = (typeof failures)[number];

/** A web server of a measurement that can be broken. */
export interface Victim extends AsyncDisposable {
  break(how: Failure): Promise<void>;
  mend(): Promise<void>;
}

/** Starts one. */
export async function startVictim(address: string, port: number): Promise<Victim> {
  const open = new Set<Socket>();
  let failing: Failure | null = null;
  const server = createServer((_request, response) => {
    if (failing === 'answers nothing') return;
    response.writeHead(failing === 'answers 500' ? 500 : 200, { connection: 'close' }).end('well\n');
  });
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of open) socket.destroy();
    await closed;
  };
  await listen(server, address, port);
  return {
    async break(how) {
      failing = how;
      if (how === 'refuses') await close();
    },
    async mend() {
      failing = null;
      if (!server.listening) await listen(server, address, port);
    },
    [Symbol.asyncDispose]: close,
  };
}

function listen(server: Server, address: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
}
