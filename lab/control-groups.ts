import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Every mounted control-group tree of this machine: one with the unified hierarchy, a dozen with the old ones or both.
 * Each host gets a group of its own in all of them: systemd keeps its units there, and two hosts that shared
 * a group would take each other's services for their own and kill them.
 */
export function controlGroupTrees(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => / - cgroup2? /.test(line))
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path.startsWith('/sys/fs/cgroup'));
}

/** Makes the group in every tree and returns its folders. */
export function makeControlGroup(group: string): string[] {
  return controlGroupTrees().map((tree) => {
    const folder = join(tree, group);
    mkdirSync(folder, { recursive: true });
    return folder;
  });
}

/** The processes in the group and below it, in any tree. */
export function pidsInControlGroup(group: string): number[] {
  const pids = new Set<number>();
  for (const tree of controlGroupTrees()) {
    for (const folder of foldersFrom(join(tree, group))) {
      for (const pid of readPids(folder)) pids.add(pid);
    }
  }
  return [...pids];
}

/**
 * Removes an empty group with the groups that systemd made in it, and the group above it once that is empty too.
 * False while something of it is still there: a process that joined since it was last looked at holds its group, and
 * once the group is gone nothing can join it any more.
 */
export function removeControlGroup(group: string): boolean {
  let gone = true;
  for (const tree of controlGroupTrees()) {
    const folder = join(tree, group);
    for (const each of foldersFrom(folder).toReversed()) removeFolder(each);
    if (existsSync(folder)) gone = false;
    else removeFolder(dirname(folder));
  }
  return gone;
}

function removeFolder(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another lab lives in it, or a process that is just ending or just joined holds it.
  }
}

/** The folder and those below it, parents first; none when it does not exist. */
function foldersFrom(folder: string): string[] {
  try {
    const below = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) => foldersFrom(join(folder, entry.name)));
    return [folder, ...below];
  } catch {
    return [];
  }
}

function readPids(folder: string): number[] {
  try {
    return readFileSync(join(folder, 'cgroup.procs'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map(Number);
  } catch {
    return [];
  }
}
