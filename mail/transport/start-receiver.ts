import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { RateBook } from './rate-book.ts';

/** A mail that came in, before it is read. */
export interface ReceivedMail {
  /** '' for nobody (RFC 5321, 4.5.5). */
  readonly from: string;
  /** Those who are known here. */
  readonly to: readonly string[];
  readonly raw: Uint8Array;
  readonly remoteAddress: string;
}

export interface ReceiverParts {
  /** `lmtp`: a mail server of the house hands over, and hears of each recipient by itself (RFC 2033). */
  readonly protocol: 'smtp' | 'lmtp';
  readonly host: string;
  readonly port: number;
  /** The name it goes by. */
  readonly name: string;
  /** PEM; null speaks in clear, which is for loopback and a house's own network. */
  readonly certificate: { readonly cert: string; readonly key: string } | null;
  readonly mostBytes: number;
  readonly mostClients: number;
  readonly mailsPerMinuteOfAddress: number;
  readonly knowsRecipient: (address: string) => Promise<boolean>;
  /** Takes a mail in for good and returns only then: the sender forgets it afterwards. When it throws, the sender tries again. */
  readonly take: (mail: ReceivedMail) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly now: () => Date;
}

export interface Receiver extends AsyncDisposable {
  readonly port: number;
}

const mostRecipients = 100;
const silenceTimeoutMs = 60_000;
const closeTimeoutMs = 5_000;

/** Listens for mail. It relays nothing: mail for anybody who is not known here is refused at once. */
export async function startReceiver(parts: ReceiverParts): Promise<Receiver> {
  const rates = new RateBook(parts.mailsPerMinuteOfAddress, 60_000);
  const server = new SMTPServer({
    name: parts.name,
    banner: '',
    lmtp: parts.protocol === 'lmtp',
    size: parts.mostBytes,
    rejectOversized: true,
    authOptional: true,
    disabledCommands: parts.certificate === null ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...parts.certificate,
    disableReverseLookup: true,
    maxClients: parts.mostClients,
    socketTimeout: silenceTimeoutMs,
    closeTimeout: closeTimeoutMs,
    logger: false,
    onMailFrom(_address, session, reply) {
      const isMany = !rates.allows(session.remoteAddress, parts.now().getTime());
      reply(isMany ? answer(450, '4.7.0 Too many mails from this address, try again later') : null);
    },
    onRcptTo({ address }, session, reply) {
      if (session.envelope.rcptTo.length >= mostRecipients) return reply(answer(452, '4.5.3 Too many recipients'));
      parts.knowsRecipient(address).then(
        (isKnown) => reply(isKnown ? null : answer(550, '5.1.1 Nobody of that name takes mail here')),
        (error: unknown) => {
          parts.onError(error);
          reply(answer(451, '4.3.0 Try again later'));
        },
      );
      return undefined;
    },
    onData(stream, session, reply) {
      void receive(stream, session, parts).then((fault) => {
        if (fault !== null) reply(fault);
        // One answer for each recipient is what LMTP asks; they are all the same here.
        else if (parts.protocol === 'lmtp')
          reply(
            null,
            session.envelope.rcptTo.map(() => '2.6.0 Taken'),
          );
        else reply(null, '2.6.0 Taken');
      });
    },
  });
  server.on('error', (error: Error) => parts.onError(error));
  const listening = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(parts.port, parts.host, () => resolve(portOf(server.server.address())));
  });
  return {
    port: listening,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession,
  parts: ReceiverParts,
): Promise<Error | null> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of stream) {
      if (!Buffer.isBuffer(piece)) continue;
      length += piece.length;
      // Read to its end, or the other side could not hear the answer; but not kept.
      if (length <= parts.mostBytes) pieces.push(piece);
    }
    if (stream.sizeExceeded || length > parts.mostBytes)
      return answer(552, '5.3.4 The mail is larger than this server takes');
    const { mailFrom, rcptTo } = session.envelope;
    const raw = Buffer.concat([trace(session, parts), ...pieces]);
    await parts.take({
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map(({ address }) => address),
      raw,
      remoteAddress: session.remoteAddress,
    });
    return null;
  } catch (error) {
    parts.onError(error);
    return answer(451, '4.3.0 Try again later');
  }
}

/** The line that each server adds (RFC 5321, 4.4), so that a mail's way can be seen. */
function trace(session: SMTPServerSession, parts: ReceiverParts): Buffer {
  const said = (session.hostNameAppearsAs || 'unknown').replaceAll(/[^\w.:[\]-]/gu, '').slice(0, 200);
  const by = `${parts.protocol === 'lmtp' ? 'LMTP' : 'ESMTP'}${session.secure ? 'S' : ''}`;
  const date = parts.now().toUTCString().replace('GMT', '+0000');
  return Buffer.from(
    `Received: from ${said} ([${session.remoteAddress}])\r\n\tby ${parts.name} with ${by};\r\n\t${date}\r\n`,
  );
}

function answer(code: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: code });
}

function portOf(address: AddressInfo | string | null): number {
  return address === null || typeof address === 'string' ? 0 : address.port;
}
