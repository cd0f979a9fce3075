import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { connect } from 'node:net';

/** A daemon with all its processes, in a process group of its own. */
export class Daemon implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<void>;
  #said = '';
  #ended = false;

  constructor(program: string, options: readonly string[]) {
    this.#child = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#said = `${this.#said}${chunk.toString()}`.slice(-4_000)));
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', () => resolve()).once('error', () => resolve());
    });
  }

  /** Waits until all ports take connections. */
  async listening(...ports: readonly number[]): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      if (this.#child.exitCode !== null) break;
      const open = await Promise.all(ports.map(accepts));
      if (open.every(Boolean)) return;
      await wait(50);
    }
    throw new Error(`${this.#child.spawnfile} does not listen: ${this.#said}`);
  }

  /** Stops every process where it stands; connections are still accepted by the kernel, and nothing answers. */
  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Stops it for good; a second time does nothing, because its number may be another's by then. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.thaw();
    this.#signal('SIGTERM');
    const late = setTimeout(() => this.#signal('SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(late);
    // What outlived its master, if anything did.
    this.#signal('SIGKILL');
    this.#ended = true;
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
