import { readFile } from 'node:fs/promises';

/** The user and group of a name in /etc/passwd; undefined when there is none. */
export async function findUser(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const fields = text
    .split('\n')
    .map((line) => line.split(':'))
    .find(([user]) => user === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

/** Whom plugins run as when Vigie itself is root: somebody who owns nothing. */
export const unprivilegedUser = 'nobody';
