import { createServer, type Server, type Socket } from 'node:net';
import { targetAddress } from './own-network.ts';

const port = 8_081;

/** Servers that take connections and say nothing, or a letter each second. */
export interface SlowTargets extends AsyncDisposable {
  readonly port: number;
}

/** Starts both kinds on every address: those with an even last number say nothing, the others drip. */
export async function startSlowTargets(): Promise<SlowTargets> {
  const dripping = new Set<Socket>();
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket
      .on('error', () => undefined)
      .once('close', () => {
        open.delete(socket);
        dripping.delete(socket);
      });
    socket.resume();
    if (!isSilent(socket.localAddress ?? '')) dripping.add(socket.setNoDelay());
  });
  await listening(server);
  const drops = setInterval(() => {
    for (const socket of dripping) socket.write('x');
  }, 1_000);
  return {
    port,
    [Symbol.asyncDispose]() {
      clearInterval(drops);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      return closed;
    },
  };
}

function isSilent(address: string): boolean {
  return Number(address.slice(address.lastIndexOf('.') + 1)) % 2 === 0;
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, resolve);
  });
}

/** Addresses of targets that are slow or dead: `answering` take connections, the others are nowhere to be found. */
export function slowAddresses(count: number, answering: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    index < answering ? targetAddress(30_000 + index) : targetAddress(index, '10.98'),
  );
}
