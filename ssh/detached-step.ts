import { commandScript, stepScript, type StepCommand, type StepRef, type StepRequest } from './detached-step-script.ts';
import { parseReport, StepFailure, type StepReport } from './step-report.ts';
import type { ExecResult, SshTarget, SshTransport } from './transport.ts';

/*
 * A step runs on its target apart from any connection: it goes on when the controller dies, is found again by run and
 * step id, read on from any byte, ends with its true exit code and can be stopped with everything it started.
 */

/** Where a step is, and by which way to reach it. */
export interface StepPlace {
  readonly transport: SshTransport;
  readonly target: SshTarget;
  readonly step: StepRef;
  /** Ends the waiting, never the step. */
  readonly signal?: AbortSignal;
}

/** How long a target may take over one of the short requests. */
const requestTimeoutMs = 30_000;

/** One listening lasts this long at most, then another follows: no loop is left on a target whose listener is gone. */
const followSeconds = 60;

/**
 * Starts a step, or finds out how it stands when this run and step was started before: it is never run twice.
 * `launched` tells whether this very call started it.
 * @throws SshFailure when the target cannot be asked: the step may run all the same, so ask again
 * @throws StepFailure when the target cannot take it: nothing has run
 */
export async function startStep(
  place: StepPlace,
  command: StepCommand,
): Promise<{ readonly report: StepReport; readonly launched: boolean }> {
  const script = commandScript(command);
  const { report, launched } = parseReport(
    await ask(place, { verb: 'start', script, outputLimitBytes: command.outputLimitBytes }),
  );
  return { report, launched };
}

/**
 * Hands over a step's output from a byte on, as it comes, until the step has ended or is lost. Chunks carry the position
 * of their first byte; remember the last position and length to go on after an interruption.
 * @throws SshFailure when the line breaks: attach again from the byte reached
 */
export async function attachStep(
  place: StepPlace,
  fromByte: number,
  onOutput: (chunk: Buffer, atByte: number) => void | Promise<void>,
): Promise<StepReport> {
  let atByte = fromByte;
  for (;;) {
    const said: Buffer[] = [];
    const script = stepScript(place.step, { verb: 'follow', fromByte: atByte, forSeconds: followSeconds });
    await place.transport.exec(place.target, '/bin/sh', {
      stdin: script,
      timeoutMs: followSeconds * 1_000 + requestTimeoutMs,
      maxOutputBytes: Number.MAX_SAFE_INTEGER,
      ...(place.signal === undefined ? {} : { signal: place.signal }),
      onOutput: (chunk, stream) => {
        if (stream === 'stderr') {
          said.push(chunk);
          return undefined;
        }
        const at = atByte;
        atByte += chunk.length;
        return onOutput(chunk, at);
      },
    });
    const { report } = parseReport(Buffer.concat(said).toString());
    if (report.state !== 'running') return report;
  }
}

/** How a step stands. @throws SshFailure */
export async function readStep(place: StepPlace): Promise<StepReport> {
  return parseReport(await ask(place, { verb: 'report' })).report;
}

/**
 * Ends a step with every process of its session: kindly, and after the grace not. A step that was asked for but does not
 * run yet will not run any more. `survivors` counts what could not be ended, such as processes of another account.
 * @throws SshFailure
 */
export async function stopStep(
  place: StepPlace,
  graceSeconds: number,
): Promise<{ readonly report: StepReport; readonly survivors: number }> {
  const { report, survivors } = parseReport(await ask(place, { verb: 'stop', graceSeconds }, graceSeconds * 1_000));
  return { report, survivors };
}

/**
 * Deletes what a step left on its target. From then on the target would run it again: remove only what is recorded.
 * A running step stays, and the report says so.
 * @throws SshFailure
 */
export async function removeStep(place: StepPlace): Promise<StepReport> {
  return parseReport(await ask(place, { verb: 'remove' })).report;
}

async function ask(place: StepPlace, request: StepRequest, extraMs = 0): Promise<string> {
  const result: ExecResult = await place.transport.exec(place.target, '/bin/sh', {
    stdin: stepScript(place.step, request),
    timeoutMs: requestTimeoutMs + extraMs,
    maxOutputBytes: 65_536,
    ...(place.signal === undefined ? {} : { signal: place.signal }),
  });
  const text = result.stdout.toString();
  if (text === '' && result.exitCode !== 0) throw new StepFailure('no-shell', result.stderr.toString().slice(0, 200));
  return text;
}
