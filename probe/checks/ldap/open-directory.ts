import type { Socket } from 'node:net';
import type { Client } from 'ldapts';
import type { CheckContext } from '#probe/check-kind.ts';
import {
  openLine,
  protectLine,
  SessionFailure,
  sessionFailure,
  type Line,
  type LineWish,
} from '#probe/client-session.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import { askStartTls } from './ask-start-tls.ts';
import type { LdapSettings } from './settings.ts';

/** Thrown when the directory answers with a result code other than success. */
export class DirectoryRefusal extends Error {
  readonly resultCode: number;
  constructor(resultCode: number, said: string) {
    super(said);
    this.resultCode = resultCode;
  }
}

// A thousand entries with one attribute; what is larger is no answer to our question.
const limitBytes = 4 * 1024 * 1024;

/** Opens the connection that the settings describe. Throws session failures and {@link DirectoryRefusal}. */
export async function openDirectoryLine(
  settings: LdapSettings,
  address: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<Line> {
  const wish: LineWish = {
    address,
    port: settings.port,
    serverName: address,
    verify: settings.verifyCertificate,
    tls: settings.tls === 'direct',
    limitBytes,
  };
  const line = await openLine(wish, deadlineMs, context);
  if (settings.tls !== 'startTls') return line;
  try {
    const code = await withinDeadline(askStartTls(line.socket), deadlineMs, context);
    if (code === undefined) throw new SessionFailure({ code: 'otherProtocol', data: { protocol: 'LDAP', said: '' } });
    if (code !== 0) throw new SessionFailure({ code: 'tlsNotOffered', data: {} });
    return await protectLine(line, wish, deadlineMs, context);
  } catch (error) {
    line.socket.destroy();
    throw sessionFailure(error, line, 'LDAP', context);
  }
}

/** Does something with a client on the line. Throws session failures and {@link DirectoryRefusal}. */
export async function withDirectory<T>(
  line: Line,
  deadlineMs: number,
  context: CheckContext,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { Client: Directory, ResultCodeError } = await import('ldapts');
  let given = false;
  const client = new Directory({
    url: 'ldap://directory.invalid',
    strictDN: false,
    timeout: Math.max(1, Math.round(deadlineMs - context.clock.nowMs())),
    // Once: a connection that broke is not made again behind the check's back.
    createConnection: (): Socket => {
      if (given) throw new Error('connection closed');
      given = true;
      return line.socket;
    },
  });
  try {
    // The library drops what it cannot read and waits on; the closed socket tells it all the same.
    return await withinDeadline(Promise.race([work(client), closed(line.socket)]), deadlineMs, context);
  } catch (error) {
    if (error instanceof ResultCodeError) throw new DirectoryRefusal(error.code, error.message);
    throw sessionFailure(error, line, 'LDAP', context);
  }
}

function closed(socket: Socket): Promise<never> {
  return new Promise((_resolve, reject) => {
    socket.once('close', () => reject(new Error('connection closed')));
  });
}
