import { createServer, type IncomingHttpHeaders } from 'node:http';

/** A request as it arrived. */
export interface AskedOfService {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}
/** What it answers with. */
export interface ServiceAnswers {
  readonly status: number;
  readonly json?: unknown;
  readonly text?: string;
  readonly headers?: Record<string, string>;
}

/** What the services answer by HTTP, as their documents say; each test gives its own answers in turn. */
export async function fakeService(answers: readonly ServiceAnswers[]) {
  const asked: AskedOfService[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const text = Buffer.concat(parts).toString('utf8');
      const isJson = request.headers['content-type']?.startsWith('application/json') === true;
      const { method = '', url: path = '', headers } = request;
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push({ method, path, headers, body: isJson && text !== '' ? JSON.parse(text) : text });
      response.writeHead(answer?.status ?? 500, { 'content-type': 'application/json', ...answer?.headers });
      response.end(answer?.json === undefined ? (answer?.text ?? '') : JSON.stringify(answer.json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
