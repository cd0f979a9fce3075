import type { Socket } from 'node:net';
import type { CheckContext } from '#probe/check-kind.ts';
import { Conversation } from '#probe/conversation.ts';
import { openConnection } from '#probe/open-connection.ts';
import type { TlsSettings } from './settings.ts';

/** Thrown when a server does not go over to TLS. */
export class StartTlsRefusal extends Error {
  readonly protocol: string;
  readonly answer: string;
  constructor(protocol: string, answer: string) {
    super('STARTTLS refused');
    this.protocol = protocol;
    this.answer = answer;
  }
}

/** A line on which TLS is the next to be spoken. */
export interface OpenLine {
  readonly socket: Socket;
  readonly connectMs: number;
}

type Protocol = TlsSettings['startTls'];

/**
 * Connects and, for protocols that begin in the clear, asks to go over to TLS. Throws ConnectionFailure,
 * ConversationFailure and {@link StartTlsRefusal}.
 */
export async function openLine(
  address: string,
  settings: TlsSettings,
  deadlineMs: number,
  context: CheckContext,
): Promise<OpenLine> {
  const { port, startTls: protocol } = settings;
  const opened = await openConnection(address, port, deadlineMs, context);
  if (protocol === 'no') return opened;
  const talk = new Conversation(opened.socket, { address: opened.address, port }, deadlineMs, context);
  try {
    await preludes[protocol](talk);
    return { socket: talk.release(), connectMs: opened.connectMs };
  } catch (error) {
    opened.socket.destroy();
    throw error;
  }
}

const preludes: Readonly<Record<Exclude<Protocol, 'no'>, (talk: Conversation) => Promise<void>>> = {
  // RFC 3207.
  async smtp(talk) {
    await coded(talk, 'SMTP', '220');
    talk.send('EHLO vigie.invalid\r\n');
    await coded(talk, 'SMTP', '250');
    talk.send('STARTTLS\r\n');
    await coded(talk, 'SMTP', '220');
  },
  // RFC 4217.
  async ftp(talk) {
    await coded(talk, 'FTP', '220');
    talk.send('AUTH TLS\r\n');
    await coded(talk, 'FTP', '234');
  },
  // RFC 9051.
  async imap(talk) {
    const greeting = await talk.line('greeting');
    if (!/^\* (?:OK|PREAUTH)/iu.test(greeting)) throw new StartTlsRefusal('IMAP', greeting);
    talk.send('a1 STARTTLS\r\n');
    for (let lines = 0; lines < mostLines; lines += 1) {
      const line = await talk.line('STARTTLS');
      if (line.startsWith('* ')) continue;
      if (/^a1 OK/iu.test(line)) return;
      throw new StartTlsRefusal('IMAP', line);
    }
    throw new StartTlsRefusal('IMAP', '');
  },
  // RFC 2595.
  async pop3(talk) {
    for (const say of ['', 'STLS\r\n']) {
      if (say !== '') talk.send(say);
      const line = await talk.line(say === '' ? 'greeting' : 'STLS');
      if (!line.startsWith('+OK')) throw new StartTlsRefusal('POP3', line);
    }
  },
  // RFC 4511, section 4.14: an extended request by its object identifier; result code 0 is success.
  async ldap(talk) {
    talk.send(Buffer.concat([Buffer.from('301d02010177188016', 'hex'), Buffer.from('1.3.6.1.4.1.1466.20037')]));
    const head = await talk.bytes(2, 'StartTLS');
    const length = head[1] ?? 0;
    if (head[0] !== 0x30 || length > 127) throw new StartTlsRefusal('LDAP', '');
    const answer = await talk.bytes(length, 'StartTLS');
    if (!answer.includes(Buffer.from([0x0a, 1, 0]))) throw new StartTlsRefusal('LDAP', '');
  },
  // PostgreSQL, message flow: SSLRequest, answered by one letter.
  async postgresql(talk) {
    talk.send(Buffer.from('0000000804d2162f', 'hex'));
    const [answer] = await talk.bytes(1, 'SSLRequest');
    if (answer !== 0x53) throw new StartTlsRefusal('PostgreSQL', String.fromCharCode(answer ?? 0));
  },
  // MySQL's protocol: the server greets with what it can do, the client answers with a short request.
  async mysql(talk) {
    const length = (await talk.bytes(4, 'greeting')).readUIntLE(0, 3);
    const greeting = await talk.bytes(Math.min(length, 4_096), 'greeting');
    // Behind the version's closing zero: a number, eight bytes of challenge and a filler, then the abilities.
    const at = greeting.indexOf(0, 1) + 1 + 4 + 8 + 1;
    const abilities = greeting[0] === 10 && at + 2 <= greeting.length ? greeting.readUInt16LE(at) : 0;
    if ((abilities & 0x0800) === 0) throw new StartTlsRefusal('MySQL', '');
    const request = Buffer.alloc(36);
    request.writeUIntLE(32, 0, 3);
    request[3] = 1;
    request.writeUInt32LE(0x00008a00, 4);
    request.writeUInt32LE(0x01000000, 8);
    request[12] = 33;
    talk.send(request);
  },
};

const mostLines = 100;

/** Reads an answer of one or more lines, which all begin with the code and, but for the last, a hyphen. */
async function coded(talk: Conversation, protocol: string, code: string): Promise<void> {
  for (let lines = 0; lines < mostLines; lines += 1) {
    const line = await talk.line(protocol);
    if (!line.startsWith(code)) throw new StartTlsRefusal(protocol, line);
    if (line[3] !== '-') return;
  }
  throw new StartTlsRefusal(protocol, '');
}
