import { readFile, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Names the process that started PostgreSQL, in PostgreSQL's own environment. */
export const parentMark = 'VIGIE_PARENT';

/** A process that works in the cluster's folder now. */
export interface ClusterHolder {
  readonly pid: number;
  /** The Vigie that started it, when that one still lives. */
  readonly livingParent: number | undefined;
}

async function readProc(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}

/** Whether this very process is a PostgreSQL that works in the cluster's folder; a pid alone may have a new owner. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  const command = await readProc(pid, 'comm');
  if (command.trim() !== 'postgres') return false;
  return readlink(`/proc/${pid}/cwd`).then(
    (folder) => folder === cluster,
    () => false,
  );
}

/** The pid that postmaster.pid names, dead or alive; undefined without such a file. */
export async function notedPid(cluster: string): Promise<number | undefined> {
  const text = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 1 ? pid : undefined;
}

/** Whether postmaster.pid names a process that is not a PostgreSQL of this cluster: its number was given anew. */
export async function isReusedPid(pid: number, cluster: string): Promise<boolean> {
  return (await readProc(pid, 'comm')) !== '' && !(await worksIn(pid, cluster));
}

async function describe(pid: number): Promise<ClusterHolder> {
  const mark = (await readProc(pid, 'environ')).split('\0').find((line) => line.startsWith(`${parentMark}=`));
  const parent = Number(mark?.slice(parentMark.length + 1));
  // An orphan is adopted by another process, so its parent is no longer the one that its mark names.
  const nowChildOf = Number(/^PPid:\s*(\d+)$/mu.exec(await readProc(pid, 'status'))?.[1]);
  return { pid, livingParent: parent === nowChildOf ? parent : undefined };
}

/** The PostgreSQL that holds the cluster: its main process, or what a killed one left. */
export async function findHolders(cluster: string): Promise<readonly ClusterHolder[]> {
  const pid = await notedPid(cluster);
  if (pid !== undefined && (await worksIn(pid, cluster))) return [await describe(pid)];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/u.test(name)).map(Number);
  const left = [];
  for (const other of pids) if (await worksIn(other, cluster)) left.push({ pid: other, livingParent: undefined });
  return left;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone in between.
  }
}

/** Ends what an earlier Vigie left behind in this cluster: kindly, then firmly. Each pid is proved again before each signal. */
export async function endHolders(cluster: string): Promise<void> {
  // PostgreSQL's own words: INT rolls back and stops, QUIT stops at once and recovers at the next start.
  for (const [signal, patienceMs] of [
    ['SIGINT', 6000] as const,
    ['SIGQUIT', 3000] as const,
    ['SIGKILL', 2000] as const,
  ]) {
    const holders = await findHolders(cluster);
    for (const { pid } of holders) send(pid, signal);
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 50) {
      if ((await findHolders(cluster)).length === 0) return;
      await sleep(50);
    }
  }
}
