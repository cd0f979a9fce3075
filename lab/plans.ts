import type { LabCertificates, LabKey } from './keys.ts';

/** The zone of the lab's company. `.test` is reserved: it can never be a real name. */
export const zone = 'lab.vigie.test';

export const hostNames = [
  'web1',
  'ns1',
  'db1',
  'ns2',
  'db2',
  'maria1',
  'mail1',
  'dir1',
  'cache1',
  'time1',
  'files1',
  'net1',
] as const;

export type HostName = (typeof hostNames)[number];

export const hostAddresses: Readonly<Record<HostName, string>> = {
  web1: '10.77.0.11',
  ns1: '10.77.0.12',
  db1: '10.77.0.13',
  ns2: '10.77.0.14',
  db2: '10.77.0.15',
  maria1: '10.77.0.16',
  mail1: '10.77.0.17',
  dir1: '10.77.0.18',
  cache1: '10.77.0.19',
  time1: '10.77.0.20',
  files1: '10.77.0.21',
  net1: '10.77.0.22',
};

/** Hosts that are nothing without another: who asks for the one gets both. */
const needed: Partial<Record<HostName, readonly HostName[]>> = { ns2: ['ns1'], db2: ['db1'] };

/** The hosts that are asked for, with those they need, in the company's order. */
export function withNeeded(wanted: readonly HostName[]): HostName[] {
  const all = new Set(wanted.flatMap((name) => [name, ...(needed[name] ?? [])]));
  return hostNames.filter((name) => all.has(name));
}

export interface PlannedFile {
  readonly text: string;
  /** Default 0644. */
  readonly mode?: number;
}

/** What makes a host what it is, on top of the base. */
export interface HostPlan {
  readonly files: Readonly<Record<string, PlannedFile>>;
  /** Units enabled before the first boot. */
  readonly units: readonly string[];
  /** Shell script run as root inside, once, after the first boot. */
  readonly afterBoot?: string;
}

export interface PlanMaterial {
  readonly certificates: LabCertificates;
  readonly authority: string;
  readonly hostKey: LabKey;
  readonly loginKey: LabKey;
  /** The hosts this lab has. */
  readonly hosts: readonly HostName[];
}
