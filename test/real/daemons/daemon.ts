import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { asUser } from './own-user.ts';
import { whenOrphaned } from './when-orphaned.ts';

interface DaemonOptions {
  /** The user of the system to run as; ours when not said. Some daemons refuse root. */
  readonly user?: string;
  /** What it sees of the environment beside a path. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What ends it; SIGTERM when not said. After three seconds SIGKILL follows. */
  readonly endSignal?: NodeJS.Signals;
}

/** Longer than any daemon takes on a busy machine. */
const patienceMs = 90_000;

const endGroup = 'kill -s TERM -- "-$0"; kill -s CONT -- "-$0"; sleep 2; kill -s KILL -- "-$0"';

/** A daemon in the foreground with all its processes, in a process group of its own; it ends with the test. */
export class Daemon implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #guard: Disposable | undefined;
  readonly #exited: Promise<void>;
  readonly #endSignal: NodeJS.Signals;
  #said = '';
  #ended = false;

  constructor(program: string, words: readonly string[], options: DaemonOptions = {}) {
    const [command = '', ...rest] = [...(options.user === undefined ? [] : asUser(options.user)), program, ...words];
    this.#endSignal = options.endSignal ?? 'SIGTERM';
    this.#child = spawn(command, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', ...options.environment },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#said = `${this.#said}${chunk.toString()}`.slice(-4_000)));
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', () => resolve()).once('error', () => resolve());
    });
    this.#guard = this.#child.pid === undefined ? undefined : whenOrphaned(endGroup, String(this.#child.pid));
  }

  /** Its topmost process; 0 when it could not be started. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Waits until all ports of 127.0.0.1 take connections. */
  async listening(...ports: readonly number[]): Promise<void> {
    await this.ready(async () => (await Promise.all(ports.map(accepts))).every(Boolean));
  }

  /** Asks until the answer is yes; an error means no. Throws, with what the daemon wrote, when it ends or takes too long. */
  async ready(isReady: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + patienceMs;
    while (!(await isReady().catch(() => false))) {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null || Date.now() > deadline)
        throw new Error(`${this.#child.spawnargs.join(' ')} does not get ready: ${this.#said}`);
      await wait(30);
    }
  }

  /**
   * Stops every process where it stands, and returns when all do; connections are still accepted by the kernel, and
   * nothing answers.
   */
  freeze(): void {
    this.#signal('SIGSTOP');
    for (let attempt = 0; attempt < 1_000 && !this.#isStopped(); attempt += 1)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  /** Stops it for good; a second time does nothing, because its number may be another's by then. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.#signal(this.#endSignal);
    this.thaw();
    const late = setTimeout(() => this.#signal('SIGKILL'), 3_000);
    await this.#exited;
    clearTimeout(late);
    // What outlived its master, if anything did.
    this.#signal('SIGKILL');
    this.#guard?.[Symbol.dispose]();
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, signal);
    } catch {
      // Nobody of the group is left.
    }
  }

  #isStopped(): boolean {
    const states = readdirSync('/proc')
      .filter((name) => /^\d+$/u.test(name))
      .map(stateAndGroup)
      .filter(({ group }) => group === this.#child.pid);
    return states.every(({ state }) => 'TtZX'.includes(state));
  }
}

/** The letter of a process's state and its process group; see proc(5). */
function stateAndGroup(pid: string): { readonly state: string; readonly group: number } {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold anything, parentheses too.
    const [state = 'X', , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return { state: 'X', group: 0 };
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
