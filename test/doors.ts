import { createServer, type Server } from 'node:net';

interface Door {
  readonly server: Server;
  readonly address: string;
  readonly port: number;
}

/** TCP ports on loopback, by name, that can be shut and opened again where they were. */
export class Doors {
  readonly #doors = new Map<string, Door>();

  /** Opens a door at a loopback address and returns its port. */
  async open(name: string, address: string, port = 0): Promise<number> {
    const server = createServer((socket) => socket.on('error', () => undefined).resume());
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, address, resolve));
    const bound = server.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    this.#doors.set(name, { server, address, port: bound.port });
    return bound.port;
  }

  async shut(...names: string[]): Promise<void> {
    const doors = names.map((name) => this.#doors.get(name)).filter((door) => door !== undefined);
    await Promise.all(doors.map(({ server }) => new Promise((resolve) => server.close(resolve))));
  }

  async reopen(...names: string[]): Promise<void> {
    for (const name of names) {
      const { address, port } = this.#doors.get(name) ?? { address: '127.0.0.1', port: 0 };
      await this.open(name, address, port);
    }
  }

  closeAll(): Promise<void> {
    return this.shut(...this.#doors.keys());
  }
}
