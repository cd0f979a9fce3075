import type { CheckContext } from './check-kind.ts';
import { MailConnection, quoted, type MailEndpoint } from './mail-connection.ts';
import { MailFailure } from './mail-reasons.ts';
import { chooseSasl, saslAnswer, type Credential } from './sasl.ts';

/** One response: its text, in which `{}` stands for each literal, and the literals. */
export interface ImapResponse {
  readonly text: string;
  readonly literals: readonly Buffer[];
}

/** The answer to a command: what was told on the way, and how it ended. */
export interface ImapAnswer {
  readonly status: 'OK' | 'NO' | 'BAD';
  readonly said: string;
  readonly untagged: readonly ImapResponse[];
}

// A command of a check is answered by a handful of lines; a SEARCH by one.
const mostResponses = 10_000;
const tag = 'V1';

/** A conversation with an IMAP server (RFC 9051, RFC 3501); one command at a time. Disposing hangs up. */
export class ImapSession implements Disposable {
  readonly connection: MailConnection;
  readonly #context: CheckContext;
  #greeting = '';
  #capabilities: ReadonlySet<string> = new Set();
  bannerMs = 0;

  private constructor(connection: MailConnection, context: CheckContext) {
    this.connection = connection;
    this.#context = context;
  }

  /** Connects, reads the greeting, protects the line and asks for capabilities. Throws what `mailReason` reads. */
  static async open(
    server: string,
    endpoint: MailEndpoint,
    deadlineMs: number,
    context: CheckContext,
  ): Promise<ImapSession> {
    const connection = await MailConnection.open(server, endpoint, deadlineMs, context);
    const session = new ImapSession(connection, context);
    try {
      await session.#begin(endpoint.security === 'starttls');
      return session;
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
  }

  get greeting(): string {
    return this.#greeting;
  }

  /** In capitals. */
  get capabilities(): ReadonlySet<string> {
    return this.#capabilities;
  }

  /** Says one command and reads until it is answered. */
  async command(line: string, step: string): Promise<ImapAnswer> {
    this.connection.talk.send(`${tag} ${line}\r\n`);
    return this.#answer(step);
  }

  /** The same, for a command that has to succeed. Throws what `mailReason` reads. */
  async must(line: string, step: string): Promise<readonly ImapResponse[]> {
    const { status, said, untagged } = await this.command(line, step);
    if (status !== 'OK') throw new MailFailure({ code: 'commandRefused', data: { step, said } });
    return untagged;
  }

  /** Signs in, by SASL where the server offers a method, else by LOGIN. Throws what `mailReason` reads. */
  async signIn(credential: Credential): Promise<void> {
    const offered = [...this.#capabilities].filter((each) => each.startsWith('AUTH=')).map((each) => each.slice(5));
    const method = chooseSasl(offered, 'auto', this.connection.session !== undefined);
    const withLogin = !this.#capabilities.has('LOGINDISABLED');
    if (method === undefined && !withLogin) {
      throw new MailFailure({ code: 'signInMethodMissing', data: { offered: quoted(offered.join(' ')) || '–' } });
    }
    const line =
      method === undefined
        ? `LOGIN ${imapQuoted(credential.user)} ${imapQuoted(credential.password)}`
        : `AUTHENTICATE ${method}`;
    this.connection.talk.send(`${tag} ${line}\r\n`);
    const answer = await this.#answer('AUTHENTICATE', (challenge, round) =>
      method === undefined ? undefined : saslAnswer(method, credential, challenge, round),
    );
    if (answer.status !== 'OK') {
      // RFC 5530: the server's own trouble, not the account's.
      throw /\[(?:UNAVAILABLE|INUSE|SERVERBUG)\]/iu.test(answer.said)
        ? new MailFailure({ code: 'signInFailed', data: { said: answer.said } })
        : new MailFailure({ code: 'signInRefused', data: { user: credential.user, said: answer.said } });
    }
    await this.#askCapabilities();
  }

  /** Waits for news of the open folder by IDLE (RFC 2177), at most until a moment of the context's clock. */
  async idleUntil(momentMs: number): Promise<void> {
    const { talk } = this.connection;
    talk.send(`${tag} IDLE\r\n`);
    let line = await talk.line('IDLE');
    while (!line.startsWith('+') && !line.startsWith(`${tag} `)) line = await talk.line('IDLE');
    if (line.startsWith(`${tag} `)) return;
    let news = await talk.lineBefore(momentMs, 'IDLE');
    while (news !== undefined && !/^\* \d+ EXISTS/iu.test(news)) news = await talk.lineBefore(momentMs, 'IDLE');
    talk.send('DONE\r\n');
    await this.#answer('IDLE');
  }

  /** Says good-bye without waiting for the answer. */
  logOut(): void {
    this.connection.talk.send(`${tag} LOGOUT\r\n`);
  }

  [Symbol.dispose](): void {
    this.connection[Symbol.dispose]();
  }

  async #begin(protect: boolean): Promise<void> {
    const startedMs = this.#context.clock.nowMs();
    const line = await this.connection.talk.line('greeting');
    this.bannerMs = this.#context.clock.nowMs() - startedMs;
    const [, word, text = ''] = /^\* (OK|PREAUTH|BYE)\b(.*)$/iu.exec(line) ?? [];
    if (word === undefined)
      throw new MailFailure({ code: 'notSpoken', data: { protocol: 'IMAP', said: quoted(line) } });
    if (word.toUpperCase() === 'BYE') throw new MailFailure({ code: 'turnedAway', data: { said: quoted(text) } });
    this.#greeting = text.trim();
    await this.#askCapabilities();
    if (!protect) return;
    if (!this.#capabilities.has('STARTTLS')) throw new MailFailure({ code: 'startTlsMissing', data: {} });
    const { status, said } = await this.command('STARTTLS', 'STARTTLS');
    if (status !== 'OK') throw new MailFailure({ code: 'startTlsRefused', data: { said } });
    await this.connection.protect();
    await this.#askCapabilities();
  }

  async #askCapabilities(): Promise<void> {
    const untagged = await this.must('CAPABILITY', 'CAPABILITY');
    const told = untagged.find(({ text }) => /^CAPABILITY /iu.test(text))?.text ?? '';
    this.#capabilities = new Set(told.toUpperCase().split(' ').slice(1));
  }

  /** Reads until the tagged line; a challenge is answered by `reply`, or given up with an asterisk. */
  async #answer(
    step: string,
    reply: (challenge: string, round: number) => string | undefined = () => undefined,
  ): Promise<ImapAnswer> {
    const untagged: ImapResponse[] = [];
    let rounds = 0;
    while (untagged.length < mostResponses) {
      const { text, literals } = await this.#response(step);
      const ended = /^V1 (OK|NO|BAD)\b(.*)$/iu.exec(text);
      if (ended !== null) return { status: statusOf(ended[1]), said: quoted(ended[2] ?? ''), untagged };
      if (text.startsWith('+')) {
        this.connection.talk.send(`${reply(text.slice(1).trim(), rounds) ?? '*'}\r\n`);
        rounds += 1;
        if (rounds > 10) break;
      } else if (text.startsWith('* ')) {
        untagged.push({ text: text.slice(2), literals });
      } else {
        throw new MailFailure({ code: 'notSpoken', data: { protocol: 'IMAP', said: quoted(text) } });
      }
    }
    throw new MailFailure({ code: 'notSpoken', data: { protocol: 'IMAP', said: step } });
  }

  async #response(step: string): Promise<ImapResponse> {
    const literals: Buffer[] = [];
    let text = await this.connection.talk.line(step);
    for (let size = literalSize(text); size !== undefined; size = literalSize(text)) {
      literals.push(await this.connection.talk.bytes(size, step));
      text = `${text.replace(/\{\d+\}$/u, '{}')}${await this.connection.talk.line(step)}`;
    }
    return { text, literals };
  }
}

function literalSize(text: string): number | undefined {
  const size = /\{(\d{1,10})\}$/u.exec(text)?.[1];
  return size === undefined ? undefined : Number(size);
}

function statusOf(word: string | undefined): 'OK' | 'NO' | 'BAD' {
  const status = word?.toUpperCase();
  return status === 'OK' || status === 'NO' ? status : 'BAD';
}

/** A text as IMAP quotes it. It must not hold line ends. */
export function imapQuoted(text: string): string {
  return `"${text.replaceAll(/[\\"]/gu, String.raw`\$&`)}"`;
}

/** A folder's name as RFC 3501 5.1.3 writes it (modified UTF-7), quoted. */
export function imapFolder(name: string): string {
  const encoded = name.replaceAll('&', '&-').replaceAll(/[^\x20-\x7e]+/gu, (run) => {
    const bytes = Buffer.from(run, 'utf16le').swap16();
    return `&${bytes.toString('base64').replaceAll('=', '').replaceAll('/', ',')}-`;
  });
  return imapQuoted(encoded);
}
