import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to a local port that can be cut. */
export interface Forwarder extends AsyncDisposable {
  readonly port: number;
  /** Resets every connection that goes through. */
  cut(): void;
}

/** Forwards connections to a port of 127.0.0.1; listens on any loopback address and, as root, on any port. */
export async function startForwarder(toPort: number, address = '127.0.0.1', port = 0): Promise<Forwarder> {
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(toPort, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one
        .on('error', () => undefined)
        .on('close', () => {
          open.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound: AddressInfo | string | null = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  const cut = (): void => {
    for (const socket of open) socket.resetAndDestroy();
  };
  return {
    port: bound.port,
    cut,
    async [Symbol.asyncDispose]() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
