import { Deadline } from './deadline.ts';
import { connectSsh2 } from './ssh2-connect.ts';
import { Ssh2Connection } from './ssh2-connection.ts';
import { SshFailure } from './ssh-failure.ts';
import { targetKey } from './target-key.ts';
import type { ExecOptions, ExecResult, SshTarget, SshTransport } from './transport.ts';
import { monotonicMs } from './monotonic-clock.ts';

export interface Ssh2Settings {
  readonly connectTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
  /** A silent server is noticed after three of these. */
  readonly keepaliveIntervalMs: number;
  /** A connection nobody used for this long is closed. */
  readonly idleCloseMs: number;
  /** OpenSSH's MaxSessions is 10 by default and other tools use it too. */
  readonly channelsPerConnection: number;
}

const defaults: Ssh2Settings = {
  connectTimeoutMs: 10_000,
  handshakeTimeoutMs: 15_000,
  keepaliveIntervalMs: 10_000,
  idleCloseMs: 60_000,
  channelsPerConnection: 4,
};

/** The default transport: in-process, one kept connection for each account on each server. */
export class Ssh2Transport implements SshTransport {
  readonly #settings: Ssh2Settings;
  readonly #pool = new Map<string, Promise<Ssh2Connection>>();
  readonly #closing = new AbortController();
  readonly #sweeper: NodeJS.Timeout;

  constructor(settings: Partial<Ssh2Settings> = {}) {
    this.#settings = { ...defaults, ...settings };
    const everyMs = Math.max(50, Math.min(5_000, this.#settings.idleCloseMs / 2));
    this.#sweeper = setInterval(() => void this.#closeIdle(), everyMs);
    this.#sweeper.unref();
  }

  async exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    const startedMs = monotonicMs();
    const { timeoutMs, signal } = options;
    using deadline = new Deadline(
      timeoutMs,
      signal === undefined ? this.#closing.signal : AbortSignal.any([signal, this.#closing.signal]),
    );
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
    const all = [...this.#pool.values()];
    this.#pool.clear();
    await Promise.allSettled(all.map(async (pending) => (await pending).close()));
  }

  /** The kept connection, or a new one that everybody who asks meanwhile waits for. */
  async #connection(target: SshTarget, deadline: Deadline): Promise<Ssh2Connection> {
    const { host, port, user } = target;
    if (deadline.givenUp !== undefined) throw new SshFailure(deadline.givenUp, { host, port, user, phase: 'queue' });
    const key = targetKey(target);
    try {
      for (;;) {
        const pending = this.#pool.get(key) ?? this.#connect(target, key);
        this.#pool.set(key, pending);
        const connection = await deadline.race(pending);
        if (connection.usable) return connection;
        if (this.#pool.get(key) === pending) this.#pool.delete(key);
      }
    } catch (error) {
      if (error instanceof SshFailure) throw error;
      throw new SshFailure(deadline.givenUp ?? 'aborted', { host, port, user, phase: 'connect' });
    }
  }

  async #connect(target: SshTarget, key: string): Promise<Ssh2Connection> {
    try {
      const signedIn = await connectSsh2(target, { ...this.#settings, signal: this.#closing.signal });
      return new Ssh2Connection(target, signedIn, this.#settings.channelsPerConnection);
    } catch (error) {
      this.#pool.delete(key);
      throw error;
    }
  }

  async #closeIdle(): Promise<void> {
    for (const [key, pending] of this.#pool) {
      const connection = await pending.catch(() => undefined);
      const over = connection === undefined || !connection.usable || connection.idleMs > this.#settings.idleCloseMs;
      if (!over || this.#pool.get(key) !== pending) continue;
      this.#pool.delete(key);
      void connection?.close();
    }
  }
}
