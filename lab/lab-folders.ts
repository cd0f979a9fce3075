import { join } from 'node:path';

/** Where everything that belongs to labs that are up is kept. It is gone after a reboot of the machine. */
export const runFolder = '/run/vigie-lab';

export interface LabFolders {
  /** Says that the lab exists and who made it. Written first, removed last. */
  readonly record: string;
  /** A tmpfs: keys, certificates, and the hosts' disks. */
  readonly root: string;
  readonly hosts: string;
  readonly keys: string;
  readonly authority: string;
  /** Stands in for /etc/resolv.conf for what runs in the lab's network. */
  readonly resolvConf: string;
}

export function labFolders(lab: string): LabFolders {
  const root = join(runFolder, lab);
  return {
    record: `${root}.json`,
    root,
    hosts: join(root, 'hosts'),
    keys: join(root, 'keys'),
    authority: join(root, 'authority'),
    resolvConf: join(root, 'resolv.conf'),
  };
}

/** The control group of a lab, or of one host in it, below the root of each tree. */
export function labControlGroup(lab: string, host?: string): string {
  return host === undefined ? join('vigie-lab', lab) : join('vigie-lab', lab, host);
}
