import type { Clock } from '#platform/clock.ts';
import { addressClass, needsLeave, type AddressClass } from '#probe/address-class.ts';
import type { CheckContext, CheckResult, ProbeTools, SshAccess } from '#probe/check-kind.ts';
import { kinds } from '#probe/checks/kinds.ts';
import type { InsideView } from '#probe/inside-view.ts';
import { steadyClock } from '#probe/probe-clock.ts';
import { RunMemory } from '#probe/run-memory.ts';
import type { LogBooks } from '../logs/log-books.ts';
import type { Needs } from '../needs.ts';
import { noRuns, type Run, type Watched } from './watched.ts';

interface Parts {
  readonly tools: ProbeTools;
  readonly needs: Pick<Needs, 'sshAccess' | 'inventedRun'>;
  readonly clock: Clock;
  readonly inside: (watched: Watched) => InsideView;
  readonly logs: Pick<LogBooks, 'take'>;
}

/** One finished run. */
export interface FinishedRun {
  readonly startedAt: Date;
  readonly outcome: CheckResult;
}

const unreadable: CheckResult = {
  verdict: 'unknown',
  reason: { code: 'internal', data: { message: 'settings' } },
  output: '',
  metrics: [],
  durationMs: 0,
};

function elsewhere(from: string, to: string): CheckResult {
  return { ...unreadable, reason: { code: 'secret_elsewhere', data: { from, to } } };
}

// Most checks ask for the same few addresses again and again.
const classes = new Map<string, AddressClass>();
const mostClasses = 20_000;

function classOf(address: string): AddressClass {
  const known = classes.get(address);
  if (known !== undefined) return known;
  const found = addressClass(address);
  if (classes.size >= mostClasses) classes.clear();
  classes.set(address, found);
  return found;
}

/** Whether a check may contact an address. */
export function mayReach(address: string, specialAllowed: boolean): boolean {
  const kind = classOf(address);
  return kind !== 'unusable' && (specialAllowed || !needsLeave(kind));
}

/** Whether the leave that a check was given still holds: it was for the address that its target had then. */
export function hasLeave({ stored, surroundings }: Pick<Watched, 'stored' | 'surroundings'>): boolean {
  return stored.specialAllowed && stored.specialAddress === surroundings.address;
}

// A kind keeps to its own timeout; this is for the one that does not.
const graceMs = 2_000;
const sweepMs = 1_000;

/** What a run is given, and how it is stopped. The signal is made only when it is asked for: most runs never look at theirs. */
class RunContext implements CheckContext, Run {
  readonly timeoutMs: number;
  readonly clock = steadyClock;
  readonly tools: ProbeTools;
  readonly ssh?: SshAccess;
  readonly inside?: InsideView;
  readonly tellLines?: (lines: readonly string[]) => void;
  readonly #watched: Watched;
  #stopping: AbortController | null = null;
  #stop: (() => void) | null = null;
  #stopped = false;
  readonly overdueMs: number;

  constructor(
    tools: ProbeTools,
    watched: Watched,
    timeoutMs: number,
    {
      ssh,
      inside,
      tellLines,
    }: {
      readonly ssh: SshAccess | null;
      readonly inside: InsideView | null;
      readonly tellLines: ((lines: readonly string[]) => void) | null;
    },
  ) {
    this.tools = tools;
    this.timeoutMs = timeoutMs;
    this.overdueMs = steadyClock.nowMs() + timeoutMs + graceMs;
    this.#watched = watched;
    if (tellLines !== null) this.tellLines = tellLines;
    if (ssh !== null) this.ssh = ssh;
    if (inside !== null) this.inside = inside;
  }

  get signal(): AbortSignal {
    if (this.#stopping === null) {
      this.#stopping = new AbortController();
      if (this.#stopped) this.#stopping.abort();
    }
    return this.#stopping.signal;
  }

  get memory(): RunMemory {
    return (this.#watched.memory ??= new RunMemory());
  }

  get kept(): RunMemory {
    return (this.#watched.kept ??= new RunMemory());
  }

  mayReach(address: string): boolean {
    // Leave to look at this machine is none to be led on to where its provider tells secrets.
    const isTheOne = classOf(address) !== 'metadata' || address === this.#watched.stored.specialAddress;
    return mayReach(address, isTheOne && hasLeave(this.#watched));
  }

  stopWith(stop: (() => void) | null): void {
    this.#stop = stop;
    if (this.#stopped && stop !== null) queueMicrotask(stop);
  }

  stop(): void {
    this.#stopped = true;
    this.#stopping?.abort();
    this.#stop?.();
  }
}

/** Ends runs that do not end. One timer for all of them, and none while nothing runs. */
class Sweep {
  readonly #runs = new Set<RunContext>();
  #timer: NodeJS.Timeout | null = null;

  add(run: RunContext): void {
    this.#runs.add(run);
    this.#timer ??= setInterval(() => this.#sweep(), sweepMs);
  }

  drop(run: RunContext): void {
    this.#runs.delete(run);
  }

  #sweep(): void {
    const nowMs = steadyClock.nowMs();
    for (const run of this.#runs) if (nowMs >= run.overdueMs) run.stop();
    if (this.#runs.size > 0 || this.#timer === null) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }
}

const sweep = new Sweep();

/** How to sign in where a check looks; null when it does not sign in, or looks at no host. */
async function accessFor(needs: Parts['needs'], { stored, surroundings }: Watched): Promise<SshAccess | null> {
  const signsIn = kinds.get(stored.kind)?.requires === 'ssh' && surroundings.hostId !== null;
  return signsIn ? needs.sshAccess(surroundings.hostId) : null;
}

/** Runs a check once, now. Never rejects. */
export async function runCheck(
  { tools, needs, clock, inside: insideOf, logs }: Parts,
  watched: Watched,
): Promise<FinishedRun> {
  const { stored, surroundings, prepared } = watched;
  const startedAt = clock.now();
  const kind = kinds.get(stored.kind);
  if (prepared === null || kind === undefined) return { startedAt, outcome: unreadable };
  // An estate's operator may move a host, but is not thereby told the passwords of its checks.
  const givenFor = stored.secretAddress;
  if (givenFor !== null && givenFor !== surroundings.address)
    return { startedAt, outcome: elsewhere(givenFor, surroundings.address) };
  // What Vigie itself knows is true wherever its targets are invented.
  const isInvented = needs.inventedRun !== undefined && kind.requires !== 'inside';
  const invented = isInvented ? (needs.inventedRun?.({ ...stored, address: surroundings.address }) ?? null) : null;
  const { timeoutMs } = kind.defaults;
  let run: RunContext | undefined;
  try {
    const ssh = invented === null ? await accessFor(needs, watched) : null;
    const inside = kind.requires === 'inside' ? insideOf(watched) : null;
    run = new RunContext(tools, watched, timeoutMs, {
      ssh,
      inside,
      tellLines: kind.requires === 'ssh' ? (lines) => logs.take(stored.number, lines, startedAt) : null,
    });
    watched.running = watched.running.length === 0 ? [run] : [...watched.running, run];
    sweep.add(run);
    return { startedAt, outcome: await (invented ?? prepared)(run) };
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return { startedAt, outcome: { ...unreadable, reason: { code: 'internal', data: { message } } } };
  } finally {
    if (run !== undefined) {
      sweep.drop(run);
      const { running } = watched;
      watched.running = running.length === 1 && running[0] === run ? noRuns : running.filter((each) => each !== run);
    }
  }
}
