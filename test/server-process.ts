import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '#ssh/testing/loopback-sshd.ts';
import { compileCache } from './compile-cache.ts';

/** Vigie as a process of its own on a database that several may share; for tests that kill one. */
export interface ServerProcess extends AsyncDisposable {
  readonly url: string;
  /** The first administrator's one-time token, when it was offered. */
  readonly welcomeToken: string;
  /** As `kill -9` does. */
  readonly kill: () => Promise<void>;
  /** Reads no more what it says, as a pipe's reader that ends first. */
  readonly stopReading: () => void;
  /** Asks it to stop; gives its exit code, null when a signal ended it. */
  readonly stop: () => Promise<number | null>;
}

/** Starts one and waits until it is ready. */
export async function startServerProcess(
  databaseUrl: string,
  dataFolder: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [fileURLToPath(new URL('../server/main.ts', import.meta.url)), 'start'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      LANG: 'C.UTF-8',
      NODE_COMPILE_CACHE: compileCache,
      // An address by socket has no host, which the settings do not take; the query's host wins over the name.
      VIGIE_DATABASE_URL: databaseUrl.replace('@/', '@localhost/'),
      VIGIE_DATA: dataFolder,
      VIGIE_LISTEN: `127.0.0.1:${port}`,
      VIGIE_LOG: 'error',
      ...environment,
    },
  });
  const ended = once(child, 'exit');
  let said = '';
  const ready = Promise.withResolvers<void>();
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    if (said.includes('Press Ctrl-C to stop')) ready.resolve();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  void ended.then(() => ready.reject(new Error(`Vigie ended before it was ready. It said:\n${said}`)));
  ready.promise.catch(() => undefined);
  await ready.promise;
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    welcomeToken: /welcome\?token=(?<token>\S+)/u.exec(said)?.groups?.['token'] ?? '',
    kill,
    stopReading() {
      child.stdout.destroy();
      child.stderr.destroy();
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
      return child.exitCode;
    },
    [Symbol.asyncDispose]: kill,
  };
}
