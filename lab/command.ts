import { spawn } from 'node:child_process';

/** What a finished process said. `code` is 128 + n when signal number n would have ended it, as a shell reports it. */
export interface CommandResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** The process is killed after this time. Default: one minute. */
  readonly timeoutMs?: number;
  /** Text for the standard input. Default: none. */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
  readonly environment?: NodeJS.ProcessEnv;
  /** Give back any exit code instead of throwing for those other than 0. */
  readonly anyCode?: boolean;
}

const outputLimitBytes = 4 * 1024 * 1024;

/**
 * Runs one program to its end, without a shell.
 *
 * @throws Error naming the program, its code and the end of what it said, when the code is not 0 and `anyCode` is not set,
 * and whenever the time is over or the signal fires.
 */
export async function command(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program, ...rest] = argv;
  if (program === undefined) throw new Error('A command needs at least the name of a program.');
  const limit = AbortSignal.timeout(options.timeoutMs ?? 60_000);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  const result = await new Promise<CommandResult>((resolve, reject) => {
    const child = spawn(program, rest, {
      stdio: ['pipe', 'pipe', 'pipe'],
      signal,
      killSignal: 'SIGKILL',
      ...(options.environment === undefined ? {} : { env: options.environment }),
    });
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    child.stdin.on('error', () => {
      // The program may end without reading its input; its exit code tells the rest.
    });
    child.stdin.end(options.input ?? '');
    child.on('error', (cause) => {
      const why = limit.aborted ? 'took too long' : 'could not be run';
      reject(new Error(`${argv.join(' ')} ${why}.\n${stderr()}`, { cause }));
    });
    child.on('close', (code) => resolve({ code: code ?? 128 + 9, stdout: stdout(), stderr: stderr() }));
  });
  if (result.code !== 0 && options.anyCode !== true) {
    throw new Error(
      `${argv.join(' ')} ended with code ${result.code}.\n${(result.stderr + result.stdout).slice(-4000)}`,
    );
  }
  return result;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    if (bytes >= outputLimitBytes) return;
    bytes += chunk.length;
    chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
