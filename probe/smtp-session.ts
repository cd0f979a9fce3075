import type { CheckContext } from './check-kind.ts';
import { MailConnection, quoted, type MailEndpoint } from './mail-connection.ts';
import { MailFailure } from './mail-reasons.ts';
import { chooseSasl, saslAnswer, type Credential, type SaslMethod } from './sasl.ts';

/** An answer of an SMTP server (RFC 5321, 4.2). */
export interface SmtpReply {
  readonly code: number;
  /** The text of each line, without code. */
  readonly lines: readonly string[];
}

/** Where an SMTP server is and how one introduces oneself. */
export interface SmtpEndpoint extends MailEndpoint {
  /** The name told in EHLO; empty tells the own address, as RFC 5321 4.1.3 provides for. */
  readonly heloName: string;
}

// A reply of more lines is no reply to a check.
const mostLines = 100;

/** A conversation with an SMTP server that has introduced itself; disposing hangs up. */
export class SmtpSession implements Disposable {
  readonly connection: MailConnection;
  readonly #heloName: string;
  readonly #context: CheckContext;
  #banner = '';
  #extensions: ReadonlyMap<string, string> = new Map();
  bannerMs = 0;

  private constructor(connection: MailConnection, heloName: string, context: CheckContext) {
    this.connection = connection;
    this.#heloName = heloName;
    this.#context = context;
  }

  /** Connects, reads the banner, says EHLO and protects the line. Throws what `mailReason` reads. */
  static async open(
    server: string,
    endpoint: SmtpEndpoint,
    deadlineMs: number,
    context: CheckContext,
  ): Promise<SmtpSession> {
    const connection = await MailConnection.open(server, endpoint, deadlineMs, context);
    const session = new SmtpSession(connection, endpoint.heloName, context);
    try {
      await session.#begin(endpoint.security === 'starttls');
      return session;
    } catch (error) {
      session[Symbol.dispose]();
      throw error;
    }
  }

  get banner(): string {
    return this.#banner;
  }

  /** What the server offers, by keyword in capitals, with its parameters. */
  get extensions(): ReadonlyMap<string, string> {
    return this.#extensions;
  }

  /** Says one line and reads the whole reply. */
  async command(line: string, step: string): Promise<SmtpReply> {
    this.connection.talk.send(`${line}\r\n`);
    return this.#reply(step);
  }

  /** Signs in. Throws what `mailReason` reads. */
  async signIn(credential: Credential, wanted: SaslMethod | 'auto'): Promise<SaslMethod> {
    const offered = this.#extensions.get('AUTH') ?? '';
    const method = chooseSasl(offered.split(' '), wanted, this.connection.session !== undefined);
    if (method === undefined)
      throw new MailFailure({ code: 'signInMethodMissing', data: { offered: quoted(offered) || '–' } });
    const first = method === 'PLAIN' ? ` ${saslAnswer(method, credential, '', 0) ?? ''}` : '';
    let reply = await this.command(`AUTH ${method}${first}`, 'AUTH');
    for (let round = 0; reply.code === 334; round += 1) {
      const answer = first === '' ? saslAnswer(method, credential, reply.lines[0] ?? '', round) : undefined;
      // An asterisk gives up (RFC 4954, 4).
      reply = await this.command(answer ?? '*', 'AUTH');
      if (answer === undefined) break;
    }
    if (reply.code === 235) return method;
    const said = saidBy(reply);
    throw reply.code >= 400 && reply.code < 500
      ? new MailFailure({ code: 'signInFailed', data: { said } })
      : new MailFailure({ code: 'signInRefused', data: { user: credential.user, said } });
  }

  /** Sends a message to one recipient; the text must have its lines ended with CR LF. Throws what `mailReason` reads. */
  async deliver(from: string, to: string, message: string): Promise<string> {
    await this.#must(`MAIL FROM:<${from}>`, 'MAIL FROM', 2);
    await this.#must(`RCPT TO:<${to}>`, 'RCPT TO', 2);
    await this.#must('DATA', 'DATA', 3);
    // A line that begins with a dot would end the message (RFC 5321, 4.5.2).
    this.connection.talk.send(`${message.replaceAll(/^\./gmu, '..')}\r\n.\r\n`);
    const reply = await this.#reply('DATA');
    if (Math.floor(reply.code / 100) !== 2) {
      throw new MailFailure({ code: 'commandRefused', data: { step: 'DATA', said: saidBy(reply) } });
    }
    return saidBy(reply);
  }

  /** Says good-bye without waiting for the answer. */
  quit(): void {
    this.connection.talk.send('QUIT\r\n');
  }

  [Symbol.dispose](): void {
    this.connection[Symbol.dispose]();
  }

  async #begin(protect: boolean): Promise<void> {
    const startedMs = this.#context.clock.nowMs();
    const banner = await this.#reply('banner');
    this.bannerMs = this.#context.clock.nowMs() - startedMs;
    this.#banner = banner.lines.join(' ');
    if (banner.code !== 220) throw new MailFailure({ code: 'turnedAway', data: { said: saidBy(banner) } });
    await this.#introduce();
    if (!protect) return;
    if (!this.#extensions.has('STARTTLS')) throw new MailFailure({ code: 'startTlsMissing', data: {} });
    const reply = await this.command('STARTTLS', 'STARTTLS');
    if (reply.code !== 220) throw new MailFailure({ code: 'startTlsRefused', data: { said: saidBy(reply) } });
    await this.connection.protect();
    // What was offered in the clear is forgotten (RFC 3207, 4.2).
    await this.#introduce();
  }

  async #introduce(): Promise<void> {
    const reply = await this.#must(`EHLO ${this.#heloName || this.connection.ownLiteral}`, 'EHLO', 2);
    this.#extensions = new Map(
      reply.lines.slice(1).map((line) => {
        // Some old servers still write AUTH=LOGIN.
        const [, word = '', rest = ''] = /^([A-Za-z0-9-]+)[ =]?(.*)$/u.exec(line) ?? [];
        return [word.toUpperCase(), rest.trim()];
      }),
    );
  }

  async #must(line: string, step: string, hundred: number): Promise<SmtpReply> {
    const reply = await this.command(line, step);
    if (Math.floor(reply.code / 100) === hundred) return reply;
    throw new MailFailure({ code: 'commandRefused', data: { step, said: saidBy(reply) } });
  }

  async #reply(step: string): Promise<SmtpReply> {
    const lines: string[] = [];
    while (lines.length < mostLines) {
      const line = await this.connection.talk.line(step);
      const [, code, more, text = ''] = /^(\d{3})(?:([ -])(.*))?$/u.exec(line) ?? [];
      if (code === undefined)
        throw new MailFailure({ code: 'notSpoken', data: { protocol: 'SMTP', said: quoted(line) } });
      lines.push(text);
      if (more !== '-') return { code: Number(code), lines };
    }
    throw new MailFailure({ code: 'notSpoken', data: { protocol: 'SMTP', said: quoted(lines[0] ?? '') } });
  }
}

function saidBy({ code, lines }: SmtpReply): string {
  return quoted(`${code} ${lines.join(' ')}`);
}
