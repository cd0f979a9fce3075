import { connect, type LookupFunction, type Socket } from 'node:net';
import type { AnyAuthMethod, Client, ConnectConfig } from 'ssh2';
import { formatHostKey, hostKeyOfBlob, parseHostKey, preferredAlgorithms, type HostKey } from './host-key.ts';
import { SshFailure, type SshFailureDetail, type SshFailureKind, type SshPhase } from './ssh-failure.ts';
import type { SshTarget } from './transport.ts';

/** More than any greeting and key exchange needs; a server that goes on talking before we are signed in is not one. */
const maxBytesBeforeReady = 256 * 1024;

/** A socket that is connected, without delay of small packets: with it, commands are some twenty times faster. */
export interface DialSettings {
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  /** How a name becomes an address; the system's way when it is left out. */
  readonly lookup?: LookupFunction;
  readonly signal?: AbortSignal;
}

/**
 * Opens the connection below SSH.
 * @throws SshFailure `unresolved`, `refused`, `unreachable`, `timeout`, `aborted`
 */
export function dial(settings: DialSettings): Promise<Socket> {
  const { host, port, connectTimeoutMs, lookup, signal } = settings;
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const way = lookup === undefined ? { host, port } : { host, port, lookup };
  const socket = connect({ ...way, noDelay: true, keepAlive: true, keepAliveInitialDelay: 15_000 });
  const fail = (kind: SshFailureKind, reason?: string): void => {
    socket.destroy();
    reject(new SshFailure(kind, { host, port, phase: 'connect', ...(reason === undefined ? {} : { reason }) }));
  };
  const abort = (): void => fail('aborted');
  const timer = setTimeout(() => fail('timeout'), connectTimeoutMs);
  const onError = (error: NodeJS.ErrnoException): void => fail(kindOfSocketError(error), error.message);
  socket.once('error', onError);
  socket.once('connect', () => {
    socket.off('error', onError);
    // NOTE: from here to the moment ssh2 listens, an error would otherwise be unhandled.
    socket.on('error', () => undefined);
    resolve(socket);
  });
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  });
}

function kindOfSocketError(error: NodeJS.ErrnoException): SshFailureKind {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'EAI_NODATA':
      return 'unresolved';
    case 'ETIMEDOUT':
      return 'timeout';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'closed';
    default:
      return 'unreachable';
  }
}

/** A signed-in ssh2 client. `lost` is set at the moment its socket closes, before any of its channels hears of it. */
export interface SignedIn {
  readonly client: Client;
  readonly lost: AbortSignal;
}

export interface ConnectSettings {
  readonly connectTimeoutMs: number;
  /** From the open socket to the end of signing in. */
  readonly handshakeTimeoutMs: number;
  readonly keepaliveIntervalMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Connects, verifies the server against the pinned keys and signs in.
 * @throws SshFailure
 */
export async function connectSsh2(target: SshTarget, settings: ConnectSettings): Promise<SignedIn> {
  const pinned = pinnedKeys(target);
  // Read with the first connection: who has none pays nothing for it.
  const { default: ssh2 } = await import('ssh2');
  const auth = authMethods(target, ssh2.utils.parseKey);
  const socket = await dial({ ...settings, host: target.host, port: target.port });
  const attempt = new HandshakeAttempt(target, pinned, socket, new ssh2.Client());
  return await attempt.run(auth, settings);
}

function pinnedKeys(target: SshTarget): HostKey[] {
  return target.hostKeys.map(parseHostKey).filter((key) => key !== undefined);
}

function authMethods(target: SshTarget, parseKey: (typeof import('ssh2'))['utils']['parseKey']): AnyAuthMethod[] {
  const { user: username, credential } = target;
  if (credential.kind === 'password') {
    const { password } = credential;
    return [
      { type: 'password', username, password },
      // Servers with PAM often offer only this form; every question is taken to be the one for the password.
      {
        type: 'keyboard-interactive',
        username,
        prompt: (_name, _text, _language, prompts, answer) => answer(prompts.map(() => password)),
      },
    ];
  }
  const key = parseKey(credential.privateKey, credential.passphrase);
  const usable = !(key instanceof Error) && key.isPrivateKey();
  if (!usable) {
    const reason = key instanceof Error ? key.message : 'not a private key';
    throw new SshFailure('credential', {
      host: target.host,
      port: target.port,
      user: username,
      phase: 'connect',
      reason,
    });
  }
  return [
    {
      type: 'publickey',
      username,
      key: credential.privateKey,
      ...(credential.passphrase === undefined ? {} : { passphrase: credential.passphrase }),
    },
  ];
}

/** One try to get from an open socket to a signed-in client; remembers how far it came, to name the failure. */
class HandshakeAttempt {
  readonly #target: SshTarget;
  readonly #pinned: readonly HostKey[];
  readonly #socket: Socket;
  readonly #client: Client;
  readonly #outcome = Promise.withResolvers<void>();
  #phase: SshPhase = 'handshake';
  #offered: HostKey | undefined;
  #acceptedMethods: readonly string[] | undefined;

  constructor(target: SshTarget, pinned: readonly HostKey[], socket: Socket, client: Client) {
    this.#target = target;
    this.#pinned = pinned;
    this.#socket = socket;
    this.#client = client;
  }

  async run(auth: readonly AnyAuthMethod[], settings: ConnectSettings): Promise<SignedIn> {
    const lost = new AbortController();
    const abort = (): void => this.#fail('aborted');
    const timer = setTimeout(() => this.#fail('timeout'), settings.handshakeTimeoutMs);
    const count = (): void => {
      if (this.#socket.bytesRead > maxBytesBeforeReady) this.#fail('protocol', 'too much before signing in');
    };
    this.#socket.on('data', count);
    this.#socket.once('close', () => {
      lost.abort();
      this.#fail('closed');
    });
    this.#listen();
    if (settings.signal?.aborted === true) abort();
    settings.signal?.addEventListener('abort', abort, { once: true });
    try {
      this.#client.connect(this.#config(auth, settings));
      await this.#outcome.promise;
      return { client: this.#client, lost: lost.signal };
    } catch (error) {
      this.#client.destroy();
      this.#socket.destroy();
      throw error;
    } finally {
      clearTimeout(timer);
      this.#socket.off('data', count);
      settings.signal?.removeEventListener('abort', abort);
    }
  }

  #config(auth: readonly AnyAuthMethod[], settings: ConnectSettings): ConnectConfig {
    const remaining = [...auth];
    return {
      sock: this.#socket,
      username: this.#target.user,
      readyTimeout: 0,
      keepaliveInterval: settings.keepaliveIntervalMs,
      keepaliveCountMax: 3,
      algorithms: { serverHostKey: preferredAlgorithms(this.#pinned) },
      hostVerifier: (blob: Buffer) => this.#verify(blob),
      authHandler: (methods, _partial, next) => {
        this.#phase = 'sign-in';
        // `methods` is null before the server has said what it takes.
        if (Array.isArray(methods)) this.#acceptedMethods = methods;
        const method = remaining.shift();
        if (method === undefined) this.#fail('auth');
        else next(method);
      },
    };
  }

  #listen(): void {
    this.#client.once('ready', () => this.#outcome.resolve());
    this.#client.on('error', (error) => this.#fail(this.#kindOf(error), error.message));
    this.#client.once('change password', () => this.#fail('auth', 'the password has expired'));
  }

  #verify(blob: Buffer): boolean {
    this.#offered = hostKeyOfBlob(blob);
    return this.#pinned.some((key) => key.blob.equals(blob));
  }

  #kindOf(error: Error & { level?: string }): SshFailureKind {
    if (
      this.#offered !== undefined &&
      !this.#pinned.some((key) => key.blob.equals(this.#offered?.blob ?? Buffer.alloc(0)))
    ) {
      return this.#pinned.length === 0 ? 'host-key-unknown' : 'host-key-changed';
    }
    if (error.level === 'client-authentication') return 'auth';
    if (error.level === 'client-socket') return 'closed';
    if (error.level === 'client-timeout') return 'timeout';
    return this.#phase === 'sign-in' ? 'closed' : 'protocol';
  }

  #fail(kind: SshFailureKind, reason?: string): void {
    const offered = kind.startsWith('host-key') ? this.#offered : undefined;
    const detail: SshFailureDetail = {
      host: this.#target.host,
      port: this.#target.port,
      user: this.#target.user,
      phase: this.#phase,
      ...(offered === undefined ? {} : { offeredKey: formatHostKey(offered) }),
      ...(this.#acceptedMethods === undefined ? {} : { acceptedMethods: this.#acceptedMethods }),
      ...(reason === undefined ? {} : { reason }),
    };
    this.#outcome.reject(new SshFailure(kind, detail));
  }
}
