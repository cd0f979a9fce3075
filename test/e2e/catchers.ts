import { createServer, type Server } from 'node:http';
import type { Server as SocketServer } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { openAtBranch, type LabVigie } from '../company.ts';

/** A mail server and a webhook's receiver at the branch office: they keep what they are given. */
export interface Catchers extends AsyncDisposable {
  readonly mailHost: string;
  readonly mailPort: number;
  readonly hookUrl: string;
  /** The mails so far, in the order in which they came. */
  mails(): Promise<CaughtMail[]>;
  /** The bodies of the webhook's calls, as JSON. */
  readonly hooks: readonly unknown[];
}

export interface CaughtMail {
  readonly to: readonly string[];
  readonly mail: Email;
}

interface RawMail {
  readonly to: readonly string[];
  readonly bytes: Buffer;
}

const branchHost = '10.77.8.10';
const mailPort = 25;
const hookPort = 8080;

export async function openCatchers({ lab }: LabVigie): Promise<Catchers> {
  await using ending = new AsyncDisposableStack();
  const mails: RawMail[] = [];
  const hooks: unknown[] = [];
  const mailServer = catchMails(mails);
  ending.defer(() => new Promise((resolve) => mailServer.close(() => resolve())));
  const hookServer = catchHooks(hooks);
  ending.defer(() => void hookServer.close());
  ending.use(await openAtBranch(lab, mailPort, await portOf(mailServer.listen(0, '127.0.0.1'))));
  ending.use(await openAtBranch(lab, hookPort, await portOf(hookServer.listen(0, '127.0.0.1'))));
  const kept = ending.move();
  return {
    mailHost: branchHost,
    mailPort,
    hookUrl: `http://${branchHost}:${hookPort}/vigie`,
    mails: () => Promise.all(mails.map(async ({ to, bytes }) => ({ to, mail: await PostalMime.parse(bytes) }))),
    hooks,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function catchMails(mails: RawMail[]): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        mails.push({ to: envelope.rcptTo.map(({ address }) => address), bytes: Buffer.concat(chunks) });
        done();
      });
    },
  });
}

function catchHooks(hooks: unknown[]): Server {
  return createServer((call, answer) => {
    const chunks: Buffer[] = [];
    call.on('data', (chunk: Buffer) => chunks.push(chunk));
    call.on('end', () => {
      hooks.push(JSON.parse(Buffer.concat(chunks).toString()));
      answer.writeHead(204).end();
    });
  });
}

async function portOf(server: SocketServer): Promise<number> {
  if (!server.listening) await new Promise<void>((resolve) => server.once('listening', () => resolve()));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The catcher has no port.');
  return address.port;
}
