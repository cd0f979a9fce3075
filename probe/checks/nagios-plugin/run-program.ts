import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';

/** How a program ended. */
export interface ProgramEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly cut: boolean;
}

/** Why a program did not come to its own end. */
export class ProgramFailure extends Error {
  readonly kind: 'notFound' | 'notAllowed' | 'notStarted' | 'timeout' | 'endless' | 'stopped';
  constructor(kind: ProgramFailure['kind'], message: string = kind) {
    super(message);
    this.kind = kind;
  }
}

/** What is run, as whom and for how long. */
export interface ProgramPlan {
  readonly program: string;
  readonly words: readonly string[];
  /** The user and group to run as; the probe's own when undefined. */
  readonly identity: { readonly uid: number; readonly gid: number } | undefined;
  readonly timeoutMs: number;
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

// A program that still pours out this many times the limit is not telling anything any more.
const patience = 64;

/**
 * Runs a program without a shell, with an empty input and almost no environment, in a process group of its own. Whatever
 * happens, nothing it started outlives the call: its group is killed, and so are its descendants that left the group.
 * Throws {@link ProgramFailure}.
 */
export async function runProgram(plan: ProgramPlan): Promise<ProgramEnd> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramEnd>();
  const child = spawn(plan.program, [...plan.words], {
    cwd: '/',
    env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    shell: false,
    ...plan.identity,
  });
  const fail = (kind: ProgramFailure['kind'], message?: string): void => reject(new ProgramFailure(kind, message));
  const [stdout, stderr] = [collect(child.stdout, plan.limitBytes, fail), collect(child.stderr, plan.limitBytes, fail)];
  const timer = setTimeout(() => fail('timeout'), plan.timeoutMs);
  const onAbort = (): void => fail('stopped');
  plan.signal.addEventListener('abort', onAbort);
  if (plan.signal.aborted) onAbort();
  child.once('error', (error: NodeJS.ErrnoException) => fail(failureKind(error), error.message));
  const finish = (exitCode: number | null, signal: string | null): void => {
    // Below zero it is the number of the error that kept the program from starting.
    if (exitCode !== null && exitCode < 0) return;
    resolve({ exitCode, signal, stdout: stdout.bytes(), stderr: stderr.bytes(), cut: stdout.cut() || stderr.cut() });
  };
  // A child that a plugin leaves behind may hold its output open: the plugin's own end is what counts.
  child.once('exit', (exitCode, signal) => setTimeout(() => finish(exitCode, signal), lateOutputMs));
  child.once('close', finish);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    plan.signal.removeEventListener('abort', onAbort);
    await endAll(child);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

// What a program wrote before it ended may still be on its way.
const lateOutputMs = 200;

function collect(stream: NodeJS.ReadableStream, limitBytes: number, fail: (kind: 'endless') => void) {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes < limitBytes) chunks.push(chunk.subarray(0, limitBytes - bytes));
    bytes += chunk.length;
    if (bytes > limitBytes * patience) fail('endless');
  });
  stream.on('error', () => undefined);
  return { bytes: () => Buffer.concat(chunks), cut: () => bytes > limitBytes };
}

function failureKind({ code }: NodeJS.ErrnoException): ProgramFailure['kind'] {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'notFound';
  return code === 'EACCES' || code === 'EPERM' || code === 'ENOEXEC' ? 'notAllowed' : 'notStarted';
}

/** Kills the group of a child and all its descendants, also those that made a group or session of their own. */
async function endAll({ pid, exitCode, signalCode }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  // Asked before the kill: an orphan's parent is the init process and tells nothing any more.
  const running = exitCode === null && signalCode === null;
  const strays = running ? await descendantsOf(pid) : [];
  for (const each of [-pid, ...strays]) {
    try {
      process.kill(each, 'SIGKILL');
    } catch {
      // Already gone.
    }
  }
}

async function descendantsOf(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/u.test(name));
  await Promise.all(
    names.map(async (name) => {
      const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
      // The name in brackets may hold anything; the fields are counted from behind it.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      if (Number.isInteger(parent)) parents.set(Number(name), parent);
    }),
  );
  const found: number[] = [];
  let level = [root];
  while (level.length > 0) {
    const above = new Set(level);
    level = [...parents].filter(([, parent]) => above.has(parent)).map(([pid]) => pid);
    found.push(...level);
    for (const pid of level) parents.delete(pid);
  }
  return found;
}
