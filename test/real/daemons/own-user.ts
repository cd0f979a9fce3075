import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The words before a command that make it run as a user of the system. */
export function asUser(user: string): readonly string[] {
  return ['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'];
}

/** Runs a program as a user of the system and gives what it printed. Throws what it said when it fails. */
export async function runAs(user: string, program: string, ...words: readonly string[]): Promise<string> {
  const [setpriv = '', ...rest] = [...asUser(user), program, ...words];
  const { stdout } = await run(setpriv, rest, { cwd: '/tmp' });
  return stdout;
}

/** Gives files, and folders with all they hold, to a user of the system and their own group. */
export async function giveTo(user: string, ...paths: readonly string[]): Promise<void> {
  await run('chown', ['-R', `${user}:`, ...paths]);
}
