import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoundedOutput } from './bounded-output.ts';
import { ChannelSlots } from './channel-slots.ts';
import { ConnectionPool, type PooledConnection } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import { LifeSign } from './life-sign.ts';
import { monotonicMs } from './monotonic-clock.ts';
import { startOpensshMaster, type OpensshMaster } from './openssh-master.ts';
import { RemoteGroup } from './remote-group.ts';
import { SshFailure, type SshFailureKind, type SshPhase } from './ssh-failure.ts';
import { defaultTransportSettings, type TransportSettings } from './ssh2-transport.ts';
import type { ExecOptions, ExecResult, SshTarget, SshTransport } from './transport.ts';

/** What OpenSSH's client ends with when it was not the command that ended. */
const clientFailed = 255;
const fateMs = 1_000;

/**
 * The transport for servers that need what only the system's OpenSSH client can do: certificates, security keys,
 * Kerberos, jump hosts, post-quantum key exchange. Slower, and a process for every command.
 */
export class OpensshTransport implements SshTransport {
  readonly #folder: Promise<string>;
  readonly #pool: ConnectionPool;

  constructor(changes: Partial<TransportSettings> = {}) {
    const settings = { ...defaultTransportSettings, ...changes };
    // Short: the path of a socket has at most about a hundred bytes.
    this.#folder = mkdtemp(join(tmpdir(), 'vigie-ssh-'));
    this.#pool = new ConnectionPool({
      idleCloseMs: settings.idleCloseMs,
      connect: async (target, signal) => {
        const folder = join(await this.#folder, randomBytes(4).toString('hex'));
        const master = await startOpensshMaster(target, folder, settings, signal);
        return new OpensshConnection(target, master, settings.channelsPerConnection);
      },
    });
  }

  exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    return this.#pool.exec(target, command, options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool[Symbol.asyncDispose]();
    await rm(await this.#folder, { recursive: true, force: true });
  }
}

/** A client that runs one command, and by what its command can be ended. */
interface RunningClient {
  readonly client: ChildProcessWithoutNullStreams;
  readonly ended: Promise<number | null>;
  readonly group: RemoteGroup | undefined;
}

/** One master and the clients that run commands over it. */
class OpensshConnection implements PooledConnection {
  readonly #target: SshTarget;
  readonly #master: OpensshMaster;
  readonly #slots: ChannelSlots;
  // Whatever the client ends with, the server has answered its master: that it refuses one more command, too.
  readonly #lifeSign = new LifeSign(() => this.#askForLife());
  #idleSinceMs = monotonicMs();

  constructor(target: SshTarget, master: OpensshMaster, channelsPerConnection: number) {
    this.#target = target;
    this.#master = master;
    this.#slots = new ChannelSlots(channelsPerConnection);
  }

  get usable(): boolean {
    return !this.#master.lost.aborted;
  }

  get idleMs(): number {
    return this.#slots.idle ? monotonicMs() - this.#idleSinceMs : 0;
  }

  close(): Promise<void> {
    return this.#master.close();
  }

  async exec(command: string, options: ExecOptions, deadline: Deadline, startedMs: number): Promise<ExecResult> {
    await this.#takeSlot(deadline);
    const group = options.plain === true ? undefined : new RemoteGroup(command);
    const client = this.#spawn(group?.command ?? command);
    const running: RunningClient = { client, ended: endOf(client), group };
    try {
      return await this.#follow(running, options, deadline, startedMs);
    } finally {
      void this.#finish(running);
    }
  }

  async #takeSlot(deadline: Deadline): Promise<void> {
    try {
      await this.#lifeSign.during(this.#slots.take(deadline.signal));
    } catch {
      throw this.#failure(deadline.givenUp ?? 'aborted', this.#lifeSign.silent ? 'silent' : 'queue');
    }
    if (this.usable) return;
    this.#slots.release();
    throw this.#failure('closed', 'queue');
  }

  #spawn(command: string): ChildProcessWithoutNullStreams {
    const { clientArguments, environment } = this.#master;
    return spawn('ssh', [...clientArguments, '--', command], { env: environment });
  }

  async #follow(
    { client, ended, group }: RunningClient,
    options: ExecOptions,
    deadline: Deadline,
    startedMs: number,
  ): Promise<ExecResult> {
    const output = new BoundedOutput(options, group);
    const receiverFailed = Promise.withResolvers<void>();
    output.read(client.stdout, 'stdout', receiverFailed.resolve);
    output.read(client.stderr, 'stderr', receiverFailed.resolve);
    client.stdin.on('error', () => undefined);
    client.stdin.end(options.stdin ?? '');
    try {
      await deadline.race(Promise.race([ended, receiverFailed.promise]));
    } catch {
      throw this.#failure(deadline.givenUp ?? 'aborted', 'command');
    }
    await output.settled();
    const exitCode = await ended;
    if (exitCode === clientFailed) await fateOf(this.#master);
    if (exitCode === null || (exitCode === clientFailed && !this.usable)) throw this.#failure('closed', 'command');
    return {
      exitCode,
      signal: null,
      stdout: output.kept('stdout'),
      stderr: output.kept('stderr'),
      truncated: output.truncated,
      durationMs: monotonicMs() - startedMs,
    };
  }

  /** Ends a command nobody waits for any more, on the server first: without its client it would simply go on. */
  async #finish({ client, ended, group }: RunningClient): Promise<void> {
    if (client.exitCode === null && client.signalCode === null) {
      client.stdout.resume();
      client.stderr.resume();
      const insist = setTimeout(() => client.kill('SIGKILL'), 5_000);
      await Promise.race([group?.announced, ended]);
      const killCommand = group?.killCommand;
      if (killCommand !== undefined && this.usable) await this.#runAside(killCommand);
      client.kill('SIGTERM');
      await ended;
      clearTimeout(insist);
    }
    this.#idleSinceMs = monotonicMs();
    this.#slots.release();
  }

  /** One command more than our places; a server that answers lets it run or refuses it. */
  async #askForLife(): Promise<void> {
    const client = this.#spawn('true');
    client.stdin.on('error', () => undefined);
    client.stdin.end();
    client.stdout.resume();
    client.stderr.resume();
    const { lost } = this.#master;
    const end = (): boolean => client.kill('SIGKILL');
    lost.addEventListener('abort', end, { once: true });
    await endOf(client);
    lost.removeEventListener('abort', end);
  }

  async #runAside(command: string): Promise<void> {
    const client = this.#spawn(command);
    client.stdin.on('error', () => undefined);
    client.stdin.end();
    client.stdout.resume();
    client.stderr.resume();
    const late = setTimeout(() => client.kill('SIGKILL'), 4_000);
    await endOf(client);
    clearTimeout(late);
  }

  #failure(kind: SshFailureKind, phase: SshPhase): SshFailure {
    const { host, port, user } = this.#target;
    return new SshFailure(kind, { host, port, user, phase });
  }
}

/**
 * A client says 255 both for a command that ended so and for a line that was cut, and it can be faster to say so than
 * its master is to end: the master gets a moment.
 */
async function fateOf(master: OpensshMaster): Promise<void> {
  if (master.lost.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const moment = setTimeout(resolve, fateMs);
  master.lost.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  clearTimeout(moment);
}

/** The client's exit code once its streams are read; null when it was killed or could not be started. */
function endOf(client: ChildProcessWithoutNullStreams): Promise<number | null> {
  const { promise, resolve } = Promise.withResolvers<number | null>();
  client.once('error', () => resolve(null));
  client.once('close', (code) => resolve(code));
  return promise;
}
