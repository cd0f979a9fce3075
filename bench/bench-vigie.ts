import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client as Postgres } from 'pg';
import { createClient, type Client } from '#contract/client.ts';
import { ownFolder } from '../test/real/daemons/own-folder.ts';
import { whenOrphaned } from '../test/real/daemons/when-orphaned.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const address = '127.0.0.1:7790';
/** As `npm start` has them. */
const flags = ['--single-threaded-gc', '--max-semi-space-size=8', '--heap-growing-percent=60'];

/** Ends a Vigie whose measurement was broken off; it ends its database itself, within five seconds. */
const endIt = 'kill -s TERM "$0"; sleep 6; kill -s KILL "$0"';

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
  await using own = new AsyncDisposableStack();
  const { path: dataFolder } = own.use(await ownFolder('bench'));
  let child: ChildProcess | undefined;
  let terminal = '';
  const ended = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  };
  const start = async (): Promise<void> => {
    const next = spawn(process.execPath, [...flags, ...words, path.join(root, 'server/main.ts'), 'start'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LANG: 'C.UTF-8',
        NODE_COMPILE_CACHE: path.join(root, '.cache/node'),
        MALLOC_ARENA_MAX: '2',
        VIGIE_DATA: dataFolder,
        VIGIE_LISTEN: address,
      },
    });
    child = next;
    const guard = whenOrphaned(endIt, String(next.pid));
    next.once('exit', () => guard[Symbol.dispose]());
    terminal = '';
    await new Promise<void>((resolve, reject) => {
      next.once('exit', () => reject(new Error(`Vigie ended. It said:\n${terminal}`)));
      next.stdout.on('data', (chunk: Buffer) => {
        terminal += chunk.toString();
        if (terminal.includes('Ctrl-C')) resolve();
      });
    });
  };
  own.defer(() => ended('SIGTERM'));
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
  own.defer(() => postgres.end().catch(() => undefined));
  const kept = own.move();
  return {
    url,
    alice: createClient({ url, token: () => token }),
    token,
    pid: () => child?.pid ?? 0,
    query: async (text, values = []) => (await postgres.query<Record<string, unknown>>(text, [...values])).rows,
    start,
    stop: () => ended('SIGTERM'),
    kill: () => ended('SIGKILL'),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Where the embedded database's socket lies: the fifth line of its pid file. */
async function socketFolder(dataFolder: string): Promise<string> {
  const cluster = path.join(dataFolder, 'postgresql');
  const line = (await readFile(path.join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[4] ?? '';
  return path.resolve(cluster, line);
}
