import type { Connection } from 'mysql2';
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
import { PasswordAsked, screenSignIn } from './screen-sign-in.ts';
import type { MysqlSettings } from './settings.ts';

/** A signed-in connection. */
export interface SignedIn {
  readonly connection: Connection;
  /** The line as it became: with TLS when the server took it up. */
  readonly line: Line;
  readonly signInMs: number;
}

/** An error that the server sent, with its number. */
export class ServerError extends Error {
  readonly number: number;
  constructor(number: number, said: string) {
    super(said);
    this.number = number;
  }
}

const limitBytes = 4 * 1024 * 1024;

/** Connects and signs in. Throws session failures and {@link ServerError}; `hold` is given every line to destroy. */
export async function signIn(
  settings: MysqlSettings,
  address: string,
  deadlineMs: number,
  context: CheckContext,
  hold: (line: Line) => void,
): Promise<SignedIn> {
  try {
    return await signInOnce(settings, settings.tls !== 'off', { address, deadlineMs, context, hold });
  } catch (error) {
    const isPlain = error instanceof SessionFailure && error.reason.code === 'tlsNotOffered';
    if (!isPlain || settings.tls !== 'ifOffered') throw error;
    return signInOnce(settings, false, { address, deadlineMs, context, hold });
  }
}

interface Around {
  readonly address: string;
  readonly deadlineMs: number;
  readonly context: CheckContext;
  readonly hold: (line: Line) => void;
}

async function signInOnce(settings: MysqlSettings, withTls: boolean, around: Around): Promise<SignedIn> {
  const { address, deadlineMs, context, hold } = around;
  const { createConnection } = await import('mysql2');
  const wish: LineWish = {
    address,
    port: settings.port,
    serverName: address,
    verify: settings.verifyCertificate,
    tls: false,
    limitBytes,
  };
  let line = await openLine(wish, deadlineMs, context);
  hold(line);
  const startedMs = context.clock.nowMs();
  const mayReveal = (): boolean =>
    settings.passwordAnyway || (line.session !== undefined && settings.verifyCertificate);
  if (!mayReveal()) line.guard.screenWith(screenSignIn());
  const connection = createConnection({
    stream: line.socket,
    host: line.address,
    user: settings.user,
    password: settings.password,
    ...(settings.database === '' ? {} : { database: settings.database }),
    ...(withTls ? { ssl: { rejectUnauthorized: false } } : {}),
    supportBigNumbers: true,
    dateStrings: true,
    disableEval: true,
    // No file of this machine is ever handed out.
    flags: ['-LOCAL_FILES'],
    connectTimeout: context.timeoutMs,
  });
  connection.on('error', () => undefined);
  let unprotected: unknown;
  if (withTls) {
    upgradeBy(connection, async () => {
      try {
        line = await protectLine(line, wish, deadlineMs, context);
        if (!mayReveal()) line.guard.screenWith(screenSignIn());
        hold(line);
        return line;
      } catch (error) {
        unprotected = error;
        throw error;
      }
    });
  }
  try {
    await withinDeadline(connected(connection), deadlineMs, context);
  } catch (error) {
    throw failure(unprotected ?? error, settings, line, context);
  }
  return { connection, line, signInMs: context.clock.nowMs() - startedMs };
}

function connected(connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.connect((error) => (error === null ? resolve() : reject(error)));
    connection.once('end', () => reject(new Error('connection closed')));
  });
}

/** What of the library's connection its own upgrade to TLS touches; it is not in the declarations. */
interface Upgrading {
  startTLS: (onSecure: (error?: unknown) => void) => void;
  stream: unknown;
  readonly packetParser: { execute: (data: Buffer) => void };
  readonly _handleNetworkError: (error: Error) => void;
}

function isUpgrading(connection: unknown): connection is Upgrading {
  return (
    typeof connection === 'object' &&
    connection !== null &&
    'startTLS' in connection &&
    'packetParser' in connection &&
    '_handleNetworkError' in connection
  );
}

/**
 * Lets the probe shake hands where the library would: with the believed authorities, and with the certificate judged for
 * an address as well as for a name, before the password is sent.
 */
function upgradeBy(connection: unknown, protect: () => Promise<Line>): void {
  if (!isUpgrading(connection)) throw new Error('mysql2 upgrades in another way');
  connection.startTLS = (onSecure) => {
    const { stream } = connection;
    if (typeof stream === 'object' && stream !== null && 'removeAllListeners' in stream) {
      const { removeAllListeners } = stream;
      if (typeof removeAllListeners === 'function') removeAllListeners.call(stream, 'data');
    }
    protect().then(
      ({ socket }) => {
        socket.on('data', (data: Buffer) => connection.packetParser.execute(data));
        socket.on('error', (error) => connection._handleNetworkError(error));
        connection.stream = socket;
        onSecure();
      },
      (error: unknown) => onSecure(error),
    );
  };
}

// Access denied, to the server, a database or from this address; unknown database.
const signInNumbers = new Set([1044, 1045, 1049, 1130, 1251, 1698, 1275, 1129]);

/** Files what the library threw. */
export function failure(error: unknown, settings: MysqlSettings, line: Line, context: CheckContext): Error {
  const number = errorNumber(error);
  const said = sanitiseOutput(error instanceof Error ? error.message : '', 300).replaceAll('\n', ' ');
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (line.guard.fault() instanceof PasswordAsked) {
    return new SessionFailure({ code: 'passwordInClear', data: {} });
  }
  if (code === 'HANDSHAKE_NO_SSL_SUPPORT') return new SessionFailure({ code: 'tlsNotOffered', data: {} });
  const isMethod = typeof code === 'string' && code.startsWith('AUTH_SWITCH');
  if (isMethod || (number !== undefined && signInNumbers.has(number))) {
    return new SessionFailure({ code: 'signInRefused', data: { user: settings.user, said } });
  }
  return number === undefined ? sessionFailure(error, line, 'MySQL', context) : new ServerError(number, said);
}

/** The number of an error that the server sent; undefined for any other. */
function errorNumber(error: unknown): number | undefined {
  if (error instanceof ServerError) return error.number;
  const isServers = error instanceof Error && 'errno' in error && 'sqlState' in error;
  return isServers && typeof error.errno === 'number' && error.errno >= 1000 ? error.errno : undefined;
}
