import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks in a second, on every Linux that this runs on. */
const ticksPerSecond = 100;

export interface TreeUse {
  /** User and system time of the processes and of those they have waited for, in seconds. */
  readonly cpuSeconds: number;
  /** Proportional set size: shared pages are counted once. */
  readonly memoryBytes: number;
  readonly processes: number;
  /** The top process alone, which is Vigie without its database; memory is all that is resident. */
  readonly top: { readonly cpuSeconds: number; readonly memoryBytes: number };
}

/** What a process and all those below it use. */
export function useOfTree(top: number): TreeUse {
  const stats = new Map(everyPid().flatMap((pid) => statOf(pid) ?? []));
  const tree = new Set([top]);
  // A child may be listed before its parent: look until nothing is added.
  for (let before = 0; before !== tree.size;) {
    before = tree.size;
    for (const [pid, { parent }] of stats) if (tree.has(parent)) tree.add(pid);
  }
  const members = [...tree].flatMap((pid) => stats.get(pid) ?? []);
  return {
    cpuSeconds: members.reduce((all, { ticks }) => all + ticks, 0) / ticksPerSecond,
    memoryBytes: [...tree].reduce((all, pid) => all + memoryOf(pid), 0),
    processes: members.length,
    top: { cpuSeconds: (stats.get(top)?.ownTicks ?? 0) / ticksPerSecond, memoryBytes: residentOf(top) },
  };
}

/** What several trees use together: CPU seconds and bytes, shared pages counted once. */
export function useOfTrees(tops: readonly number[]): Pick<TreeUse, 'cpuSeconds' | 'memoryBytes' | 'processes'> {
  const uses = tops.map(useOfTree);
  return {
    cpuSeconds: sumOf(uses.map(({ cpuSeconds }) => cpuSeconds)),
    memoryBytes: sumOf(uses.map(({ memoryBytes }) => memoryBytes)),
    processes: sumOf(uses.map(({ processes }) => processes)),
  };
}

function everyPid(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name))
    .map(Number);
}

function statOf(pid: number): [[number, { parent: number; ticks: number; ownTicks: number }]] | undefined {
  const text = read(`/proc/${pid}/stat`);
  if (text === undefined) return undefined;
  // From the third field on: the second, the name, may itself hold spaces and brackets.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return [[pid, { parent: Number(fields[1]), ticks: sum(fields.slice(11, 15)), ownTicks: sum(fields.slice(11, 13)) }]];
}

function sum(fields: readonly string[]): number {
  return sumOf(fields.map(Number));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((all, number) => all + number, 0);
}

function memoryOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/mu.exec(read(`/proc/${pid}/smaps_rollup`) ?? '')?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

function residentOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(read(`/proc/${pid}/status`) ?? '')?.[1] ?? 0) * 1024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
