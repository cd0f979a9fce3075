import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareBase } from './base.ts';
import { clearLab, clearOrphans, readRecord, type LabRecord } from './clear-lab.ts';
import { command, type CommandOptions, type CommandResult } from './command.ts';
import { faultNamed, type FaultName } from './faults.ts';
import type { FaultGround } from './faults/fault.ts';
import { makeAuthority, makeCertificates, makeKey, readKey, type LabKey } from './keys.ts';
import { labControlGroup, labFolders, runFolder } from './lab-folders.ts';
import { makeControlGroup } from './control-groups.ts';
import { Machine } from './machine.ts';
import { inNamespace, makeNetwork, networkNames, type NetworkNames } from './network.ts';
import { planHost } from './plan-host.ts';
import { hostAddresses, hostNames, withNeeded, zone, type HostName } from './plans.ts';
import { identify } from './processes.ts';

export interface LabOptions {
  /** Those they need come with them. Default: all. */
  readonly hosts?: readonly HostName[];
  readonly signal?: AbortSignal | undefined;
  /** Several labs may be up at once, each with the same addresses in a network of its own. Default: one name per process. */
  readonly name?: string;
  /** Leave the lab up when this process ends. Default: it is cleared by the next lab if this process dies first. */
  readonly standing?: boolean;
  readonly progress?: (sentence: string) => void;
}

/** Where in the lab a program runs: `main` is the head office, where the server under test lives. */
export type Place = keyof NetworkNames;

export interface LabHost {
  readonly name: HostName;
  /** IPv4, reachable from within the lab's network only. */
  readonly address: string;
  readonly fullName: string;
}

const labHosts: Readonly<Record<HostName, LabHost>> = {
  web1: labHost('web1'),
  ns1: labHost('ns1'),
  db1: labHost('db1'),
  ns2: labHost('ns2'),
  db2: labHost('db2'),
  maria1: labHost('maria1'),
  mail1: labHost('mail1'),
  dir1: labHost('dir1'),
  cache1: labHost('cache1'),
  time1: labHost('time1'),
  files1: labHost('files1'),
  net1: labHost('net1'),
};

/** A lab that is up. Disposing of it leaves nothing behind. */
export class Lab implements AsyncDisposable {
  readonly name: string;
  readonly hosts: Readonly<Record<HostName, LabHost>> = labHosts;
  /** Logs in as `vigie`, who may do everything by sudo, on every host. */
  readonly sshKey: LabKey;
  /** PEM file of the authority that signed the servers' certificates. */
  readonly authorityPath: string;
  readonly #up: readonly HostName[];

  constructor(name: string, up: readonly HostName[], sshKey: LabKey) {
    this.name = name;
    this.#up = up;
    this.sshKey = sshKey;
    this.authorityPath = join(labFolders(name).authority, 'authority.crt');
  }

  /** Where files that should end with the lab may be put. */
  get folder(): string {
    return labFolders(this.name).root;
  }

  /** @throws Error when this lab was started without that host. */
  machine(name: HostName): Machine {
    if (!this.#up.includes(name)) throw new Error(`This lab has no ${name}.`);
    return new Machine(this.name, name);
  }

  get hostsUp(): readonly HostName[] {
    return this.#up;
  }

  /** Runs a program on a host as root; a text is given to a shell. See {@link Machine.exec}. */
  async exec(host: HostName, program: readonly string[] | string, options?: CommandOptions): Promise<CommandResult> {
    const argv = typeof program === 'string' ? ['sh', '-c', program] : program;
    return this.machine(host).exec(argv, options);
  }

  async breakThing(name: FaultName): Promise<void> {
    await faultNamed(name).break(this.#ground());
  }

  async mendThing(name: FaultName): Promise<void> {
    await faultNamed(name).mend(this.#ground());
  }

  /** The host's public keys, one `type base64` a line: what a careful person pins. */
  async hostKeys(host: HostName): Promise<string[]> {
    const key = await readKey(join(labFolders(this.name).keys, host));
    return [key.publicText.split(' ').slice(0, 2).join(' ')];
  }

  /**
   * Puts words in front of a program's so that it runs within the lab's network, where names are resolved by ns1.
   * It stays the same process, so its number and its end are those of the program.
   */
  inside(argv: readonly string[], place: Place = 'main'): string[] {
    const bind = `mount --bind ${labFolders(this.name).resolvConf} ${realpathSync('/etc/resolv.conf')}`;
    const groups = makeControlGroup(labControlGroup(this.name, 'inside'));
    return [
      'sh',
      '-c',
      'for group in $0; do echo $$ > "$group/cgroup.procs" 2>/dev/null || :; done; exec "$@"',
      groups.join(' '),
      'nsenter',
      ...inNamespace(networkNames(this.name)[place]),
      'unshare',
      '--mount',
      'sh',
      '-c',
      `${bind} && exec "$@"`,
      'sh',
      ...argv,
    ];
  }

  /** Starts a program within the lab's network. It is ended with the lab, if not before. */
  run(argv: readonly string[], options: SpawnOptions = {}, place: Place = 'main'): ChildProcess {
    const [program = 'sh', ...rest] = this.inside(argv, place);
    return spawn(program, rest, options);
  }

  /** Runs a program within the lab's network to its end. */
  async command(argv: readonly string[], options?: CommandOptions): Promise<CommandResult> {
    return command(this.inside(argv), options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await clearLab(this.name);
  }

  #ground(): FaultGround {
    return { names: networkNames(this.name), machine: (name) => this.machine(name) };
  }
}

/**
 * Starts a small company of real Debian hosts on a network of its own, and clears what a dead process left of its own.
 *
 * @throws Error when this is not root on Linux, when a lab of that name is up, or when a host does not boot. Nothing
 * is left behind then.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  if (process.getuid?.() !== 0) {
    throw new Error('The lab boots whole systems: it needs root on Linux. Run it with sudo.');
  }
  const { signal, progress, name = `p${process.pid}`, standing = false } = options;
  const hosts = withNeeded(options.hosts ?? hostNames);
  await clearOrphans();
  if (existsSync(labFolders(name).record)) {
    throw new Error(`A lab named ${name} is up. Take it down: node lab/lab.ts down ${name}`);
  }
  const base = await prepareBase({ signal, progress });
  await claim(name, { controller: identify(process.pid) ?? null, hosts });
  try {
    const lab = await build(name, hosts, base, signal, progress);
    if (standing) await writeRecord(name, { controller: null, hosts });
    return lab;
  } catch (error) {
    await clearLab(name);
    throw error;
  }
}

/** A lab that another process left standing. Disposing of it takes it down. */
export async function openLab(name: string): Promise<Lab | undefined> {
  const record = await readRecord(name);
  if (record === undefined || record.controller !== null) return undefined;
  return new Lab(name, record.hosts, await readKey(join(labFolders(name).keys, 'vigie')));
}

async function build(
  name: string,
  hosts: readonly HostName[],
  base: string,
  signal: AbortSignal | undefined,
  progress: LabOptions['progress'],
): Promise<Lab> {
  const folders = labFolders(name);
  await mkdir(folders.root, { recursive: true });
  await command(['mount', '-t', 'tmpfs', '-o', 'size=6g,mode=755', 'vigie-lab', folders.root]);
  for (const folder of [folders.hosts, folders.keys]) await mkdir(folder, { mode: 0o711 });
  await writeFile(
    folders.resolvConf,
    `search ${zone}\nnameserver ${hostAddresses.ns1}\noptions timeout:2 attempts:1\n`,
  );
  await makeNetwork(networkNames(name), signal);
  const authority = await makeAuthority(folders.authority);
  const certificates = await makeCertificates(
    folders.authority,
    [`www.${zone}`, ...hostNames.map((host) => `${host}.${zone}`), ...hostNames],
    Object.values(hostAddresses),
  );
  const loginKey = await makeKey(join(folders.keys, 'vigie'), 'vigie@lab');
  const lab = new Lab(name, hosts, loginKey);
  startKiosk(lab);
  progress?.(`Booting ${hosts.join(', ')}.`);
  await Promise.all(
    hosts.map(async (host) => {
      const plan = planHost(host, {
        certificates,
        authority: await readFile(authority, 'utf8'),
        hostKey: await makeKey(join(folders.keys, host), host),
        loginKey,
        hosts,
      });
      const machine = lab.machine(host);
      await machine.install(base, plan, signal);
      machine.powerOn();
      await machine.untilRunning(signal);
      if (plan.afterBoot !== undefined) {
        await machine.exec(['sh', '-c', plan.afterBoot], { signal });
      }
    }),
  );
  return lab;
}

/** The branch office's one machine: an address and a page, in a network namespace and no more. */
function startKiosk(lab: Lab): void {
  const page = `require('node:http').createServer((_, answer) => answer.end('kiosk\\n')).listen(80)`;
  const child = lab.run([process.execPath, '--eval', page], { stdio: 'ignore', detached: true }, 'branch');
  child.unref();
}

function labHost(name: HostName): LabHost {
  return { name, address: hostAddresses[name], fullName: `${name}.${zone}` };
}

/** Makes the record; of two processes that want the same name, one is refused here. */
async function claim(name: string, record: LabRecord): Promise<void> {
  await mkdir(runFolder, { recursive: true });
  await writeFile(labFolders(name).record, JSON.stringify(record), { flag: 'wx' });
}

async function writeRecord(name: string, record: LabRecord): Promise<void> {
  await writeFile(labFolders(name).record, JSON.stringify(record));
}
