import { Writable, Readable } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { TLSSocket } from 'node:tls';
import type { Client, FileInfo } from 'basic-ftp';
import type { CheckContext, ReasonOf } from '#probe/check-kind.ts';
import type { FolderFacts } from '#probe/folder-facts.ts';
import { connectionReason, resolveAllowed } from '#probe/open-connection.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { certificateFault, daysLeft } from '#probe/start-tls.ts';
import type { FtpSettings } from './settings.ts';
import type { FtpReasons } from './texts.ts';

/** Thrown when the server does not do what it was asked. */
export class FtpFailure extends Error {
  readonly reason: ReasonOf<FtpReasons>;
  constructor(reason: ReasonOf<FtpReasons>) {
    super(reason.code);
    this.reason = reason;
  }
}

/** What a visit found. */
export interface FtpVisit {
  readonly facts: FolderFacts;
  readonly connectMs: number;
  readonly signInMs: number;
  readonly roundTripMs: number | undefined;
  readonly certificate: { readonly days: number; readonly ends: Date } | undefined;
}

type Step = 'greeting' | 'security' | 'signIn' | 'list' | 'write' | 'read' | 'remove';

const controlLimitBytes = 256 * 1024;
const dataLimitBytes = 4 * 1024 * 1024;
const guardMs = 20;
const agesAsked = 20;

/** One visit to an FTP server: greeting, TLS, sign-in, list, and a file there and back when asked. Throws {@link FtpFailure}. */
export class FtpSession {
  readonly #settings: FtpSettings;
  readonly #context: CheckContext;
  readonly #deadlineMs: number;
  #client: Client | undefined;
  #step: Step = 'greeting';
  #verdict: ReasonOf<FtpReasons> | undefined;
  #address = '';

  constructor(settings: FtpSettings, context: CheckContext) {
    this.#settings = settings;
    this.#context = context;
    this.#deadlineMs = context.clock.nowMs() + context.timeoutMs;
  }

  async visit(target: string): Promise<FtpVisit> {
    const { signal, clock } = this.#context;
    const [found] = await resolveAllowed(target, this.#deadlineMs, this.#context);
    this.#address = found?.address ?? target;
    const { Client: FtpClient } = await import('basic-ftp');
    const leftMs = Math.max(1, this.#deadlineMs - clock.nowMs());
    const client = new FtpClient(leftMs + 1_000);
    this.#client = client;
    const stop = (): void => this.#giveUp({ code: 'stopped', data: {} });
    const late = setTimeout(() => this.#giveUp(this.#lateReason()), leftMs);
    const guard = setInterval(() => this.#guard(client), guardMs);
    signal.addEventListener('abort', stop);
    try {
      if (signal.aborted) stop();
      return await this.#talk(client, target);
    } catch (error) {
      throw this.#verdict === undefined ? this.#explain(error) : new FtpFailure(this.#verdict);
    } finally {
      clearTimeout(late);
      clearInterval(guard);
      signal.removeEventListener('abort', stop);
      client.close();
    }
  }

  async #talk(client: Client, target: string): Promise<FtpVisit> {
    const { clock } = this.#context;
    const { security, user, password, folder, roundTrip } = this.#settings;
    const port = this.#port();
    const name = this.#settings.hostName === '' ? target : this.#settings.hostName;
    const tls = this.#tlsOptions(name);
    const startedMs = clock.nowMs();
    if (security === 'implicit') await client.connectImplicitTLS(this.#address, port, tls);
    else await client.connect(this.#address, port);
    if (security === 'explicit') {
      this.#step = 'security';
      await client.useTLS(tls);
    }
    const certificate = security === 'none' ? undefined : this.#judgeCertificate(client, name);
    const connectMs = clock.nowMs() - startedMs;
    this.#step = 'signIn';
    await client.login(user, password.replaceAll(/[\r\n\0]/gu, ''));
    await client.useDefaultSettings();
    const signInMs = clock.nowMs() - startedMs - connectMs;
    this.#step = 'list';
    const facts = await this.#factsOf(client, await client.list(folder));
    const roundTripMs = roundTrip ? await this.#roundTrip(client, folder) : undefined;
    return { facts, connectMs, signInMs, roundTripMs, certificate };
  }

  #port(): number {
    const { port, security } = this.#settings;
    return port === 0 ? (security === 'implicit' ? 990 : 21) : port;
  }

  #tlsOptions(name: string): object {
    return {
      secureContext: this.#context.tools.trust.strict,
      // Judged below, before anything is said, with reasons that a person understands.
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(/^[\d.]+$|:/u.test(name) ? {} : { servername: name }),
    };
  }

  #judgeCertificate(client: Client, name: string): { days: number; ends: Date } | undefined {
    const { socket } = client.ftp;
    const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
    if (!(socket instanceof TLSSocket) || certificate === undefined) return undefined;
    const nowMs = this.#context.clock.nowMs();
    const fault: unknown = socket.authorizationError;
    const session = {
      socket,
      handshakeMs: 0,
      protocol: socket.getProtocol() ?? 'unknown',
      certificate,
      chainFault: socket.authorized ? undefined : typeof fault === 'string' ? fault : 'UNKNOWN',
    };
    const found = certificateFault(session, name, nowMs, { trusted: this.#settings.verifyCertificate });
    if (found !== undefined) throw new FtpFailure(found);
    return { days: daysLeft(certificate, nowMs), ends: certificate.validToDate };
  }

  async #factsOf(client: Client, list: readonly FileInfo[]): Promise<FolderFacts> {
    const files = list.filter((each) => each.isFile);
    const nowMs = this.#context.clock.nowMs();
    const dated = await this.#dates(client, files);
    const [newest] = dated.toSorted((a, b) => b.atMs - a.atMs);
    return {
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + (Number.isFinite(size) ? size : 0), 0),
      cut: false,
      newest:
        newest === undefined
          ? undefined
          : { name: sanitiseOutput(newest.name, 200), ageSeconds: Math.max(0, (nowMs - newest.atMs) / 1000) },
    };
  }

  /** When files were changed: told by MLSD, else asked one by one of a few (MDTM); a plain LIST says it for people only. */
  async #dates(client: Client, files: readonly FileInfo[]): Promise<{ name: string; atMs: number }[]> {
    const told = files.flatMap(({ name, modifiedAt }) =>
      modifiedAt === undefined ? [] : [{ name, atMs: modifiedAt.getTime() }],
    );
    if (told.length > 0 || files.length === 0 || this.#settings.newestMaxMinutes === 0) return told;
    if (files.length > agesAsked) throw new FtpFailure({ code: 'noAges', data: { folder: this.#settings.folder } });
    const asked: { name: string; atMs: number }[] = [];
    for (const { name } of files) {
      const { folder } = this.#settings;
      asked.push({ name, atMs: (await client.lastMod(`${folder}/${name.replaceAll(/[\r\n\0]/gu, '')}`)).getTime() });
    }
    return asked;
  }

  async #roundTrip(client: Client, folder: string): Promise<number> {
    const startedMs = this.#context.clock.nowMs();
    const path = `${folder === '/' ? '' : folder}/vigie-${randomBytes(8).toString('hex')}.tmp`;
    const content = randomBytes(32).toString('hex');
    this.#step = 'write';
    await client.uploadFrom(Readable.from([Buffer.from(content)]), path);
    try {
      this.#step = 'read';
      const chunks: Buffer[] = [];
      const keep = new Writable({
        write: (chunk: Buffer, _encoding, done) => {
          if (chunks.length < 100) chunks.push(chunk.subarray(0, 1_000));
          done();
        },
      });
      await client.downloadTo(keep, path);
      if (Buffer.concat(chunks).toString('utf8') !== content)
        throw new FtpFailure({ code: 'otherContent', data: { path } });
    } finally {
      this.#step = 'remove';
      await client.remove(path);
    }
    return this.#context.clock.nowMs() - startedMs;
  }

  #guard(client: Client): void {
    const { socket, dataSocket } = client.ftp;
    if (socket.bytesRead > controlLimitBytes + dataLimitBytes / 16 || (dataSocket?.bytesRead ?? 0) > dataLimitBytes)
      this.#giveUp({ code: 'endless', data: {} });
  }

  #giveUp(reason: ReasonOf<FtpReasons>): void {
    this.#verdict ??= reason;
    this.#client?.close();
  }

  #lateReason(): ReasonOf<FtpReasons> {
    const ms = this.#context.timeoutMs;
    return this.#step === 'greeting'
      ? { code: 'noGreeting', data: { ms } }
      : { code: 'tooLate', data: { ms, step: this.#step } };
  }

  #explain(error: unknown): unknown {
    if (error instanceof FtpFailure || !(error instanceof Error)) return error;
    const message = sanitiseOutput(error.message, 200);
    const other = /PASV returned another host \(([\d.]+)\)/u.exec(error.message)?.[1];
    if (other !== undefined) return new FtpFailure({ code: 'passiveElsewhere', data: { address: other } });
    if (/open data connection in passive mode|Timeout when trying to open data/u.test(error.message))
      return new FtpFailure({ code: 'noDataConnection', data: { message } });
    // Errors of the system and of TLS carry a word, those of the server a number.
    const code: unknown = 'code' in error ? error.code : undefined;
    if (typeof code === 'string') return new FtpFailure(this.#socketReason(error, code));
    return new FtpFailure(this.#refusal(message, typeof code === 'number' ? code : 0));
  }

  #socketReason(error: Error, code: string): ReasonOf<FtpReasons> {
    if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO')
      return { code: 'handshakeFailed', data: { code } };
    return connectionReason(error, this.#address, this.#port());
  }

  #refusal(message: string, code: number): ReasonOf<FtpReasons> {
    const path = this.#settings.folder;
    if (/closed|reset|FIN packet/u.test(message) && code === 0) return { code: 'hungUp', data: {} };
    switch (this.#step) {
      case 'greeting':
        return code === 0 ? { code: 'notFtp', data: { message } } : { code: 'greetingRefused', data: { message } };
      case 'security':
        return { code: 'noTls', data: { message } };
      case 'signIn':
        return { code: 'signInRefused', data: { user: this.#settings.user, message } };
      case 'list':
        return { code: 'folderRefused', data: { path, message } };
      case 'write':
        return { code: 'writeRefused', data: { path, message } };
      case 'read':
        return { code: 'readRefused', data: { path, message } };
      default:
        return { code: 'removeRefused', data: { path, message } };
    }
  }
}
