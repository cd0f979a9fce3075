/** How to prove who we are. Held in memory only while a connection may need it. */
export type SshCredential =
  | { readonly kind: 'key'; readonly privateKey: string; readonly passphrase?: string }
  | { readonly kind: 'password'; readonly password: string };

/** One account on one server, and the keys by which the server is recognised. */
export interface SshTarget {
  /** Name, IPv4 or IPv6 address (without brackets). */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Pinned host keys in OpenSSH form (`ssh-ed25519 AAAA…`). Empty means that nobody has agreed to this server yet: refused. */
  readonly hostKeys: readonly string[];
  readonly credential: SshCredential;
}

/** Which of the two streams a piece of output came from. */
export type OutputStream = 'stdout' | 'stderr';

export interface ExecOptions {
  /** The whole time allowed: waiting for a free place, connecting, signing in and running. */
  readonly timeoutMs: number;
  /** Bytes kept (or handed to `onOutput`), both streams together; what comes after is dropped and `truncated` is set. */
  readonly maxOutputBytes: number;
  /** Written to the command, then closed. Without it the command reads an empty input. */
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /**
   * For a server without a POSIX shell (a switch, an appliance): the command is sent exactly as written. It can then not
   * be killed, only left alone.
   */
  readonly plain?: boolean;
  /** When given, output is handed over as it comes and not kept. A returned promise holds the server back until it settles. */
  readonly onOutput?: (chunk: Buffer, stream: OutputStream) => void | Promise<void>;
}

export interface ExecResult {
  /** Null when a signal ended the command, or when the server did not say. */
  readonly exitCode: number | null;
  /** Such as `SIGTERM`. */
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly truncated: boolean;
  /** From the call to the end, waiting and connecting included. */
  readonly durationMs: number;
}

/** Runs commands on servers over connections that are kept and shared. Disposing it closes all of them. */
export interface SshTransport extends AsyncDisposable {
  /**
   * Runs one command with /bin/sh. A command that exceeds its time or is aborted is killed with
   * its process group; work that must outlive the connection is a detached step instead.
   * @throws SshFailure
   */
  exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult>;
}
