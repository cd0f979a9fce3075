import { spawn } from 'node:child_process';

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
  ping(address: string, plan: PingPlan, signal: AbortSignal): Promise<PingAnswer>;
}

interface Waiting {
  readonly plan: PingPlan;
  readonly answers: Map<string, ((answer: PingAnswer) => void)[]>;
}

// Checks that start in one slot ask within a few milliseconds of each other.
const gatherMs = 15;
// More targets than this and the sweep itself (one packet a millisecond) would blur the answer times.
const largestBatch = 1000;
const outputLimitBytes = 1_000_000;

/**
 * Gathers the pings of a moment and gives them to one fping process: 0.05 CPU seconds for a thousand targets, where a
 * process per ping costs ten. `command` is for tests.
 */
export function createPingBatch(command = 'fping'): PingBatch {
  const waiting = new Map<string, Waiting>();

  function start(key: string): void {
    const batch = waiting.get(key);
    if (batch === undefined) return;
    waiting.delete(key);
    const addresses = [...batch.answers.keys()];
    for (let from = 0; from < addresses.length; from += largestBatch) {
      const part = addresses.slice(from, from + largestBatch);
      void sweep(command, part, batch.plan).then((answers) => {
        for (const address of part) {
          const answer = answers.get(address) ?? { kind: 'failed', note: 'no answer line' };
          for (const give of batch.answers.get(address) ?? []) give(answer);
        }
      });
    }
  }

  return {
    ping(address, plan, signal) {
      if (signal.aborted) return Promise.resolve({ kind: 'failed', note: 'stopped' });
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
function sweep(command: string, addresses: readonly string[], plan: PingPlan): Promise<Map<string, PingAnswer>> {
  const all = (answer: PingAnswer): Map<string, PingAnswer> => new Map(addresses.map((address) => [address, answer]));
  // -i 1 is the smallest pause that every user may ask for; -B1 keeps the timeout the same for each packet.
  const options = [
    '-q',
    '-C',
    plan.count,
    '-p',
    plan.gapMs,
    '-t',
    plan.timeoutMs,
    '-b',
    plan.sizeBytes,
    '-i',
    1,
    '-B',
    1,
    '-r',
    0,
  ];
  return new Promise((resolve) => {
    const child = spawn(command, options.map(String), { stdio: ['pipe', 'ignore', 'pipe'] });
    let text = '';
    const longestMs = plan.count * Math.max(plan.gapMs, addresses.length) + plan.timeoutMs + 2_000;
    const timer = setTimeout(() => child.kill('SIGKILL'), longestMs);
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve(
        all('code' in error && error.code === 'ENOENT' ? { kind: 'missing' } : { kind: 'failed', note: error.message }),
      );
    });
    child.stdin.on('error', () => {
      // fping ended before it read everything; its exit tells why.
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (text.length < outputLimitBytes) text += chunk;
    });
    child.on('close', (code) => {
      clearTimeout(timer);
      const answers = parseFping(text);
      // 0 all answered, 1 some did not, 2 some were not found; 3 and 4 are its own troubles.
      if (answers.size === 0 && (code === null || code > 1))
        resolve(all({ kind: 'failed', note: text.trim().slice(0, 300) }));
      else resolve(answers);
    });
    // Addresses go in by the standard input: as arguments they could be taken for options.
    child.stdin.end(`${addresses.join('\n')}\n`);
  });
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
