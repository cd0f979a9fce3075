import { Deadline } from './deadline.ts';
import { monotonicMs } from './monotonic-clock.ts';
import { SshFailure } from './ssh-failure.ts';
import { targetKey } from './target-key.ts';
import type { ExecOptions, ExecResult, SshTarget, SshTransport } from './transport.ts';

/** A kept connection, as a pool sees it. */
export interface PooledConnection {
  /** False once it is lost. */
  readonly usable: boolean;
  /** How long nothing has run on it; zero while something does. */
  readonly idleMs: number;
  readonly exec: (command: string, options: ExecOptions, deadline: Deadline, startedMs: number) => Promise<ExecResult>;
  /** Resolves when it is closed. */
  readonly close: () => Promise<void>;
}

interface PoolSettings {
  /** A connection nobody used for this long is closed. */
  readonly idleCloseMs: number;
  /** @throws SshFailure */
  readonly connect: (target: SshTarget, signal: AbortSignal) => Promise<PooledConnection>;
}

/** Keeps one connection for each account on each server, and runs commands on them. */
export class ConnectionPool implements SshTransport {
  readonly #settings: PoolSettings;
  readonly #connections = new Map<string, Promise<PooledConnection>>();
  readonly #closing = new AbortController();
  readonly #sweeper: NodeJS.Timeout;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    const everyMs = Math.max(50, Math.min(5_000, settings.idleCloseMs / 2));
    this.#sweeper = setInterval(() => void this.#closeIdle(), everyMs);
    this.#sweeper.unref();
  }

  async exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    const startedMs = monotonicMs();
    const { timeoutMs, signal } = options;
    const closing = this.#closing.signal;
    using deadline = new Deadline(timeoutMs, signal === undefined ? closing : AbortSignal.any([signal, closing]));
    for (let attempt = 1; ; attempt += 1) {
      const connection = await this.#connection(target, deadline);
      try {
        return await connection.exec(command, options, deadline, startedMs);
      } catch (error) {
        // A kept connection may turn out to be gone. Nothing was asked of it yet, so a fresh one may be tried, once.
        const gone = error instanceof SshFailure && error.kind === 'closed' && !error.mayHaveRun;
        if (!gone || attempt > 1) throw error;
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#sweeper);
    this.#closing.abort();
    const all = [...this.#connections.values()];
    this.#connections.clear();
    await Promise.allSettled(all.map(async (pending) => (await pending).close()));
  }

  /** The kept connection, or a new one that everybody who asks meanwhile waits for. */
  async #connection(target: SshTarget, deadline: Deadline): Promise<PooledConnection> {
    const { host, port, user } = target;
    if (deadline.givenUp !== undefined) throw new SshFailure(deadline.givenUp, { host, port, user, phase: 'queue' });
    const key = targetKey(target);
    try {
      for (;;) {
        const pending = this.#connections.get(key) ?? this.#connect(target, key);
        this.#connections.set(key, pending);
        const connection = await deadline.race(pending);
        if (connection.usable) return connection;
        if (this.#connections.get(key) === pending) this.#connections.delete(key);
      }
    } catch (error) {
      if (error instanceof SshFailure) throw error;
      throw new SshFailure(deadline.givenUp ?? 'aborted', { host, port, user, phase: 'connect' });
    }
  }

  async #connect(target: SshTarget, key: string): Promise<PooledConnection> {
    try {
      return await this.#settings.connect(target, this.#closing.signal);
    } catch (error) {
      this.#connections.delete(key);
      throw error;
    }
  }

  async #closeIdle(): Promise<void> {
    for (const [key, pending] of this.#connections) {
      const connection = await pending.catch(() => undefined);
      const over = connection === undefined || !connection.usable || connection.idleMs > this.#settings.idleCloseMs;
      if (!over || this.#connections.get(key) !== pending) continue;
      this.#connections.delete(key);
      void connection?.close();
    }
  }
}
