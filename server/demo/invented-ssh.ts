import { setTimeout as wait } from 'node:timers/promises';
import { SshFailure } from '#ssh/ssh-failure.ts';
import type { ExecOptions, ExecResult, SshTarget, SshTransport } from '#ssh/transport.ts';
import type { Clock } from '#platform/clock.ts';
import { hosts } from './company/hosts.ts';
import { shellOutput } from './invent-shell.ts';

/** A command that "runs" on an invented host. Its lines appear one after the other. */
interface Step {
  readonly output: Buffer;
  readonly startedMs: number;
  endsMs: number;
  stopped: boolean;
}

interface Parts {
  readonly clock: Clock;
  /** For every host that is not invented. */
  readonly real: SshTransport;
  /** Something was done on a host. */
  readonly onWork: (address: string) => void;
}

/** Commands that change something, so that what was wrong may be over. Looking mends nothing. */
const works = /\b(?:restart|start|reload|clean|vacuum|renew|upgrade|reboot|kill|rm -r)/u;
const lineMs = 450;
const tickMs = 150;

function ended(step: Step, nowMs: number): boolean {
  return nowMs >= step.endsMs;
}

/** How much of its output a step has printed by now. */
function printed({ output, startedMs, endsMs }: Step, nowMs: number): number {
  if (nowMs >= endsMs) return output.length;
  const part = Math.max(0, (nowMs - startedMs) / Math.max(1, endsMs - startedMs));
  return output.lastIndexOf('\n', Math.floor(output.length * part)) + 1;
}

/** The report of a step in the words of the detached-step protocol (ssh/step-report.ts). */
function report(step: Step | undefined, nowMs: number, extra: readonly string[] = []): string {
  if (step === undefined) return ['vigie-step 1', 'state absent', ...extra, 'end', ''].join('\n');
  const over = ended(step, nowMs);
  const state = over
    ? ['state ended', `code ${step.stopped ? 143 : 0}`, `ended ${Math.floor(step.endsMs / 1_000)}`]
    : ['state running'];
  const facts = [`started ${Math.floor(step.startedMs / 1_000)}`, 'relay open', `bytes ${printed(step, nowMs)}`];
  return ['vigie-step 1', ...state, ...facts, ...(step.stopped ? ['stop 1'] : []), ...extra, 'end', ''].join('\n');
}

function aborted({ host, port }: SshTarget): SshFailure {
  return new SshFailure('aborted', { host, port, phase: 'command' });
}

function wordOf(script: string, name: string): string {
  return new RegExp(`^${name}='?([^'\\n]*)'?$`, 'mu').exec(script)?.[1] ?? '';
}

function parametersOf(script: string): Record<string, string> {
  const exported = [...script.matchAll(/^export (\w+)='?([^'\n]*)'?$/gmu)];
  return Object.fromEntries(exported.map(([, name = '', value = '']) => [name, value]));
}

/** The transport of the demonstration: invented hosts answer as hosts would, and nothing leaves this machine. */
export class InventedSsh implements SshTransport {
  readonly #parts: Parts;
  readonly #steps = new Map<string, Step>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async exec(target: SshTarget, command: string, options: ExecOptions): Promise<ExecResult> {
    const host = hosts.find(({ address }) => address === target.host);
    if (host === undefined) return this.#parts.real.exec(target, command, options);
    if (options.signal?.aborted === true) throw aborted(target);
    const startedMs = this.#nowMs();
    const script = typeof options.stdin === 'string' ? options.stdin : '';
    const said = /^verb=/mu.test(script)
      ? await this.#protocol({ ...host, target }, script, options)
      : { stdout: shellOutput(host.name, `${command}\n${script}`, {}, startedMs), stderr: '' };
    await this.#say(said, options);
    const kept = options.onOutput === undefined;
    return {
      exitCode: 0,
      signal: null,
      stdout: Buffer.from(kept ? said.stdout : ''),
      stderr: Buffer.from(kept ? said.stderr : ''),
      truncated: false,
      durationMs: this.#nowMs() - startedMs,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.real[Symbol.asyncDispose]();
  }

  async #say({ stdout, stderr }: { stdout: string; stderr: string }, { onOutput }: ExecOptions): Promise<void> {
    if (onOutput === undefined) return;
    if (stdout !== '') await onOutput(Buffer.from(stdout), 'stdout');
    if (stderr !== '') await onOutput(Buffer.from(stderr), 'stderr');
  }

  async #protocol(
    host: { name: string; address: string; target: SshTarget },
    script: string,
    options: ExecOptions,
  ): Promise<{ stdout: string; stderr: string }> {
    const name = wordOf(script, 'name');
    const verb = wordOf(script, 'verb');
    const step = this.#steps.get(name);
    if (verb === 'start')
      return {
        stdout: report(
          step ?? this.#start(host, name, script),
          this.#nowMs(),
          step === undefined ? ['launched 1'] : [],
        ),
        stderr: '',
      };
    if (verb === 'follow')
      return { stdout: '', stderr: await this.#follow(step, Number(wordOf(script, 'at')), host.target, options) };
    if (verb === 'stop' && step !== undefined && !ended(step, this.#nowMs())) {
      step.stopped = true;
      step.endsMs = this.#nowMs();
    }
    if (verb === 'remove') this.#steps.delete(name);
    return {
      stdout: report(verb === 'remove' ? undefined : step, this.#nowMs(), verb === 'stop' ? ['survivors 0'] : []),
      stderr: '',
    };
  }

  #start({ name: hostName, address }: { name: string; address: string }, name: string, script: string): Step {
    const body =
      /^put_script\(\) \{ cat <<'(?<end>[\w-]+)'\n(?<text>[\s\S]*?)\k<end>\n/mu.exec(script)?.groups?.['text'] ?? '';
    const startedMs = this.#nowMs();
    const output = Buffer.from(shellOutput(hostName, body, parametersOf(body), startedMs));
    const lines = output.toString().split('\n').length;
    const endsMs = startedMs + Math.min(12_000, 1_200 + lines * lineMs);
    const step = { output, startedMs, endsMs, stopped: false };
    this.#steps.set(name, step);
    if (works.test(body)) this.#parts.onWork(address);
    return step;
  }

  /** Hands over what is printed as it appears; ends with the report. */
  async #follow(
    step: Step | undefined,
    from: number,
    target: SshTarget,
    { signal, onOutput }: ExecOptions,
  ): Promise<string> {
    if (step === undefined) return report(undefined, this.#nowMs());
    for (let at = from, over = false; !over;) {
      const nowMs = this.#nowMs();
      over = ended(step, nowMs);
      const until = printed(step, nowMs);
      if (until > at) await onOutput?.(step.output.subarray(at, until), 'stdout');
      at = Math.max(at, until);
      if (!over) await wait(tickMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      if (signal?.aborted === true) throw aborted(target);
    }
    return report(step, this.#nowMs());
  }

  #nowMs(): number {
    return this.#parts.clock.now().getTime();
  }
}
