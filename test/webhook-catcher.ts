import { createServer, type IncomingHttpHeaders } from 'node:http';
import { portOf } from './free-port.ts';

/** A request as it arrived. */
export interface CaughtRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A real web server that keeps what it is sent: the world outside, for tests. */
export interface WebhookCatcher extends AsyncDisposable {
  readonly url: string;
  readonly caught: readonly CaughtRequest[];
  /** What it answers with. */
  status: number;
}

export async function startWebhookCatcher(): Promise<WebhookCatcher> {
  const caught: CaughtRequest[] = [];
  const catcher = { status: 204 };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'));
      caught.push({
        path: request.url ?? '',
        headers: request.headers,
        body: body !== null && typeof body === 'object' ? { ...body } : {},
      });
      const away = catcher.status >= 300 && catcher.status < 400 ? { location: 'http://127.0.0.1:1/elsewhere' } : {};
      response.writeHead(catcher.status, away).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(catcher, {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    caught,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  });
}
