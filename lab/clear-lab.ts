import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { command } from './command.ts';
import { pidsInControlGroup, removeControlGroup } from './control-groups.ts';
import { labControlGroup, labFolders, runFolder } from './lab-folders.ts';
import { networkNames, pidsInNetwork, removeNetwork } from './network.ts';
import { hostNames } from './plans.ts';
import { isAlive, killUntilNone } from './processes.ts';

const labRecord = z.object({
  /** The process the lab lives and dies with; null when it was left standing on purpose. */
  controller: z.object({ pid: z.number(), startTicks: z.number() }).nullable(),
  hosts: z.array(z.enum(hostNames)),
});

export type LabRecord = z.infer<typeof labRecord>;

export async function readRecord(lab: string): Promise<LabRecord | undefined> {
  try {
    return labRecord.parse(JSON.parse(await readFile(labFolders(lab).record, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The names of all labs of this machine, whole, half made or half cleared. */
export async function knownLabs(): Promise<string[]> {
  if (!existsSync(runFolder)) return [];
  const names = (await readdir(runFolder)).map((name) => name.replace(/\.json$/, ''));
  return [...new Set(names)];
}

/** Clears every lab whose controller died without doing so itself. */
export async function clearOrphans(): Promise<string[]> {
  const cleared: string[] = [];
  for (const lab of await knownLabs()) {
    const record = await readRecord(lab);
    if (record?.controller === null) continue;
    if (record?.controller !== undefined && isAlive(record.controller)) continue;
    await clearLab(lab);
    cleared.push(lab);
  }
  return cleared;
}

/**
 * Ends every process of the lab, then removes its mounts, namespaces, control groups and files. It asks the kernel
 * what there is and trusts no notes, so it works as well on a lab that was half made or half cleared.
 */
export async function clearLab(lab: string): Promise<void> {
  const folders = labFolders(lab);
  const names = networkNames(lab);
  await emptyControlGroup(labControlGroup(lab));
  const strays = new Set(await pidsInNetwork(names));
  await killUntilNone(() => [...strays], 10_000);
  for (const mount of await mountsUnder(folders.root)) {
    const released = await command(['umount', mount], { anyCode: true });
    if (released.code !== 0) await command(['umount', '--lazy', mount], { anyCode: true });
  }
  await removeNetwork(names);
  await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  await rm(folders.record, { force: true });
}

/**
 * Kills what is in the group until the group itself is gone. A host that was being switched on when its controller
 * died may join only after the first look: it then holds the group, and is seen at the next.
 */
async function emptyControlGroup(group: string): Promise<void> {
  const deadline = performance.now() + 20_000;
  for (;;) {
    await killUntilNone(() => pidsInControlGroup(group), 20_000);
    if (removeControlGroup(group)) return;
    if (performance.now() > deadline) throw new Error(`The control group ${group} cannot be removed.`);
    await sleep(20);
  }
}

/** Mount points at and below the folder, the last mounted first. */
export async function mountsUnder(folder: string): Promise<string[]> {
  const table = await readFile('/proc/self/mountinfo', 'utf8');
  return table
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
    .filter((path) => path === folder || path.startsWith(`${folder}/`))
    .toReversed();
}
