import { createSweepShells, type SweepShells } from './sweep-shell.ts';

/** How a target is to be pinged. */
export interface PingPlan {
  readonly count: number;
  /** Between two packets to the same target. */
  readonly gapMs: number;
  /** How long an answer is waited for. */
  readonly timeoutMs: number;
  /** Bytes of payload. */
  readonly sizeBytes: number;
}

/** The answer times of one target, one entry a packet; null for a lost one. `missing`: there is no fping; `failed`: it did not do its work. */
export type PingAnswer =
  | { readonly kind: 'answered'; readonly times: readonly (number | null)[]; readonly note: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly note: string };

/** Pings many targets with one process. */
export interface PingBatch {
  /** Pings a numeric address; asked for in the same moment and with the same plan, all go together. Never throws. */
  ping(address: string, plan: PingPlan, signal?: AbortSignal): Promise<PingAnswer>;
}

interface Waiting {
  readonly plan: PingPlan;
  readonly answers: Map<string, ((answer: PingAnswer) => void)[]>;
}

// Checks that start in one slot ask within a few milliseconds of each other.
const gatherMs = 15;
// More targets than this and the sweep itself (one packet a millisecond) would blur the answer times.
const largestBatch = 1000;
/** So many small packets go out at once (sixty kilobytes); of more, one each millisecond, which costs three times as much. */
const largestBurst = 600;
const notFound = 127;
const plainAddress = /^[0-9a-fA-F:.]+(?:%[\w.-]+)?$/u;

/**
 * Gathers the pings of a moment and gives them to one fping process: 0.03 CPU seconds for a thousand targets, where a
 * process per ping costs ten. `command` is for tests.
 */
export function createPingBatch(command = 'fping'): PingBatch {
  const waiting = new Map<string, Waiting>();
  const shells = createSweepShells();

  function start(key: string): void {
    const batch = waiting.get(key);
    if (batch === undefined) return;
    waiting.delete(key);
    const addresses = [...batch.answers.keys()];
    for (let from = 0; from < addresses.length; from += largestBatch) {
      const part = addresses.slice(from, from + largestBatch);
      void sweep(shells, command, part, batch.plan).then((answers) => {
        for (const address of part) {
          const answer = answers.get(address) ?? { kind: 'failed', note: 'no answer line' };
          for (const give of batch.answers.get(address) ?? []) give(answer);
        }
      });
    }
  }

  return {
    ping(address, plan, signal) {
      if (!plainAddress.test(address)) return Promise.resolve({ kind: 'failed', note: 'not an address' });
      if (signal?.aborted === true) return Promise.resolve({ kind: 'failed', note: 'stopped' });
      const key = `${plan.count}/${plan.gapMs}/${plan.timeoutMs}/${plan.sizeBytes}`;
      let batch = waiting.get(key);
      if (batch === undefined) {
        batch = { plan, answers: new Map() };
        waiting.set(key, batch);
        setTimeout(() => start(key), gatherMs);
      }
      const { answers } = batch;
      return new Promise((resolve) => {
        const others = answers.get(address);
        if (others === undefined) answers.set(address, [resolve]);
        else others.push(resolve);
      });
    },
  };
}

/** One fping process for many addresses. */
async function sweep(
  shells: SweepShells,
  command: string,
  addresses: readonly string[],
  { count, gapMs, timeoutMs, sizeBytes }: PingPlan,
): Promise<Map<string, PingAnswer>> {
  const all = (answer: PingAnswer): Map<string, PingAnswer> => new Map(addresses.map((address) => [address, answer]));
  const pauseMs = addresses.length > largestBurst ? 1 : 0;
  // -B1 keeps the timeout the same for each packet.
  const options = ['-q', '-C', count, '-p', gapMs, '-t', timeoutMs, '-b', sizeBytes, '-i', pauseMs, '-B', 1, '-r', 0];
  const longestMs = count * Math.max(gapMs, addresses.length) + timeoutMs + 2_000;
  try {
    // Addresses go in by the standard input: as arguments they could be taken for options.
    const { text, code } = await shells.run([command, ...options.map(String)], addresses, longestMs);
    if (code === notFound) return all({ kind: 'missing' });
    const answers = parseFping(text);
    // 0 all answered, 1 some did not, 2 some were not found; 3 and 4 are its own troubles.
    const failed = answers.size === 0 && (code === null || code > 1);
    return failed ? all({ kind: 'failed', note: text.trim().slice(0, 300) }) : answers;
  } catch (error) {
    return all({ kind: 'failed', note: error instanceof Error ? error.message : String(error) });
  }
}

/** Reads fping's `-C -q` report: `192.0.2.1 : 0.03 - 0.05`, with ICMP errors on lines of their own. */
export function parseFping(report: string): Map<string, PingAnswer> {
  const answers = new Map<string, PingAnswer>();
  const notes = new Map<string, string>();
  for (const line of report.split('\n')) {
    const times = /^(\S+)\s+: ((?:(?:[\d.]+|-)\s*)+)$/u.exec(line);
    const [, address, values] = times ?? [];
    if (address !== undefined && values !== undefined) {
      const numbers = values
        .trim()
        .split(/\s+/u)
        .map((value) => (value === '-' ? null : Number(value)));
      answers.set(address, { kind: 'answered', times: numbers, note: notes.get(address) ?? '' });
      continue;
    }
    const note = /^(ICMP .*) from (\S+) for ICMP Echo sent to (\S+)/u.exec(line);
    const [, what = '', from = '', sentTo] = note ?? [];
    if (sentTo !== undefined) notes.set(sentTo, `${what} from ${from}`);
  }
  return answers;
}
