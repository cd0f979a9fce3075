import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client as Postgres } from 'pg';
import { createClient, type Client } from '#contract/client.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const address = '127.0.0.1:7790';

/** A Vigie of a measurement, started as an operator starts it, in the network of the measurement. */
export interface BenchVigie extends AsyncDisposable {
  readonly url: string;
  readonly alice: Client;
  readonly token: string;
  pid(): number;
  /** Its database, for what would take too long through the API: a thousand hosts. */
  query(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  start(): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Starts one on an empty data folder. `words` are options of node itself, such as those of its profiler. */
export async function startBenchVigie(words: readonly string[] = []): Promise<BenchVigie> {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-bench-'));
  let child: ChildProcess | undefined;
  let terminal = '';
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  const start = async (): Promise<void> => {
    const next = spawn(
      process.execPath,
      ['--single-threaded-gc', '--max-semi-space-size=8', ...words, path.join(root, 'server/main.ts'), 'start'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          PATH: process.env['PATH'],
          HOME: process.env['HOME'],
          LANG: 'C.UTF-8',
          NODE_COMPILE_CACHE: path.join(root, '.cache/node'),
          VIGIE_DATA: dataFolder,
          VIGIE_LISTEN: address,
        },
      },
    );
    child = next;
    terminal = '';
    await new Promise<void>((resolve, reject) => {
      next.once('exit', () => reject(new Error(`Vigie ended. It said:\n${terminal}`)));
      next.stdout.on('data', (chunk: Buffer) => {
        terminal += chunk.toString();
        if (terminal.includes('Ctrl-C')) resolve();
      });
    });
  };
  await start();
  const url = `http://${address}`;
  const welcome = /\/welcome\?token=(\S+)/u.exec(terminal)?.[1] ?? '';
  const { token } = await createClient({ url, token: () => undefined }).people.welcome.accept({
    token: welcome,
    name: 'Alice Martin',
    mail: 'alice@vigie.test',
    password: 'correct horse battery',
    language: 'en',
  });
  const postgres = new Postgres({
    host: await socketFolder(dataFolder),
    user: 'vigie',
    database: 'vigie',
  });
  await postgres.connect();
  postgres.on('error', () => undefined);
  return {
    url,
    alice: createClient({ url, token: () => token }),
    token,
    pid: () => child?.pid ?? 0,
    query: async (text, values = []) => (await postgres.query<Record<string, unknown>>(text, [...values])).rows,
    start,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    async [Symbol.asyncDispose]() {
      await postgres.end().catch(() => undefined);
      await ended('SIGTERM');
      await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Where the embedded database's socket lies: the fifth line of its pid file. */
async function socketFolder(dataFolder: string): Promise<string> {
  const cluster = path.join(dataFolder, 'postgresql');
  const line = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[4] ?? '';
  return path.resolve(cluster, line);
}
