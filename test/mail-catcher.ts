import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { portOf } from './free-port.ts';

/** A mail as it arrived. */
export interface CaughtMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly mail: Promise<Email>;
}

/** A real SMTP server that keeps what it is sent: the world outside, for tests. */
export interface MailCatcher extends AsyncDisposable {
  readonly port: number;
  readonly caught: readonly CaughtMail[];
  /** What it does with the next mails: takes them, or answers with a code. */
  behaviour: { readonly answer: 'take' } | { readonly answer: 'refuse'; readonly code: number; readonly words: string };
  /** How many mails were offered to it, refused ones too. */
  readonly offered: () => number;
}

export async function startMailCatcher({
  port = 0,
  user,
}: { port?: number; user?: { name: string; password: string } } = {}): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  let offered = 0;
  const catcher: { behaviour: MailCatcher['behaviour'] } = { behaviour: { answer: 'take' } };
  const server = new SMTPServer({
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS', ...(user === undefined ? ['AUTH' as const] : [])],
    onAuth(auth, _session, callback) {
      if (auth.username === user?.name && auth.password === user?.password) callback(null, { user: auth.username });
      else callback(new Error('Invalid username or password'));
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        offered += 1;
        const { behaviour } = catcher;
        if (behaviour.answer === 'refuse')
          return callback(Object.assign(new Error(behaviour.words), { responseCode: behaviour.code }));
        const { mailFrom, rcptTo } = session.envelope;
        caught.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          mail: PostalMime.parse(Buffer.concat(parts)),
        });
        return callback(null);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return Object.assign(catcher, {
    port: portOf(server.server.address()),
    caught,
    offered: () => offered,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
