import type { Client } from 'ssh2';
import { BoundedOutput } from './bounded-output.ts';
import { ChannelSlots } from './channel-slots.ts';
import type { PooledConnection } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import { LifeSign } from './life-sign.ts';
import { RemoteGroup } from './remote-group.ts';
import { Ssh2Command } from './ssh2-command.ts';
import type { SignedIn } from './ssh2-connect.ts';
import { SshFailure, type SshFailureKind, type SshPhase } from './ssh-failure.ts';
import type { ExecOptions, ExecResult, SshTarget } from './transport.ts';
import { monotonicMs } from './monotonic-clock.ts';

/** A server may need a moment to notice that a channel is free again; so long it may refuse a single one. */
const refusalPatienceMs = 1_000;

/** One signed-in connection and the commands that run on it. */
export class Ssh2Connection implements PooledConnection {
  readonly #target: SshTarget;
  readonly #client: Client;
  readonly #lost: AbortSignal;
  readonly #slots: ChannelSlots;
  readonly #lifeSign = new LifeSign(() => this.#askForLife());
  #idleSinceMs = monotonicMs();

  constructor(target: SshTarget, signedIn: SignedIn, channelsPerConnection: number) {
    this.#target = target;
    this.#client = signedIn.client;
    this.#lost = signedIn.lost;
    this.#slots = new ChannelSlots(channelsPerConnection);
    this.#client.on('error', () => undefined);
  }

  get usable(): boolean {
    return !this.#lost.aborted;
  }

  /** How long nothing has run here; zero while something does. */
  get idleMs(): number {
    return this.#slots.idle ? monotonicMs() - this.#idleSinceMs : 0;
  }

  /** Resolves when the socket is closed. */
  async close(): Promise<void> {
    if (this.#lost.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#lost.addEventListener('abort', () => resolve(), { once: true });
    this.#client.end();
    const timer = setTimeout(() => this.#client.destroy(), 1_000);
    await promise;
    clearTimeout(timer);
  }

  /** @throws SshFailure */
  async exec(command: string, options: ExecOptions, deadline: Deadline, startedMs: number): Promise<ExecResult> {
    const group = options.plain === true ? undefined : new RemoteGroup(command);
    const running = await this.#start(group?.command ?? command, deadline, group);
    try {
      return await this.#follow(running, options, deadline, startedMs);
    } finally {
      void this.#finish(running);
    }
  }

  /** A command that still runs when nobody waits for it any more is ended; only then is its place free. */
  async #finish(running: Ssh2Command): Promise<void> {
    await running.kill();
    this.#idleSinceMs = monotonicMs();
    this.#slots.release();
  }

  /** Waits for a place and opens a channel; a server that serves fewer than we thought lowers our limit and we wait again. */
  async #start(command: string, deadline: Deadline, group: RemoteGroup | undefined): Promise<Ssh2Command> {
    let refusedAloneMs: number | undefined;
    for (;;) {
      await this.#takeSlot(deadline);
      const opened = await this.#request(command, deadline, group);
      if (!(opened instanceof Error)) return opened;
      const alone = this.#slots.taken === 1;
      if (!alone) this.#slots.lower();
      this.#slots.release();
      // When the line is cut right after asking, nobody can say whether the command began.
      if (!this.usable) throw this.#failure('closed', 'command', opened.message);
      if (!alone) continue;
      refusedAloneMs ??= monotonicMs();
      if (monotonicMs() - refusedAloneMs > refusalPatienceMs) throw this.#failure('channel', 'queue', opened.message);
      await new Promise((resolve) => setTimeout(resolve, 50));
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

  /**
   * Takes back a forwarding that was never asked for: every server answers a global request that wants an answer, most
   * by refusing it (RFC 4254, section 4), and this one changes nothing. The library has no call for a bare question.
   */
  async #askForLife(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const answered = (): void => resolve();
    this.#lost.addEventListener('abort', answered, { once: true });
    try {
      this.#client.unforwardIn('', 0, answered);
      await promise;
    } catch {
      // Not connected any more: whoever waits hears of that.
    } finally {
      this.#lost.removeEventListener('abort', answered);
    }
  }

  /** Asks for the command to run. Once asked it may run, so an answer that comes too late is killed. */
  async #request(command: string, deadline: Deadline, group: RemoteGroup | undefined): Promise<Ssh2Command | Error> {
    const { promise, resolve } = Promise.withResolvers<Ssh2Command | Error>();
    const onLost = (): void => resolve(new Error('connection lost'));
    this.#lost.addEventListener('abort', onLost, { once: true });
    try {
      // At once: what a short command says and how it ended may stand in the same piece of the line as the leave to run.
      this.#client.exec(command, (error, channel) =>
        resolve(error ?? new Ssh2Command(this.#client, channel, this.#lost, group)),
      );
    } catch (error) {
      resolve(error instanceof Error ? error : new Error(String(error)));
    }
    try {
      return await deadline.race(promise);
    } catch {
      void promise.then((late) => (late instanceof Error ? this.#slots.release() : this.#finish(late)));
      throw this.#failure(deadline.givenUp ?? 'aborted', 'command');
    } finally {
      this.#lost.removeEventListener('abort', onLost);
    }
  }

  async #follow(
    running: Ssh2Command,
    options: ExecOptions,
    deadline: Deadline,
    startedMs: number,
  ): Promise<ExecResult> {
    const output = new BoundedOutput(options, running.group);
    const receiverFailed = Promise.withResolvers<void>();
    output.read(running.channel, 'stdout', receiverFailed.resolve);
    output.read(running.channel.stderr, 'stderr', receiverFailed.resolve);
    running.channel.end(options.stdin ?? '');
    try {
      await deadline.race(Promise.race([running.ended, receiverFailed.promise]));
    } catch {
      throw this.#failure(deadline.givenUp ?? 'aborted', 'command');
    }
    await output.settled();
    const { exitCode, signal } = await running.ended;
    if (exitCode === null && signal === null && !this.usable) throw this.#failure('closed', 'command');
    return {
      exitCode,
      signal,
      stdout: output.kept('stdout'),
      stderr: output.kept('stderr'),
      truncated: output.truncated,
      durationMs: monotonicMs() - startedMs,
    };
  }

  #failure(kind: SshFailureKind, phase: SshPhase, reason?: string): SshFailure {
    const { host, port, user } = this.#target;
    return new SshFailure(kind, { host, port, user, phase, ...(reason === undefined ? {} : { reason }) });
  }
}
