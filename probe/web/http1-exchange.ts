import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { CheckContext } from '../check-kind.ts';
import type { WebExchange, WebRequest } from './web-exchange.ts';
import { BoundedAnswer } from './bounded-answer.ts';
import { hostHeader } from './web-address.ts';

/** Sends the request over an open socket and reads the bounded answer (RFC 9112). Throws WebFailure. */
export async function exchangeByHttp1(
  socket: Socket,
  { address, method, headers, body, limitBytes }: WebRequest,
  timeoutMs: number,
  context: CheckContext,
): Promise<WebExchange> {
  const answer = new BoundedAnswer<IncomingMessage>(address, limitBytes, timeoutMs, context);
  const ask = request({
    createConnection: () => socket,
    method,
    path: address.path,
    setHost: false,
    headers: {
      host: hostHeader(address),
      'user-agent': 'Vigie',
      accept: '*/*',
      'accept-encoding': 'identity',
      ...(body === undefined ? {} : { 'content-length': body.length }),
      ...headers,
      connection: 'close',
    },
  });
  ask.on('error', answer.failBy);
  ask.on('response', (response) => {
    answer.begin(response);
    response.on('error', answer.failBy);
    response.on('data', (chunk: Buffer) => answer.take(chunk));
    response.on('end', () => answer.finish());
  });
  // A server that takes the connection for another protocol has said nothing to the request.
  ask.on('upgrade', () => answer.fail({ code: 'malformed', data: { code: 'upgrade' } }));
  ask.end(body);
  try {
    const { head, ...rest } = await answer.whole();
    return { status: head.statusCode ?? 0, statusText: head.statusMessage ?? '', headers: head.headers, ...rest };
  } finally {
    ask.destroy();
  }
}
