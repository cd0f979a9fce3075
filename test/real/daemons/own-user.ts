import { execFile } from 'node:child_process';
import { chownSync } from 'node:fs';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The words before a command that make it run as a user of the system; daemons that refuse root need it. */
export function asUser(user: string): readonly string[] {
  return ['/usr/bin/setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--'];
}

/** Runs a program as a user of the system and gives what it printed. Throws what it said when it fails. */
export async function runAs(user: string, program: string, ...options: readonly string[]): Promise<string> {
  const [setpriv = '', ...words] = asUser(user);
  const { stdout } = await run(setpriv, [...words, program, ...options], { cwd: '/tmp' });
  return stdout;
}

/** Gives files and folders to a user of the system. */
export async function giveTo(user: string, ...paths: readonly string[]): Promise<void> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('/usr/bin/id', [flag, user])).stdout)),
  );
  if (uid === undefined || gid === undefined) throw new Error(`no user ${user}`);
  for (const path of paths) chownSync(path, uid, gid);
}
