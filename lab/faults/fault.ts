import { readFile } from 'node:fs/promises';
import type { Machine } from '../machine.ts';
import type { NetworkNames } from '../network.ts';
import type { HostName } from '../plans.ts';

/** What a fault needs of the lab. */
export interface FaultGround {
  readonly names: NetworkNames;
  /** @throws Error when the lab was started without that host. */
  readonly machine: (name: HostName) => Machine;
}

export interface Fault {
  /** What is wrong once it is broken, for the list of things that can be broken. */
  readonly what: string;
  readonly break: (ground: FaultGround) => Promise<void>;
  /** Brings the good state back whoever changed it meanwhile; harmless when nothing is wrong. */
  readonly mend: (ground: FaultGround) => Promise<void>;
}

/** Runs a script on a host as root, to its first failure. */
export function shell(host: HostName, script: string): Fault['break'] {
  return async ({ machine }) => {
    await machine(host).exec(['sh', '-ec', script]);
  };
}

/** Runs a Python program of this folder on a host as the service `lab-fault`, with words behind it; `endProgram` ends it. */
export function program(host: HostName, file: string, words: string, ready = 'true'): Fault['break'] {
  return async ({ machine }) => {
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    const script = `${endProgram}; cat > /run/${file}; systemd-run --quiet --collect --unit=lab-fault python3 /run/${file} ${words}; ${until(ready)}`;
    await machine(host).exec(['sh', '-ec', script], { input: text });
  };
}

export const endProgram = 'systemctl stop lab-fault 2>/dev/null || :';

/** One after the other. */
export function steps(...all: readonly Fault['break'][]): Fault['break'] {
  return async (ground) => {
    for (const step of all) await step(ground);
  };
}

/** Servers reload in their own time: a fault is broken, or mended, once a client sees it. At most ten seconds. */
export function until(condition: string): string {
  return `for try in $(seq 100); do if ${condition}; then exit 0; fi; sleep 0.1; done; echo 'It does not come: '${quoted(condition)} >&2; exit 1`;
}

/** A service that is stopped, and started again. */
export function stopped(host: HostName, unit: string, what: string): Fault {
  return { what, break: shell(host, `systemctl stop ${unit}`), mend: shell(host, `systemctl start ${unit}`) };
}

/** The rules of a firewall that a fault puts up; `dropFirewall` takes them down. */
export function firewall(host: HostName, hook: 'input' | 'output', rule: string): Fault['break'] {
  const table = `table inet lab_fault {\nchain fault {\ntype filter hook ${hook} priority 0\n${rule}\n}\n}`;
  return shell(host, `nft -f - <<E\ntable inet lab_fault {}\ndelete table inet lab_fault\n${table}\nE`);
}

export function dropFirewall(host: HostName): Fault['mend'] {
  return shell(host, 'nft -f - <<E\ntable inet lab_fault {}\ndelete table inet lab_fault\nE');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
