import { attachStep, readStep, startStep, stopStep, type StepPlace } from '#ssh/detached-step.ts';
import { SshFailure } from '#ssh/ssh-failure.ts';
import { StepFailure, type StepReport } from '#ssh/step-report.ts';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import type { Clock } from '#platform/clock.ts';
import type { Transact } from '#platform/outbox.ts';
import { writeAsOwner, type OwnedRun } from './owned-run.ts';
import { environmentOf } from './plan.ts';
import { factOf, storeStepEnd, type StepEnd } from './run-facts.ts';
import type { Run, RunStep, RunTarget } from './run.ts';
import { outcomeOf, refusedOutcome, type EndedBy } from './step-outcome.ts';
import { runWriter, stepWriter } from './store-run-write.ts';

/** What following a command needs. */
export interface CommandParts {
  readonly transact: Transact<'upkeep'>;
  readonly clock: Clock;
  readonly transport: SshTransport;
  /** The target with its unsealed credential; null when the credential is gone. */
  readonly reach: (target: RunTarget) => Promise<SshTarget | null>;
}

/** What a step may keep of its output. */
const outputLimitBytes = 4 * 1024 * 1024;
/** Between two attempts to reach a host. */
const retryEveryMs = 2_000;
/** How long a host may stay out of reach before a command that certainly did not begin is given up. */
const reachPatienceMs = 30_000;
/** How long a command that must end may stay out of reach before it is called lost. */
const stopPatienceMs = 120_000;
/** Between asking a command to end and killing it. */
const graceSeconds = 5;

/** Failures that trying again does not mend. */
const lasting = new Set(['host-key-unknown', 'host-key-changed', 'credential', 'auth']);

/** Where a run's step is on its host. */
export function placeOf(
  transport: SshTransport,
  target: SshTarget,
  run: Run,
  step: RunStep,
  signal?: AbortSignal,
): StepPlace {
  return { transport, target, step: { runId: run.id, stepId: step.id }, ...(signal === undefined ? {} : { signal }) };
}

/** One command of a run, followed by the run's owner: started or found again, listened to, ended when its time is over. */
export class FollowedCommand {
  readonly #parts: CommandParts;
  readonly #owned: OwnedRun;
  readonly #run: Run;
  readonly #step: RunStep;
  #launched: boolean;
  #atByte: number;
  /** Whether it may run on the host, confirmed or not. */
  #mayRun: boolean;
  #toldTrying = false;

  /** `inherited`: another owner began the step, so that it may run although it is not confirmed. */
  constructor(parts: CommandParts, owned: OwnedRun, run: Run, step: RunStep, inherited: boolean) {
    this.#parts = parts;
    this.#owned = owned;
    this.#run = run;
    this.#step = step;
    this.#launched = step.launchedAt !== null;
    this.#atByte = step.outputBytes;
    this.#mayRun = this.#launched || inherited;
  }

  /** Returns when the step's end is stored, or when the run is to be stopped. */
  async follow(): Promise<void> {
    const target = await this.#parts.reach(this.#run.target);
    if (target === null) return this.#end({ state: 'failed', note: { code: 'no_credential', detail: {} } });
    if (this.#launched) await this.#noteReattached();
    const seconds = this.#step.definition.kind === 'command' ? this.#step.definition.timeoutSeconds : 0;
    const deadlineMs = (this.#step.startedAt ?? this.#parts.clock.now()).getTime() + seconds * 1_000;
    const firstTryMs = this.#nowMs();
    for (;;) {
      const overtime = AbortSignal.timeout(Math.max(0, deadlineMs - this.#nowMs()));
      try {
        const signal = AbortSignal.any([this.#owned.signal, this.#owned.stopAsked, overtime]);
        const report = await this.#runOn(placeOf(this.#parts.transport, target, this.#run, this.#step, signal));
        const end = outcomeOf(report, null);
        if (end !== null) return this.#end(end);
      } catch (error) {
        this.#owned.signal.throwIfAborted();
        if (error instanceof SshFailure && error.mayHaveRun) this.#mayRun = true;
        if (error instanceof StepFailure && !this.#launched) return this.#end(refusedOutcome(error));
        if (!(error instanceof SshFailure) && !(error instanceof StepFailure)) throw error;
        if (this.#owned.stopAsked.aborted) return;
        if (overtime.aborted) return this.#endOvertime(error.kind, seconds);
        const end = error instanceof SshFailure ? await this.#tolerate(error, firstTryMs) : null;
        if (end !== null) return this.#end(end);
      }
      await this.#rest(AbortSignal.any([this.#owned.signal, this.#owned.stopAsked]));
      if (this.#owned.stopAsked.aborted) return;
    }
  }

  /** Ends the command on its host and stores how that went. */
  async stop(by: NonNullable<EndedBy>): Promise<void> {
    if (!this.#mayRun) return this.#end({ state: 'stopped', note: { code: 'stopped', detail: {} } });
    const target = await this.#parts.reach(this.#run.target);
    const untilMs = this.#nowMs() + stopPatienceMs;
    let why = 'credential';
    for (;;) {
      try {
        if (target === null) throw new SshFailure('credential', { host: '', port: 0, phase: 'connect' });
        const place = placeOf(this.#parts.transport, target, this.#run, this.#step, this.#owned.signal);
        const { report, survivors } = await stopStep(place, graceSeconds);
        await this.#lastWords(place, report);
        const end = outcomeOf(report, by, survivors);
        if (end !== null) return await this.#end(end);
        if (this.#nowMs() > untilMs)
          return await this.#end({ state: 'stopped', note: { code: 'survivors', detail: { count: survivors } } });
      } catch (error) {
        this.#owned.signal.throwIfAborted();
        if (!(error instanceof SshFailure) && !(error instanceof StepFailure)) throw error;
        why = error.kind;
        if (this.#nowMs() > untilMs || target === null)
          return this.#end({ state: 'lost', note: { code: 'lost_unreachable', detail: { why } } });
        await this.#noteTrying(why);
      }
      await this.#rest(this.#owned.signal);
    }
  }

  async #runOn(place: StepPlace): Promise<StepReport> {
    if (this.#launched) {
      const found = await readStep(place);
      if (found.state === 'absent' || found.state === 'unstarted') return found;
    } else {
      await this.#launch(place);
    }
    if (this.#toldTrying) await this.#noteTrying(null);
    return attachStep(place, this.#atByte, (chunk, atByte) => this.#keep(chunk, atByte));
  }

  /** Starting is harmless to repeat; that it was confirmed is written down, and from then on it is never started again. */
  async #launch(place: StepPlace): Promise<void> {
    const { definition } = this.#step;
    if (definition.kind !== 'command') throw new Error('only commands are launched');
    const { launched } = await startStep(place, {
      command: definition.command,
      parameters: environmentOf(this.#run.inputs),
      outputLimitBytes,
      elevated: definition.sudo,
    });
    const launchedAt = this.#parts.clock.now();
    await this.#write((unit) => stepWriter(unit.db).change(this.#step.id, { launchedAt }));
    this.#launched = true;
    this.#mayRun = true;
    if (!launched) await this.#noteReattached();
  }

  async #keep(chunk: Buffer, atByte: number): Promise<void> {
    await this.#write(async ({ db, live }) => {
      await stepWriter(db).addOutput(this.#step.id, atByte, chunk);
      await live('upkeep.output', this.#run.id, { stepId: this.#step.id, next: atByte + chunk.length });
    });
    this.#atByte = atByte + chunk.length;
  }

  /** What it said while it was being stopped. */
  async #lastWords(place: StepPlace, report: StepReport): Promise<void> {
    if (report.state !== 'ended' || report.outputBytes <= this.#atByte) return;
    await attachStep(place, this.#atByte, (chunk, atByte) => this.#keep(chunk, atByte));
  }

  /** Null: try again. */
  async #tolerate(error: SshFailure, firstTryMs: number): Promise<StepEnd | null> {
    const detail = { why: error.kind };
    const hopeless = lasting.has(error.kind) || this.#nowMs() - firstTryMs > reachPatienceMs;
    if (!this.#mayRun && hopeless) return { state: 'failed', note: { code: 'not_reached', detail } };
    await this.#noteTrying(error.kind);
    return null;
  }

  /** Its time is over. When it certainly did not begin there is nothing to end. */
  #endOvertime(why: string, seconds: number): Promise<void> {
    return this.#mayRun
      ? this.stop({ why: 'timeout', seconds })
      : this.#end({ state: 'failed', note: { code: 'not_reached', detail: { why } } });
  }

  #rest(until: AbortSignal): Promise<void> {
    return this.#owned.bell.sleep(this.#owned.bell.rings, retryEveryMs, until);
  }

  #noteReattached(): Promise<void> {
    return this.#write(async ({ db, publish, live }) => {
      await stepWriter(db).change(this.#step.id, { reattached: this.#step.reattached + 1 });
      await publish('upkeep.runReattached', { ...factOf(this.#run), stepId: this.#step.id, atByte: this.#atByte });
      await live('upkeep.run', this.#run.id);
    });
  }

  #noteTrying(why: string | null): Promise<void> {
    this.#toldTrying = why !== null;
    const note = why === null ? null : { code: 'trying_again', detail: { why } };
    return this.#write(async ({ db, live }) => {
      await runWriter(db).change(this.#run.id, { note });
      await live('upkeep.run', this.#run.id);
    });
  }

  #end(end: StepEnd): Promise<void> {
    return this.#write((unit) => storeStepEnd(unit, this.#run, this.#step, end, this.#parts.clock.now()));
  }

  #write<Answer>(work: Parameters<typeof writeAsOwner<Answer>>[2]): Promise<Answer> {
    return writeAsOwner(this.#parts.transact, this.#owned, work);
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime();
  }
}
