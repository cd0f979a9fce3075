import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SshCredential, SshTarget } from '../transport.ts';

const run = promisify(execFile);

export type LoopbackKeyType = 'ed25519' | 'ecdsa' | 'rsa';

export interface LoopbackSshdOptions {
  /** Host keys to have; `ed25519` when not said. */
  readonly keyTypes?: readonly LoopbackKeyType[];
  /** The address to listen on; `127.0.0.1` when not said. */
  readonly address?: string;
  /** The port to listen on; a free one when not said. */
  readonly port?: number;
  /** Further lines of sshd_config, which win over ours. */
  readonly config?: readonly string[];
}

/** A real OpenSSH server on loopback with its own keys and configuration, in a temporary folder of its own. */
export interface LoopbackSshd extends AsyncDisposable {
  readonly folder: string;
  /** Where the signed-in account believes its home to be. */
  readonly home: string;
  readonly port: number;
  /** Host keys in OpenSSH form. */
  readonly hostKeys: readonly string[];
  readonly privateKey: string;
  target(changes?: Partial<SshTarget>): SshTarget;
  /** Ends the listener and every session of it, as a crash of the server would. */
  crash(): Promise<void>;
  /** Stops the listener and every session where they are, as a host that hangs; until `thaw`. */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
}

/** Starts one. Needs Debian's openssh-server; signs in as the account that runs the tests. */
export async function startLoopbackSshd(options: LoopbackSshdOptions = {}): Promise<LoopbackSshd> {
  const { keyTypes = ['ed25519'], address = '127.0.0.1' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'vigie-sshd-'));
  const home = join(folder, 'home');
  await mkdir(home, { mode: 0o700 });
  const hostKeys = await Promise.all(keyTypes.map((type) => makeKey(join(folder, `host-${type}`), type)));
  const publicKey = await makeKey(join(folder, 'client'), 'ed25519');
  await writeFile(join(folder, 'authorized_keys'), `${publicKey}\n`);
  const port = options.port ?? (await freePort(address));
  // As root, sshd insists on this folder, which only a system that booted with the service has.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const config = [
    ...(options.config ?? []),
    `ListenAddress ${address.includes(':') ? `[${address}]` : address}:${port}`,
    ...keyTypes.map((type) => `HostKey ${join(folder, `host-${type}`)}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    `SetEnv HOME=${home}`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin yes',
    'PrintMotd no',
    'MaxStartups 100:30:200',
  ];
  await writeFile(join(folder, 'sshd_config'), `${config.join('\n')}\n`);
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  await listening(server);
  const privateKey = await readFile(join(folder, 'client'), 'utf8');
  const credential: SshCredential = { kind: 'key', privateKey };
  const crash = (): Promise<void> => endTree(server);
  return {
    folder,
    home,
    port,
    hostKeys,
    privateKey,
    target: (changes = {}) => ({ host: address, port, user: userInfo().username, hostKeys, credential, ...changes }),
    crash,
    freeze: () => signalTree(server, 'SIGSTOP'),
    thaw: () => signalTree(server, 'SIGCONT'),
    async [Symbol.asyncDispose]() {
      await crash();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a key pair and returns the public half without comment. */
async function makeKey(path: string, type: LoopbackKeyType): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', type, '-N', '', '-C', '', '-f', path]);
  return (await readFile(`${path}.pub`, 'utf8')).trim();
}

/** A port nobody listens on at this moment. */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, address, resolve);
  await promise;
  const bound = server.address();
  await new Promise((done) => server.close(done));
  if (bound === null || typeof bound === 'string') throw new Error('no port');
  return bound.port;
}

async function listening(server: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  server.stderr?.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4_000);
    if (said.includes('Server listening')) resolve();
  });
  server.once('error', reject);
  server.once('exit', (code) => reject(new Error(`sshd ended with ${String(code)}: ${said}`)));
  await promise;
}

/** Ends a process and its descendants that are still its children; sessions of sshd have process groups of their own. */
async function endTree(root: ChildProcess): Promise<void> {
  if (root.pid === undefined || root.exitCode !== null || root.signalCode !== null) return;
  const exited = new Promise((done) => root.once('exit', done));
  await signalTree(root, 'SIGKILL');
  await exited;
}

async function signalTree({ pid }: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (pid === undefined) return;
  for (const each of [pid, ...(await sessionsOf(pid))]) {
    try {
      process.kill(each, signal);
    } catch {
      // Already gone.
    }
  }
}

/** The sshd processes below the listener: not the commands they run. */
async function sessionsOf(listener: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,comm=']);
  const rows = stdout.split('\n').map((line) => line.trim().split(/\s+/, 3));
  const found: number[] = [];
  let parents = new Set([String(listener)]);
  while (parents.size > 0) {
    const children = rows.filter(([, ppid, name]) => name === 'sshd' && ppid !== undefined && parents.has(ppid));
    parents = new Set(children.map(([pid]) => pid ?? ''));
    found.push(...children.map(([pid]) => Number(pid)));
  }
  return found;
}
