import type { Socket } from 'node:net';
import type { AbstractConnector, Redis } from 'ioredis';
import type { CheckContext } from '#probe/check-kind.ts';
import { SessionFailure, sessionFailure, type Line } from '#probe/client-session.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import type { RedisSettings } from './settings.ts';

/** Sends one command and gives its answer. Throws session failures and {@link RedisRefusal}. */
export type Command = (name: string, ...words: readonly string[]) => Promise<unknown>;

/** An error that the server answered to a command. */
export class RedisRefusal extends Error {}

/** Gives a line to the client library. Commands are sent only as they are asked for: no greeting, no reconnection. */
export async function openRedis(
  line: Line,
  settings: RedisSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<Command> {
  const { AbstractConnector: Base, Redis: Client } = await import('ioredis');
  const client = new Client({
    lazyConnect: true,
    // The newer protocol begins with a greeting that a server with a password refuses before the sign-in.
    protocol: 2,
    Connector: connectorOf(Base, line.socket),
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    enableReadyCheck: false,
    enableOfflineQueue: false,
    disableClientInfo: true,
    autoResubscribe: false,
  });
  // The library tells a broken connection here too; without a listener it would write to the console.
  client.on('error', () => undefined);
  const command: Command = (name, ...words) => ask(client, line, [name, ...words], deadlineMs, context);
  try {
    await withinDeadline(client.connect(), deadlineMs, context);
  } catch (error) {
    throw sessionFailure(error, line, 'Redis', context);
  }
  await signIn(command, settings);
  return command;
}

async function ask(
  client: Redis,
  line: Line,
  [name = '', ...words]: readonly string[],
  deadlineMs: number,
  context: CheckContext,
): Promise<unknown> {
  try {
    return await withinDeadline(client.call(name, ...words), deadlineMs, context);
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') {
      throw new RedisRefusal(sanitiseOutput(error.message, 300).replaceAll('\n', ' '));
    }
    throw sessionFailure(error, line, 'Redis', context);
  }
}

async function signIn(command: Command, { user, password }: RedisSettings): Promise<void> {
  if (user === '' && password === '') return;
  try {
    await command('AUTH', ...(user === '' ? [password] : [user, password]));
  } catch (error) {
    if (!(error instanceof RedisRefusal) || !/AUTH|WRONGPASS|password/u.test(error.message)) throw error;
    throw new SessionFailure({ code: 'signInRefused', data: { user, said: error.message } });
  }
}

/** What the library asks for a connection: it gets the one that is open. */
function connectorOf(Base: typeof AbstractConnector, socket: Socket): new () => AbstractConnector {
  return class extends Base {
    constructor() {
      super(0);
    }
    override disconnect(): void {
      socket.destroy();
    }
    override async connect(): Promise<Socket> {
      return socket;
    }
  };
}
