import { ConnectionPool } from './connection-pool.ts';
import { connectSsh2 } from './ssh2-connect.ts';
import { Ssh2Connection } from './ssh2-connection.ts';
import type { ExecOptions, ExecResult, SshTarget, SshTransport } from './transport.ts';

/** Bounds of a transport's connections. */
export interface TransportSettings {
  readonly connectTimeoutMs: number;
  /** From the open socket to the end of signing in. */
  readonly handshakeTimeoutMs: number;
  /** A silent server is noticed after three of these. */
  readonly keepaliveIntervalMs: number;
  /** A connection nobody used for this long is closed. */
  readonly idleCloseMs: number;
  /** OpenSSH's MaxSessions is 10 by default and other tools use it too. */
  readonly channelsPerConnection: number;
}

export const defaultTransportSettings: TransportSettings = {
  connectTimeoutMs: 10_000,
  handshakeTimeoutMs: 15_000,
  keepaliveIntervalMs: 10_000,
  idleCloseMs: 60_000,
  channelsPerConnection: 4,
};

/** The default transport: in-process, one kept connection for each account on each server. */
export class Ssh2Transport implements SshTransport {
  readonly #pool: ConnectionPool;

  constructor(changes: Partial<TransportSettings> = {}) {
    const settings = { ...defaultTransportSettings, ...changes };
    this.#pool = new ConnectionPool({
      idleCloseMs: settings.idleCloseMs,
      connect: async (target, signal) =>
        new Ssh2Connection(target, await connectSsh2(target, { ...settings, signal }), settings.channelsPerConnection),
    });
  }

  exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    return this.#pool.exec(target, command, options);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#pool[Symbol.asyncDispose]();
  }
}
