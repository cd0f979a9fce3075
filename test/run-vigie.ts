import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileCache } from './compile-cache.ts';

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));

/** What the command line answered, said beside it, and ended with. */
export interface CliAnswer {
  readonly code: number | null;
  readonly out: string;
  readonly told: string;
}

export interface CliSurroundings {
  readonly url: string;
  readonly configFolder: string;
  /** A token; without it, whoever signed in with `vigie login`. */
  readonly as?: string;
  readonly input?: string;
}

/** `vigie …` as a program of its own, as a script would run it. */
export async function runVigie(words: readonly string[], around: CliSurroundings): Promise<CliAnswer> {
  const env = {
    PATH: process.env['PATH'],
    NODE_COMPILE_CACHE: compileCache,
    XDG_CONFIG_HOME: around.configFolder,
    VIGIE_URL: around.url,
    ...(around.as !== undefined && { VIGIE_TOKEN: around.as }),
  };
  const child = spawn(process.execPath, [main, ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (told += text));
  child.stdin.end(around.input ?? '');
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, out, told };
}
