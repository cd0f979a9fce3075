import type { Socket } from 'node:net';
import type { AnyAuthMethod, Client, ServerHostKeyAlgorithm } from 'ssh2';
import { fingerprintOf, hostKeyOfBlob, type HostKey } from '#ssh/host-key.ts';
import type { CheckContext, ReasonOf } from '../check-kind.ts';
import { openConnection } from '../open-connection.ts';
import { sanitiseOutput } from '../sanitise-output.ts';
import { keepKey, keptType, standingOf, type KeyStanding } from './known-host-key.ts';
import { OfferReader, type ServerOffer } from './server-offer.ts';
import { SshSessionFailure, type SshSessionReasons } from './session-reasons.ts';

/** How to sign in; nothing is said beyond the exchange of keys without it. */
export interface SshSignIn {
  readonly user: string;
  readonly password: string;
  /** PEM or OpenSSH form; empty for none. */
  readonly privateKey: string;
  readonly passphrase: string;
}

/** An SSH server that proved its host key, and let us in when a sign-in was given. */
export interface SshSession {
  readonly client: Client;
  readonly offer: ServerOffer;
  readonly hostKey: HostKey;
  readonly standing: KeyStanding;
  readonly lookupMs: number;
  readonly connectMs: number;
  readonly handshakeMs: number;
  /** Ends the session; always to be called. */
  end(): void;
}

/** What is asked for. */
export interface SshWish {
  readonly address: string;
  readonly port: number;
  /** `SHA256:…` or the OpenSSH form; empty believes the key seen first. */
  readonly hostKeys: readonly string[];
  readonly signIn: SshSignIn | undefined;
}

const bytesBeforeReady = 256 * 1024;

/**
 * Connects, exchanges keys, judges the host key and, when asked, signs in: in this order, so that no password goes to a
 * server that is not the one meant. Throws {@link SshSessionFailure} or ConnectionFailure.
 */
export async function openSshSession(wish: SshWish, deadlineMs: number, context: CheckContext): Promise<SshSession> {
  const { default: ssh2 } = await import('ssh2');
  const auth = wish.signIn === undefined ? undefined : authMethods(wish.signIn, ssh2.utils.parseKey);
  const connection = await openConnection(wish.address, wish.port, deadlineMs, context);
  const attempt = new SessionAttempt(wish, connection.socket, new ssh2.Client(), context);
  const startedMs = context.clock.nowMs();
  try {
    const { hostKey, standing } = await attempt.run(auth, deadlineMs - startedMs);
    const { lookupMs, connectMs } = connection;
    const handshakeMs = context.clock.nowMs() - startedMs;
    const { client } = attempt;
    return {
      client,
      offer: attempt.offer(),
      hostKey,
      standing,
      lookupMs,
      connectMs,
      handshakeMs,
      end: () => attempt.end(),
    };
  } catch (error) {
    attempt.end();
    throw error;
  }
}

function authMethods(
  { user: username, password, privateKey, passphrase }: SshSignIn,
  parseKey: (typeof import('ssh2'))['utils']['parseKey'],
): AnyAuthMethod[] {
  if (privateKey !== '') {
    const key = parseKey(privateKey, passphrase === '' ? undefined : passphrase);
    if (key instanceof Error)
      throw new SshSessionFailure({ code: 'keyUnusable', data: { message: key.message.slice(0, 200) } });
    return [{ type: 'publickey', username, key: privateKey, ...(passphrase === '' ? {} : { passphrase }) }];
  }
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

// Also what is weak: a server that offers nothing better is to be told from one that does not answer.
const hostKeyAlgorithms: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
  'ssh-rsa',
  'ssh-dss',
];

/** One try to get from an open socket to a session; remembers how far it came, to name the failure. */
class SessionAttempt {
  readonly client: Client;
  readonly #wish: SshWish;
  readonly #socket: Socket;
  readonly #context: CheckContext;
  readonly #reader = new OfferReader();
  readonly #outcome = Promise.withResolvers<void>();
  #hostKey: HostKey | undefined;
  #standing: KeyStanding = { kind: 'first' };
  #methods: readonly string[] = [];

  constructor(wish: SshWish, socket: Socket, client: Client, context: CheckContext) {
    this.#wish = wish;
    this.#socket = socket;
    this.client = client;
    this.#context = context;
  }

  offer(): ServerOffer {
    return this.#reader.read();
  }

  end(): void {
    this.client.on('error', ignore);
    this.client.destroy();
    this.#socket.destroy();
  }

  async run(
    auth: readonly AnyAuthMethod[] | undefined,
    timeoutMs: number,
  ): Promise<{ hostKey: HostKey; standing: KeyStanding }> {
    const { signal, kept } = this.#context;
    const onAbort = (): void => this.#fail({ code: 'stopped', data: {} });
    const timer = setTimeout(() => this.#late(), Math.max(1, timeoutMs));
    const onData = (chunk: Buffer): void => {
      this.#reader.take(chunk);
      if (this.#socket.bytesRead > bytesBeforeReady)
        this.#fail({ code: 'handshakeBroken', data: { message: 'too much was said' } });
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    this.#socket.on('data', onData).once('close', () => this.#closed());
    this.client.on('error', (error) => this.#failBy(error));
    // The signature over the exchange has been verified by now: the server holds the key it showed.
    this.client.once('handshake', () => (auth === undefined ? this.#outcome.resolve() : undefined));
    this.client.once('ready', () => this.#outcome.resolve());
    try {
      this.#begin(auth);
      await this.#outcome.promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      this.#socket.off('data', onData);
    }
    const hostKey = this.#hostKey;
    if (hostKey === undefined)
      throw new SshSessionFailure({ code: 'handshakeBroken', data: { message: 'no host key' } });
    // Also a pinned one: it stays the expected one when the pin is taken away.
    if (this.#standing.kind !== 'known') keepKey(hostKey, this.#place(), kept);
    return { hostKey, standing: this.#standing };
  }

  #begin(auth: readonly AnyAuthMethod[] | undefined): void {
    const remaining = [...(auth ?? [])];
    const preferred = this.#preferredTypes();
    try {
      this.client.connect({
        sock: this.#socket,
        username: this.#wish.signIn?.user ?? 'vigie',
        readyTimeout: 0,
        algorithms: {
          kex: {
            append: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
            prepend: [],
            remove: [],
          },
          cipher: { append: ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'], prepend: [], remove: [] },
          hmac: { append: ['hmac-sha1', 'hmac-md5'], prepend: [], remove: [] },
          serverHostKey: [...preferred, ...hostKeyAlgorithms.filter((each) => !preferred.includes(each))],
        },
        hostVerifier: (blob: Buffer) => this.#judgeKey(blob),
        authHandler: (methods, _partial, next) => {
          if (auth === undefined) return;
          if (Array.isArray(methods)) this.#methods = methods;
          const method = remaining.shift();
          if (method === undefined) this.#refused();
          else next(method);
        },
      });
    } catch (error) {
      // Thrown at once for what cannot be read of the socket's first bytes.
      this.#failBy(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #place(): string {
    return `${this.#wish.address}:${this.#wish.port}`;
  }

  #preferredTypes(): ServerHostKeyAlgorithm[] {
    const pinned = this.#wish.hostKeys.map((each) => each.split(' ')[0] ?? '');
    const types = new Set([...pinned, keptType(this.#place(), this.#context.kept) ?? '']);
    return hostKeyAlgorithms.filter((each) => types.has(each) || (types.has('ssh-rsa') && each.startsWith('rsa-')));
  }

  #judgeKey(blob: Buffer): boolean {
    const key = hostKeyOfBlob(blob);
    if (key === undefined) return false;
    this.#hostKey = key;
    this.#standing = standingOf(key, this.#wish.hostKeys, this.#place(), this.#context.kept);
    if (this.#standing.kind !== 'changed') return true;
    const { expected } = this.#standing;
    this.#fail({ code: 'hostKeyChanged', data: { found: `${fingerprintOf(key)} (${key.type})`, expected } });
    return false;
  }

  #refused(): void {
    const user = this.#wish.signIn?.user ?? '';
    this.#fail({ code: 'signInRefused', data: { user, methods: this.#methods.join(', ').slice(0, 100) } });
  }

  #late(): void {
    const ms = this.#context.timeoutMs;
    const { banner } = this.#reader.read();
    this.#fail({ code: banner === undefined ? 'noBanner' : 'handshakeLate', data: { ms } });
  }

  #closed(): void {
    if (!this.#isNoServer()) this.#fail({ code: 'closedInHandshake', data: {} });
  }

  #failBy(error: Error & { level?: string }): void {
    if (this.#isNoServer()) return;
    if (error.level === 'client-authentication') this.#refused();
    else if (error.level === 'client-socket') this.#closed();
    else {
      const [, what] = /no matching (.*?)(?: algorithm)?$/iu.exec(error.message) ?? [];
      if (what === undefined) this.#fail({ code: 'handshakeBroken', data: { message: clean(error.message) } });
      else this.#fail({ code: 'noCommonAlgorithm', data: { what: clean(what) } });
    }
  }

  /** Fails when what was said so far is not SSH 2. */
  #isNoServer(): boolean {
    const { banner, firstLine } = this.#reader.read();
    if (banner !== undefined && /^SSH-(?:2\.0|1\.99)-/u.test(banner)) return false;
    if (banner?.startsWith('SSH-1') === true) this.#fail({ code: 'oldProtocol', data: { banner: clean(banner) } });
    else if (firstLine !== '') this.#fail({ code: 'notSsh', data: { banner: clean(firstLine) } });
    else return false;
    return true;
  }

  #fail(reason: ReasonOf<SshSessionReasons>): void {
    this.#outcome.reject(new SshSessionFailure(reason));
  }
}

function ignore(): void {}

function clean(text: string): string {
  return sanitiseOutput(text, 200);
}
