import { createServer } from 'node:http';
import { portOf } from '../test/free-port.ts';

/** A web server that notices are sent to. */
export interface NoticeReceiver extends AsyncDisposable {
  readonly url: string;
  /** When a notice that names this arrived, by `performance.now()`. @throws Error when none does in time. */
  heard(name: string, withinMs: number): Promise<number>;
}

/** Starts one. */
export async function startNoticeReceiver(): Promise<NoticeReceiver> {
  const notices: { readonly text: string; readonly atMs: number }[] = [];
  const server = createServer((request, response) => {
    const atMs = performance.now();
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      notices.push({ text: Buffer.concat(parts).toString('utf8'), atMs });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${portOf(server.address())}/notices`,
    async heard(name, withinMs) {
      // `host-1` is not meant by `host-12`.
      const named = new RegExp(`${name}(?!\\d)`, 'u');
      for (const untilMs = performance.now() + withinMs; performance.now() < untilMs;) {
        const found = notices.find(({ text }) => named.test(text));
        if (found !== undefined) return found.atMs;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`No notice of ${name}; those that came: ${notices.map(({ text }) => text).join('\n')}`);
    },
    [Symbol.asyncDispose]() {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
