import type { Client, ClientChannel } from 'ssh2';
import type { RemoteGroup } from './remote-group.ts';

/** How long a killed command's channel may take to close before its connection is given up. */
const closeWithinMs = 5_000;

/** How long a channel may linger after its connection was lost, while output that had arrived is still read. */
const lingerMs = 1_000;

/** How a command ended; both null when the server did not say. */
export interface CommandEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** One command running on a channel. */
export class Ssh2Command {
  readonly channel: ClientChannel;
  readonly ended: Promise<CommandEnd>;
  /** By which the command can be ended; none for a plain command. */
  readonly group: RemoteGroup | undefined;
  readonly #client: Client;
  #hasEnded = false;

  constructor(client: Client, channel: ClientChannel, lost: AbortSignal, group: RemoteGroup | undefined) {
    this.#client = client;
    this.channel = channel;
    this.group = group;
    const { promise, resolve } = Promise.withResolvers<CommandEnd>();
    this.ended = promise;
    let end: CommandEnd = { exitCode: null, signal: null };
    const finish = (): void => {
      this.#hasEnded = true;
      resolve(end);
    };
    const onLost = (): void => void setTimeout(finish, lingerMs).unref();
    channel.on('exit', (exitCode: number | null, signal?: string) => {
      end = { exitCode, signal: signal ?? null };
    });
    channel.on('error', () => undefined);
    // NOTE: the channel's own close waits for standard output only; what is left of the error stream would be lost.
    void Promise.all([once(channel, 'close'), once(channel.stderr, 'close')]).then(() => {
      lost.removeEventListener('abort', onLost);
      finish();
    });
    lost.addEventListener('abort', onLost, { once: true });
  }

  /** Ends what runs, if it still does. Resolves when the channel is closed; a connection that cannot even do that is closed whole. */
  async kill(): Promise<void> {
    if (this.#hasEnded) return;
    this.channel.resume();
    this.channel.stderr.resume();
    const giveUp = setTimeout(() => this.#client.destroy(), closeWithinMs);
    await Promise.race([this.group?.announced, this.ended]);
    const killCommand = this.group?.killCommand;
    if (killCommand === undefined) this.channel.close();
    else if (!this.#hasEnded) this.#killRemotely(killCommand);
    await this.ended;
    clearTimeout(giveUp);
  }

  /** Outside the count of channels: a hung command must not wait behind other hung commands to be ended. */
  #killRemotely(killCommand: string): void {
    try {
      this.#client.exec(killCommand, (error, killer) => {
        if (error !== undefined) {
          this.channel.close();
          return;
        }
        killer.on('error', () => undefined);
        killer.once('close', () => this.channel.close());
        killer.resume();
        killer.stderr.resume();
        killer.end();
      });
    } catch {
      this.channel.close();
    }
  }
}

async function once(source: NodeJS.EventEmitter, event: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  source.once(event, () => resolve());
  await promise;
}
