import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat: clock ticks after the machine's boot. */
  readonly startTicks: number;
}

export function identify(pid: number): ProcessIdentity | undefined {
  const fields = statFields(pid);
  if (fields === undefined || fields[0] === 'Z') return undefined;
  return { pid, startTicks: Number(fields[19]) };
}

export function isAlive(identity: ProcessIdentity): boolean {
  return identify(identity.pid)?.startTicks === identity.startTicks;
}

/** The direct children of a process, zombies left out. */
export function childrenOf(parent: number): number[] {
  return everyPid().filter((pid) => {
    const fields = statFields(pid);
    return fields !== undefined && fields[0] !== 'Z' && Number(fields[1]) === parent;
  });
}

/** The process itself and all those above it: what a sweep must never kill. */
export function ancestry(): Set<number> {
  const line = new Set<number>();
  for (let pid = process.pid; pid > 0 && !line.has(pid);) {
    line.add(pid);
    pid = Number(statFields(pid)?.[1] ?? 0);
  }
  return line;
}

/**
 * Kills what `list` names until it names nothing. Listing anew each time also catches what was forked meanwhile.
 *
 * @throws Error when something is still alive after `withinMs`.
 */
export async function killUntilNone(list: () => number[], withinMs: number): Promise<void> {
  const spared = ancestry();
  const deadline = performance.now() + withinMs;
  for (;;) {
    const alive = list().filter((pid) => !spared.has(pid) && identify(pid) !== undefined);
    if (alive.length === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`These processes of the lab do not end: ${alive.join(', ')}.`);
    }
    for (const pid of alive) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended by itself between the listing and the signal.
      }
    }
    await sleep(20);
  }
}

function everyPid(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** The fields of /proc/PID/stat from the third on: the second, the name, may itself hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  const text = readProc(pid, 'stat');
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** The name of the program a process runs, at most 15 characters, as the kernel keeps it. */
export function programOf(pid: number): string | undefined {
  return readProc(pid, 'comm')?.trim();
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return undefined;
  }
}
