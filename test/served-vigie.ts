import type { ChildProcess } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { passageIn } from '../lab/passage.ts';
import type { Lab } from '../lab/start-lab.ts';
import { compileCache } from './compile-cache.ts';

/** Vigie as its own process, started as `npm start` starts it, in the lab's network. */
export interface ServedVigie extends AsyncDisposable {
  /** Where this process reaches it. */
  readonly url: string;
  /** Where it is for what runs in the lab: the browser. */
  readonly insideUrl: string;
  readonly dataFolder: string;
  /** The first administrator's one-time link as the terminal showed it, without the address; null once used. */
  welcomePath(): string | null;
  /** The server's own process number. */
  pid(): number;
  /** All that it has written on the terminal since its last start. */
  terminal(): string;
  /** From the start of the process to the line that says it is ready. @throws Error with the terminal when it is not. */
  start(): Promise<{ readyMs: number }>;
  /** SIGTERM, as Ctrl-C or a service manager does; gives the time it took. */
  stop(): Promise<{ stoppedMs: number }>;
  /** SIGKILL to the server alone, or to it and its database in the same moment. */
  kill(what: 'server' | 'all'): Promise<void>;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const listen = { host: '127.0.0.1', port: 7700 };

export interface ServedOptions {
  /** Extra settings, such as VIGIE_DATABASE_URL. */
  readonly environment?: Readonly<Record<string, string>>;
  /** More words for `vigie start`, such as `--demo`. */
  readonly words?: readonly string[];
  readonly readyWithinMs?: number;
}

/** Prepares a Vigie with an empty data folder of its own in the lab; `start` starts it. */
export async function serveVigie(lab: Lab, options: ServedOptions = {}): Promise<ServedVigie> {
  await using ending = new AsyncDisposableStack();
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'vigie-served-'));
  ending.defer(() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 }));
  const passage = ending.use(await passageIn(lab, listen));
  let child: ChildProcess | undefined;
  let terminal = '';
  const running = (): ChildProcess & { pid: number } => {
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`Vigie is not running. It said:\n${terminal}`);
    }
    return Object.assign(child, { pid: child.pid });
  };
  const start = async (): Promise<{ readyMs: number }> => {
    const before = performance.now();
    terminal = '';
    child = lab.run([process.execPath, path.join(root, 'server/main.ts'), 'start', ...(options.words ?? [])], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        LANG: 'C.UTF-8',
        NODE_COMPILE_CACHE: compileCache,
        VIGIE_DATA: dataFolder,
        VIGIE_LISTEN: `${listen.host}:${listen.port}`,
        NODE_EXTRA_CA_CERTS: lab.authorityPath,
        ...options.environment,
      },
    });
    await untilReady(child, options.readyWithinMs ?? 90_000, (text) => {
      terminal += text;
      return /Press Ctrl-C to stop/.test(terminal);
    }).catch((cause: unknown) => {
      throw new Error(`Vigie did not become ready. It said:\n${terminal}`, { cause });
    });
    return { readyMs: performance.now() - before };
  };
  const stop = async (): Promise<{ stoppedMs: number }> => {
    const before = performance.now();
    const server = running();
    const ended = untilEnd(server);
    server.kill('SIGTERM');
    await ended;
    return { stoppedMs: performance.now() - before };
  };
  const kill = async (what: 'server' | 'all'): Promise<void> => {
    const server = running();
    const ended = untilEnd(server);
    const postmaster = what === 'all' ? await postmasterPid(dataFolder) : undefined;
    server.kill('SIGKILL');
    if (postmaster !== undefined) process.kill(postmaster, 'SIGKILL');
    await ended;
  };
  ending.defer(async () => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    await stop();
  });
  const kept = ending.move();
  return {
    url: `http://127.0.0.1:${passage.port}`,
    insideUrl: `http://${listen.host}:${listen.port}`,
    dataFolder,
    welcomePath: () => /https?:\/\/[^/\s]+(\/welcome\?token=\S+)/.exec(terminal)?.[1] ?? null,
    pid: () => running().pid,
    terminal: () => terminal,
    start,
    stop,
    kill,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function untilReady(child: ChildProcess, withinMs: number, isReady: (text: string) => boolean): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('It took too long.')), withinMs);
    const settle = (error?: Error): void => {
      clearTimeout(late);
      if (error === undefined) resolve();
      else reject(error);
    };
    const hear = (chunk: Buffer): void => {
      if (isReady(chunk.toString())) settle();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', settle);
    child.once('exit', (code, signal) => settle(new Error(`It ended with ${String(code ?? signal)}.`)));
  });
}

async function untilEnd(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

/** The embedded database's first process; undefined while there is none. */
async function postmasterPid(dataFolder: string): Promise<number | undefined> {
  const text = await readFile(path.join(dataFolder, 'postgresql/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isSafeInteger(pid) ? pid : undefined;
}
