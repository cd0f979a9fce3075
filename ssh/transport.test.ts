import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SshFailure, type SshFailureKind } from './ssh-failure.ts';
import type { ExecOptions, SshTransport } from './transport.ts';
import { freePort, startLoopbackSshd, type LoopbackSshd } from './testing/loopback-sshd.ts';
import { survivors } from './testing/survivors.ts';
import { attachStep, removeStep, startStep } from './detached-step.ts';
import { OpensshTransport } from './openssh-transport.ts';
import { Ssh2Transport } from './ssh2-transport.ts';
import {
  neverEndsItsLine,
  neverStopsGreeting,
  saysNothing,
  speaksHttp,
  startRudeServer,
} from './testing/rude-server.ts';

const options: ExecOptions = { timeoutMs: 20_000, maxOutputBytes: 1_000_000 };

/** Short limits, so that the tests of hanging servers do not wait for the ordinary ones. */
interface Hurry {
  readonly connectTimeoutMs: number;
  readonly handshakeTimeoutMs: number;
}

/** What every transport must do: each implementation runs this same list. */
const transports = [
  { name: 'ssh2', make: (hurry?: Hurry): SshTransport => new Ssh2Transport(hurry) },
  { name: 'OpenSSH', make: (hurry?: Hurry): SshTransport => new OpensshTransport(hurry) },
];

describe.each(transports)('the $name transport', ({ make }) => {
  vi.setConfig({ testTimeout: 30_000 });
  let sshd: LoopbackSshd;
  let transport: SshTransport;

  beforeAll(async () => {
    sshd = await startLoopbackSshd({ config: ['AcceptEnv LANG'] });
    transport = make();
  });
  afterAll(async () => {
    await transport[Symbol.asyncDispose]();
    await sshd[Symbol.asyncDispose]();
  });

  test('gives back output, errors and exit code', async () => {
    const result = await transport.exec(sshd.target(), 'echo out; echo err >&2; exit 7', options);
    expect(result).toMatchObject({ exitCode: 7, signal: null, truncated: false });
    expect(result.stdout.toString()).toBe('out\n');
    expect(result.stderr.toString()).toBe('err\n');
  });

  test('knows how a command ended when the whole answer comes at once, to a process that was busy', async () => {
    await transport.exec(sshd.target(), 'true', options);
    const work = transport.exec(sshd.target(), 'echo out; exit 7', options);
    for (let turn = 0; turn < 10; turn += 1) {
      // Nothing is read from the line meanwhile: what comes is read in one piece.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await work).toMatchObject({ exitCode: 7 });
  });

  test('sends a plain command as it is', async () => {
    const result = await transport.exec(sshd.target(), 'echo out; echo err >&2', { ...options, plain: true });
    expect([result.stdout.toString(), result.stderr.toString()]).toEqual(['out\n', 'err\n']);
  });

  test('says which signal ended a command', async () => {
    const result = await transport.exec(sshd.target(), "exec sh -c 'kill -TERM $$'", options);
    // OpenSSH's client knows signals only as 128 + number or -1.
    expect(['SIGTERM', 143, 255]).toContain(result.signal ?? result.exitCode);
  });

  test('passes input through unchanged, binary included', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 31) % 256));
    const result = await transport.exec(sshd.target(), 'cat', { ...options, stdin: bytes });
    expect(result.stdout.equals(bytes)).toBe(true);
  });

  test('gives a command without input an empty one', async () => {
    const result = await transport.exec(sshd.target(), 'cat; echo done', options);
    expect(result.stdout.toString()).toBe('done\n');
  });

  test('keeps only as much output as allowed and lets the command finish', async () => {
    const result = await transport.exec(sshd.target(), 'head -c 20000000 /dev/zero; exit 3', {
      ...options,
      maxOutputBytes: 1_000,
    });
    expect(result.stdout.length).toBe(1_000);
    expect(result).toMatchObject({ truncated: true, exitCode: 3 });
  });

  test('hands output over as it comes and keeps none of it', async () => {
    let bytes = 0;
    const result = await transport.exec(sshd.target(), 'head -c 3000000 /dev/zero', {
      ...options,
      maxOutputBytes: 10_000_000,
      onOutput: async (chunk) => {
        await new Promise((done) => setImmediate(done));
        bytes += chunk.length;
      },
    });
    expect(bytes).toBe(3_000_000);
    expect(result.stdout.length).toBe(0);
  });

  test('throws what the receiver of the output throws', async () => {
    const work = transport.exec(sshd.target(), 'echo once; sleep 30', {
      ...options,
      onOutput: () => {
        throw new Error('no room');
      },
    });
    await expect(work).rejects.toThrow('no room');
  });

  test('runs many commands at once without being refused', async () => {
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) => transport.exec(sshd.target(), `echo ${index}`, options)),
    );
    expect(all.map((result) => result.stdout.toString())).toEqual(
      Array.from({ length: 40 }, (_, index) => `${index}\n`),
    );
  });

  test('a command out of time leaves nothing running', async () => {
    const mark = `8${Date.now() % 1_000_000}`;
    await expectFailure(
      transport.exec(sshd.target(), `sleep ${mark} & sleep ${mark}`, { ...options, timeoutMs: 1_500 }),
      'timeout',
      'command',
    );
    await expect.poll(() => survivors(`sleep ${mark}`), { timeout: 5_000 }).toBe(0);
  });

  test('an aborted command leaves nothing running', async () => {
    const mark = `9${Date.now() % 1_000_000}`;
    const abort = new AbortController();
    const onOutput = (): void => abort.abort();
    const work = transport.exec(sshd.target(), `echo on; sleep ${mark}`, {
      ...options,
      signal: abort.signal,
      onOutput,
    });
    await expectFailure(work, 'aborted', 'command');
    await expect.poll(() => survivors(`sleep ${mark}`), { timeout: 5_000 }).toBe(0);
  });

  test('refuses a server nobody agreed to, and says which key it showed', async () => {
    const failure = await expectFailure(
      transport.exec(sshd.target({ hostKeys: [] }), 'true', options),
      'host-key-unknown',
      'handshake',
    );
    expect(failure.detail.offeredKey).toBe(sshd.hostKeys[0]);
  });

  test('refuses a server with another key than the pinned one', async () => {
    await using other = await startLoopbackSshd();
    const failure = await expectFailure(
      transport.exec(sshd.target({ hostKeys: other.hostKeys }), 'true', options),
      'host-key-changed',
      'handshake',
    );
    expect(failure.detail.offeredKey).toBe(sshd.hostKeys[0]);
  });

  test('refuses a server whose key changed between two connections', async () => {
    const first = await startLoopbackSshd();
    const target = first.target();
    await transport.exec(target, 'true', options);
    await first[Symbol.asyncDispose]();
    await using second = await startLoopbackSshd({ port: first.port });
    await expect
      .poll(() => transport.exec(target, 'true', options).catch((error: unknown) => kindOf(error)))
      .toBe('host-key-changed');
    expect(second.port).toBe(first.port);
  });

  test('recognises a server by any of several pinned keys', async () => {
    await using many = await startLoopbackSshd({ keyTypes: ['rsa', 'ecdsa', 'ed25519'] });
    for (const key of many.hostKeys) {
      const result = await transport.exec(many.target({ hostKeys: [key] }), 'echo known', options);
      expect(result.stdout.toString()).toBe('known\n');
    }
  });

  test('says that the credential was not accepted, and what would be', async () => {
    await using other = await startLoopbackSshd();
    const credential = { kind: 'key', privateKey: other.privateKey } as const;
    const failure = await expectFailure(
      transport.exec(sshd.target({ credential }), 'true', options),
      'auth',
      'sign-in',
    );
    expect(failure.detail.acceptedMethods).toContain('publickey');
  });

  test('says that our own key cannot be read', async () => {
    const credential = { kind: 'key', privateKey: 'not a key' } as const;
    await expectFailure(transport.exec(sshd.target({ credential }), 'true', options), 'credential', 'connect');
  });

  test('says that nothing listens', async () => {
    await expectFailure(transport.exec(sshd.target({ port: await freePort() }), 'true', options), 'refused', 'connect');
  });

  test('says that a name has no address', async () => {
    await expectFailure(
      transport.exec(sshd.target({ host: 'no-such-name.invalid' }), 'true', options),
      'unresolved',
      'connect',
    );
  });

  test.each([
    ['says nothing', saysNothing, ['timeout']],
    ['never stops greeting', neverStopsGreeting, ['protocol', 'timeout']],
    ['never ends its line', neverEndsItsLine, ['protocol', 'timeout']],
    ['speaks another protocol', speaksHttp, ['protocol', 'closed']],
  ] as const)('gives up on a server that %s', async (_, behave, kinds) => {
    await using rude = await startRudeServer(behave);
    await using hurried = make({ connectTimeoutMs: 1_500, handshakeTimeoutMs: 1_500 });
    const error: unknown = await hurried
      .exec(sshd.target({ port: rude.port }), 'true', options)
      .catch((caught: unknown) => caught);
    expect(kinds).toContain(kindOf(error));
  });

  test('tells a server that answers no more from one that is busy with what runs on it', async () => {
    await using server = await startLoopbackSshd();
    await using own = make();
    const phaseOfWaiting = async (): Promise<unknown> => {
      const error: unknown = await own
        .exec(server.target(), 'true', { ...options, timeoutMs: 2_500 })
        .catch((thrown: unknown) => thrown);
      return error instanceof SshFailure ? [error.kind, error.detail.phase, error.mayHaveRun] : error;
    };
    const enough = new AbortController();
    const holding = Array.from({ length: 4 }, () =>
      own.exec(server.target(), 'sleep 25', { ...options, signal: enough.signal }).catch(() => undefined),
    );
    expect(await phaseOfWaiting()).toEqual(['timeout', 'queue', false]);
    await server.freeze();
    expect(await phaseOfWaiting()).toEqual(['timeout', 'silent', false]);
    await server.thaw();
    enough.abort();
    await Promise.all(holding);
    expect((await own.exec(server.target(), 'echo well', options)).stdout.toString()).toBe('well\n');
  });

  test('says that the connection was lost in the middle, and uses a new one afterwards', async () => {
    const first = await startLoopbackSshd();
    const target = first.target();
    let crash: Promise<void> | undefined;
    const onOutput = (): void => void (crash ??= first.crash());
    const failure = await expectFailure(
      transport.exec(target, 'echo on; sleep 20', { ...options, onOutput }),
      'closed',
      'command',
    );
    expect(failure.mayHaveRun).toBe(true);
    await crash;
    await expectFailure(transport.exec(target, 'true', options), 'refused', 'connect');
    await first[Symbol.asyncDispose]();
  });

  test('reaches a server by IPv6', async () => {
    await using six = await startLoopbackSshd({ address: '::1' });
    const result = await transport.exec(six.target(), 'echo six', options);
    expect(result.stdout.toString()).toBe('six\n');
  });

  test('works with a server that allows a single session', async () => {
    await using narrow = await startLoopbackSshd({ config: ['MaxSessions 1'] });
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, index) => transport.exec(narrow.target(), `sleep 0.1; echo ${index}`, options)),
    );
    expect(all.map((result) => result.exitCode)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('carries a detached step', async () => {
    const place = { transport, target: sshd.target(), step: { runId: `r${Date.now()}`, stepId: 's' } };
    await startStep(place, { command: 'echo out; echo err >&2; exit 5', parameters: {}, outputLimitBytes: 10_000 });
    const chunks: Buffer[] = [];
    const report = await attachStep(place, 0, (chunk) => void chunks.push(chunk));
    expect(report).toMatchObject({ state: 'ended', exitCode: 5 });
    expect(Buffer.concat(chunks).toString()).toBe('out\nerr\n');
    await removeStep(place);
  });

  test('gives up waiting for a place when the time is over', async () => {
    const target = sshd.target();
    const abort = new AbortController();
    const long = Array.from({ length: 4 }, () =>
      transport.exec(target, 'sleep 30', { ...options, signal: abort.signal }).catch(() => undefined),
    );
    await new Promise((done) => setTimeout(done, 500));
    await expectFailure(transport.exec(target, 'true', { ...options, timeoutMs: 500 }), 'timeout', 'queue');
    abort.abort();
    await Promise.all(long);
    const result = await transport.exec(target, 'echo free', options);
    expect(result.stdout.toString()).toBe('free\n');
  });
});

/** Expects one kind of failure in one phase, and gives it back. */
async function expectFailure(work: Promise<unknown>, kind: SshFailureKind, phase: string): Promise<SshFailure> {
  const error: unknown = await work.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (!(error instanceof SshFailure)) throw new Error(`expected a failure of kind ${kind}`, { cause: error });
  expect({ kind: error.kind, phase: error.detail.phase, reason: error.detail.reason }).toMatchObject({ kind, phase });
  return error;
}

function kindOf(error: unknown): string {
  return error instanceof SshFailure ? error.kind : String(error);
}
