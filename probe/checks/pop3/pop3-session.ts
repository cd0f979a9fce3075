import { quoted, type MailConnection } from '#probe/mail-connection.ts';
import { MailFailure } from '#probe/mail-reasons.ts';
import { chooseSasl, saslAnswer, type Credential } from '#probe/sasl.ts';

interface Reply {
  readonly good: boolean;
  readonly said: string;
}

// A list of capabilities has a dozen lines.
const mostLines = 200;

/** A conversation by POP3 (RFC 1939) over a connection that its owner closes. */
export class Pop3Session {
  readonly #connection: MailConnection;
  #capabilities: readonly string[] = [];
  #greeting = '';

  private constructor(connection: MailConnection) {
    this.#connection = connection;
  }

  /** Reads the greeting and protects the line. Throws what `mailReason` reads. */
  static async begin(connection: MailConnection, protect: boolean): Promise<Pop3Session> {
    const session = new Pop3Session(connection);
    const { good, said } = await session.#reply('greeting');
    if (!good) throw new MailFailure({ code: 'turnedAway', data: { said } });
    session.#greeting = said;
    await session.#askCapabilities();
    if (!protect) return session;
    if (!session.#capabilities.includes('STLS')) throw new MailFailure({ code: 'startTlsMissing', data: {} });
    const answer = await session.#command('STLS', 'STLS');
    if (!answer.good) throw new MailFailure({ code: 'startTlsRefused', data: { said: answer.said } });
    await connection.protect();
    await session.#askCapabilities();
    return session;
  }

  get greeting(): string {
    return this.#greeting;
  }

  /** In capitals, with their parameters. */
  get capabilities(): readonly string[] {
    return this.#capabilities;
  }

  /** Signs in: by SASL where offered (RFC 5034), else by USER and PASS. Throws what `mailReason` reads. */
  async signIn(credential: Credential): Promise<void> {
    const offered =
      this.#capabilities
        .find((each) => each.startsWith('SASL '))
        ?.split(' ')
        .slice(1) ?? [];
    const method = chooseSasl(offered, 'auto', this.#connection.session !== undefined);
    let reply = await this.#command(method === undefined ? `USER ${credential.user}` : `AUTH ${method}`, 'AUTH');
    if (method === undefined) {
      if (reply.good) reply = await this.#command(`PASS ${credential.password}`, 'PASS');
    } else {
      for (let round = 0; reply.said.startsWith('+'); round += 1) {
        const answer = saslAnswer(method, credential, reply.said.slice(1).trim(), round);
        reply = await this.#command(answer ?? '*', 'AUTH');
        if (answer === undefined) break;
      }
    }
    if (reply.good) return;
    // RFC 3206 and RFC 2449: trouble of the server's own, or the mailbox is open elsewhere.
    throw /\[(?:SYS\/|IN-USE|LOGIN-DELAY)/iu.test(reply.said)
      ? new MailFailure({ code: 'signInFailed', data: { said: reply.said } })
      : new MailFailure({ code: 'signInRefused', data: { user: credential.user, said: reply.said } });
  }

  /** How much waits: messages and bytes. */
  async count(): Promise<{ messages: number; bytes: number }> {
    const { good, said } = await this.#command('STAT', 'STAT');
    const [, messages, bytes] = /^(\d{1,15}) (\d{1,15})/u.exec(said) ?? [];
    if (!good || messages === undefined)
      throw new MailFailure({ code: 'commandRefused', data: { step: 'STAT', said } });
    return { messages: Number(messages), bytes: Number(bytes) };
  }

  /** Says good-bye without waiting for the answer; nothing was marked, so nothing is deleted. */
  quit(): void {
    this.#connection.talk.send('QUIT\r\n');
  }

  async #askCapabilities(): Promise<void> {
    const { good } = await this.#command('CAPA', 'CAPA');
    const lines: string[] = [];
    // Servers older than RFC 2449 know no CAPA.
    for (let line = good ? await this.#connection.talk.line('CAPA') : '.'; line !== '.';) {
      lines.push(line.toUpperCase());
      if (lines.length > mostLines)
        throw new MailFailure({ code: 'notSpoken', data: { protocol: 'POP3', said: 'CAPA' } });
      line = await this.#connection.talk.line('CAPA');
    }
    this.#capabilities = lines;
  }

  async #command(line: string, step: string): Promise<Reply> {
    this.#connection.talk.send(`${line}\r\n`);
    return this.#reply(step);
  }

  /** A challenge comes back as not good, with its plus sign. */
  async #reply(step: string): Promise<Reply> {
    const line = await this.#connection.talk.line(step);
    const [, sign, text = ''] = /^(\+OK|-ERR)\b ?(.*)$/u.exec(line) ?? [];
    if (sign !== undefined) return { good: sign === '+OK', said: quoted(text) };
    if (step === 'AUTH' && line.startsWith('+')) return { good: false, said: line };
    throw new MailFailure({ code: 'notSpoken', data: { protocol: 'POP3', said: quoted(line) } });
  }
}
