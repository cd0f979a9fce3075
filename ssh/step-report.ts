/** Why a target could not even take a step. Nothing has run. */
export type StepRefusal =
  /** Neither the home of the account nor /var/tmp can be written. */
  | 'nowhere-to-write'
  /** The disk is full, or a quota is used up. */
  | 'no-room'
  /** Neither setsid nor perl is there to start something apart from the connection. */
  | 'no-setsid'
  /** What answered is not a POSIX shell; `reason` holds the beginning of what it said. */
  | 'no-shell';

/** A target that refused to take a step, or could not say how it stands. */
export class StepFailure extends Error {
  readonly kind: StepRefusal;
  readonly reason: string | undefined;

  constructor(kind: StepRefusal, reason?: string) {
    super(`step refused by its target: ${kind}${reason === undefined ? '' : `: ${reason}`}`);
    this.name = 'StepFailure';
    this.kind = kind;
    this.reason = reason;
  }
}

/** Whether all output was kept: not, when it reached its limit (`limit`) or the target's disk was full (`no-room`). */
export type OutputCut = 'no' | 'limit' | 'no-room';

/** What is known of output while a step runs or after. Times are the target's clock. */
interface StepFacts {
  readonly outputBytes: number;
  readonly outputCut: OutputCut;
  readonly startedAtEpochS: number | undefined;
  /** Somebody asked for the step to be stopped. */
  readonly stopRequested: boolean;
}

/**
 * How a step stands on its target.
 *
 * - `absent` the target has never heard of it, or it was removed
 * - `unstarted` the target was asked, but the asking broke off before anything ran: starting it is safe
 * - `running`
 * - `ended` with its true exit code; 128 + n when signal n ended it
 * - `lost` it was started and is gone without an exit code (the target restarted, or something killed it whole): nobody
 *   can say how far it came, so it is never run again by itself. `begun` is false when not even its first line ran.
 */
export type StepReport =
  | { readonly state: 'absent' }
  | { readonly state: 'unstarted' }
  | (StepFacts & { readonly state: 'running' })
  | (StepFacts & { readonly state: 'ended'; readonly exitCode: number; readonly endedAtEpochS: number | undefined })
  | (StepFacts & { readonly state: 'lost'; readonly rebooted: boolean; readonly begun: boolean });

/** A report with what was said beside it. */
export interface ParsedReport {
  readonly report: StepReport;
  readonly launched: boolean;
  readonly survivors: number;
}

/**
 * Reads what the target printed.
 * @throws StepFailure when it refused, or when its answer is not one of ours
 */
export function parseReport(text: string): ParsedReport {
  const words = new Map(
    text.split('\n').map((line): [string, string] => {
      const at = line.indexOf(' ');
      return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  if (words.get('vigie-step') !== '1' || !words.has('end')) throw new StepFailure('no-shell', text.slice(0, 200));
  const refused = words.get('refused');
  if (refused !== undefined) throw new StepFailure(refusalOf(refused));
  return {
    report: reportOf(words, text),
    launched: words.has('launched'),
    survivors: Number(words.get('survivors') ?? 0),
  };
}

function refusalOf(word: string): StepRefusal {
  switch (word) {
    case 'nowhere-to-write':
    case 'no-room':
    case 'no-setsid':
      return word;
    default:
      return 'no-shell';
  }
}

function reportOf(words: ReadonlyMap<string, string>, text: string): StepReport {
  const state = words.get('state');
  if (state === 'absent' || state === 'unstarted') return { state };
  const facts: StepFacts = {
    outputBytes: Number(words.get('bytes') ?? 0),
    outputCut: cutOf(words.get('relay')),
    startedAtEpochS: epoch(words.get('started')),
    stopRequested: words.has('stop'),
  };
  switch (state) {
    case 'running':
      return { state, ...facts };
    case 'ended':
      return { state, ...facts, exitCode: Number(words.get('code')), endedAtEpochS: epoch(words.get('ended')) };
    case 'lost':
      return { state, ...facts, rebooted: words.has('rebooted'), begun: words.has('started') };
    default:
      throw new StepFailure('no-shell', text.slice(0, 200));
  }
}

function cutOf(relay: string | undefined): OutputCut {
  if (relay === 'cut') return 'limit';
  return relay === 'no-room' ? 'no-room' : 'no';
}

function epoch(word: string | undefined): number | undefined {
  const seconds = Number(word);
  return word === undefined || word === '' || !Number.isSafeInteger(seconds) ? undefined : seconds;
}
