import type { Socket } from 'node:net';
import type { Client } from 'pg';
import type { CheckContext } from '#probe/check-kind.ts';
import {
  openLine,
  protectLine,
  SessionFailure,
  sessionFailure,
  type Line,
  type LineWish,
} from '#probe/client-session.ts';
import { sanitiseOutput } from '#probe/sanitise-output.ts';
import { withinDeadline } from '#probe/within-deadline.ts';
import { SslAnswerFailure, wantSsl } from './ask-ssl.ts';
import { screenMessages } from './screen-messages.ts';
import type { PostgresqlSettings } from './settings.ts';

/** A signed-in connection. */
export interface SignedIn {
  readonly client: Client;
  readonly line: Line;
  readonly signInMs: number;
}

// Rows are few and short; what is larger than this is not an answer to our questions.
const limitBytes = 4 * 1024 * 1024;

/** Opens the connection that the settings describe, protected as they want. Throws session failures. */
export async function openPostgresLine(
  settings: PostgresqlSettings,
  address: string,
  deadlineMs: number,
  context: CheckContext,
): Promise<Line> {
  const wish: LineWish = {
    address,
    port: settings.port,
    serverName: address,
    verify: settings.verifyCertificate,
    tls: false,
    limitBytes,
    protocols: ['postgresql'],
  };
  const line = await openLine(wish, deadlineMs, context);
  if (settings.tls === 'off') return line;
  try {
    const offered = await withinDeadline(wantSsl(line.socket), deadlineMs, context);
    if (offered) return await protectLine(line, wish, deadlineMs, context);
    if (settings.tls === 'required') throw new SessionFailure({ code: 'tlsNotOffered', data: {} });
    return line;
  } catch (error) {
    line.socket.destroy();
    if (error instanceof SslAnswerFailure && error.said !== '') {
      throw new SessionFailure({ code: 'otherProtocol', data: { protocol: 'PostgreSQL', said: error.said } });
    }
    if (error instanceof SslAnswerFailure) throw new SessionFailure({ code: 'cutOff', data: { said: '' } });
    throw error;
  }
}

/** Signs in over an open line. Throws session failures; the caller destroys the line's socket. */
export async function signIn(
  line: Line,
  settings: PostgresqlSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<SignedIn> {
  const { default: pg } = await import('pg');
  const startedMs = context.clock.nowMs();
  line.guard.screenWith(screenMessages());
  let askedInClear = false;
  const client = new pg.Client({
    // Everything is said here: what is left out, the library takes from the environment of the process.
    host: line.address,
    port: settings.port,
    database: settings.database,
    user: settings.user,
    ssl: false,
    options: '',
    application_name: 'vigie',
    password: () => {
      const vouchedFor = line.session !== undefined && settings.verifyCertificate;
      if (askedInClear && !vouchedFor) throw new SessionFailure({ code: 'passwordInClear', data: {} });
      return settings.password;
    },
    stream: () => alreadyOpen(line.socket),
  });
  // The library reports a broken connection here too; without a listener that would end the process.
  client.on('error', () => undefined);
  client.connection.on('authenticationCleartextPassword', () => (askedInClear = true));
  try {
    await withinDeadline(client.connect(), deadlineMs, context);
  } catch (error) {
    throw signInFailure(error, settings, line, context);
  }
  return { client, line, signInMs: context.clock.nowMs() - startedMs };
}

/** The library wants to connect by itself; the connection is there already, and it is told so. */
function alreadyOpen(socket: Socket): Socket {
  return Object.assign(socket, {
    connect: (): Socket => {
      process.nextTick(() => socket.emit('connect'));
      return socket;
    },
  });
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const signInCodes = new Set(['28000', '28P01', '3D000', '42501']);

function signInFailure(error: unknown, settings: PostgresqlSettings, line: Line, context: CheckContext): Error {
  const code = sqlState(error);
  const said = sanitiseOutput(error instanceof Error ? error.message : '', 300);
  if (code !== undefined && signInCodes.has(code)) {
    return new SessionFailure({ code: 'signInRefused', data: { user: settings.user, said } });
  }
  if (code !== undefined) return new SqlFailure(code, said);
  if (/SCRAM|SASL/u.test(said)) {
    return new SessionFailure({ code: 'signInRefused', data: { user: settings.user, said } });
  }
  return sessionFailure(error, line, 'PostgreSQL', context);
}

/** An error that the server sent, with its SQLSTATE. */
export class SqlFailure extends Error {
  readonly sqlState: string;
  constructor(state: string, said: string) {
    super(said);
    this.sqlState = state;
  }
}

/** The SQLSTATE of an error that the server sent; undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/u.test(code) && !code.startsWith('E') ? code : undefined;
}
