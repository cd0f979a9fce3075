import { ImapFlow } from 'imapflow';

/** A mailbox to be read by IMAP, with what opens it in the clear: kept in memory only. */
export interface ImapAccess {
  readonly host: string;
  readonly port: number;
  readonly security: 'starttls' | 'tls';
  /** The name to ask the certificate for, when `host` is an address. */
  readonly serverName: string | null;
  readonly user: string;
  readonly signIn:
    | { readonly by: 'password'; readonly password: string }
    | { readonly by: 'token'; readonly accessToken: string };
  /** Certificate of a private authority, PEM; empty: those the system trusts. */
  readonly caPem: string;
  /** The folder that is read: "INBOX". */
  readonly folder: string;
  /** Where messages go when they are taken in; null leaves them where they are, marked as read. */
  readonly doneFolder: string | null;
}

const connectTimeoutMs = 15_000;
/** IDLE is renewed by the library before this. */
const silenceTimeoutMs = 10 * 60_000;

/** Opens a connection; whoever opens it ends it. */
export async function openImap(access: ImapAccess, mostMessageBytes: number): Promise<ImapFlow> {
  const client = new ImapFlow({
    host: access.host,
    port: access.port,
    secure: access.security === 'tls',
    ...(access.security === 'starttls' ? { doSTARTTLS: true } : {}),
    ...(access.serverName === null ? {} : { servername: access.serverName }),
    tls: access.caPem === '' ? {} : { ca: access.caPem },
    auth:
      access.signIn.by === 'password'
        ? { user: access.user, pass: access.signIn.password }
        : { user: access.user, accessToken: access.signIn.accessToken },
    logger: false,
    emitLogs: false,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    maxLiteralSize: mostMessageBytes + 1_000_000,
    maxResponseSize: mostMessageBytes + 2_000_000,
    disableCompression: true,
  });
  // A connection that breaks is told by what waits on it; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    throw error;
  }
  return client;
}

export type ImapTrouble = 'sign_in_refused' | 'folder_missing' | 'unreachable';

/** What a failed attempt was about. */
export function imapTrouble(error: unknown): { readonly trouble: ImapTrouble; readonly said: string } {
  const said =
    error instanceof Error
      ? textOf(error)
          .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
          .slice(0, 300)
      : '';
  if (error instanceof Error && 'authenticationFailed' in error && error.authenticationFailed === true)
    return { trouble: 'sign_in_refused', said };
  const isMissing =
    error instanceof Error && ('mailboxMissing' in error || /mailbox doesn't exist|nonexistent/iu.test(said));
  return { trouble: isMissing ? 'folder_missing' : 'unreachable', said };
}

function textOf(error: Error): string {
  return 'responseText' in error && typeof error.responseText === 'string' ? error.responseText : error.message;
}
