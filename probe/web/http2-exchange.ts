import { connect, constants, type IncomingHttpHeaders, type IncomingHttpStatusHeader } from 'node:http2';
import type { Socket } from 'node:net';
import type { CheckContext } from '../check-kind.ts';
import type { WebExchange, WebRequest } from './web-exchange.ts';
import { BoundedAnswer } from './bounded-answer.ts';
import { hostHeader } from './web-address.ts';

type Head = IncomingHttpHeaders & IncomingHttpStatusHeader;

/** Sends the request as one HTTP/2 stream over an open socket and reads the bounded answer (RFC 9113). Throws WebFailure. */
export async function exchangeByHttp2(
  socket: Socket,
  { address, method, headers, body, limitBytes }: WebRequest,
  timeoutMs: number,
  context: CheckContext,
): Promise<WebExchange> {
  const answer = new BoundedAnswer<Head>(address, limitBytes, timeoutMs, context);
  const session = connect(`${address.scheme}://${hostHeader(address)}`, {
    createConnection: () => socket,
    settings: { enablePush: false },
    maxSettings: 32,
  });
  session.on('error', answer.failBy);
  session.on('close', () => answer.finish());
  const stream = session.request(
    {
      [constants.HTTP2_HEADER_METHOD]: method,
      [constants.HTTP2_HEADER_PATH]: address.path,
      [constants.HTTP2_HEADER_SCHEME]: address.scheme,
      [constants.HTTP2_HEADER_AUTHORITY]: hostHeader(address),
      'user-agent': 'Vigie',
      accept: '*/*',
      'accept-encoding': 'identity',
      ...withoutHop(headers),
    },
    { endStream: body === undefined },
  );
  stream.on('error', answer.failBy);
  stream.on('response', (head) => answer.begin(head));
  let trailers: IncomingHttpHeaders = {};
  stream.on('trailers', (behind: IncomingHttpHeaders) => (trailers = behind));
  stream.on('data', (chunk: Buffer) => answer.take(chunk));
  stream.on('end', () => answer.finish());
  if (body !== undefined) stream.end(body);
  try {
    const { head, ...rest } = await answer.whole();
    return { status: head[':status'] ?? 0, statusText: '', headers: head, trailers, ...rest };
  } finally {
    stream.on('error', ignore);
    session.on('error', ignore);
    session.destroy();
  }
}

function ignore(): void {}

const hopHeaders = new Set(['host', 'connection', 'upgrade', 'keep-alive', 'proxy-connection', 'transfer-encoding']);

// HTTP/2 forbids the headers that speak of the connection.
function withoutHop(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !hopHeaders.has(name)));
}
