import { afterAll, describe, expect, test } from 'vitest';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { startLoopbackSshd } from '#ssh/testing/loopback-sshd.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { containsPattern, numberAfter } from './read-output.ts';

const sshd = await startLoopbackSshd();
const transport = new Ssh2Transport();
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
});

const run = (settings: Record<string, unknown>, timeoutMs = 20_000, changes = {}) =>
  runOnce('ssh-command', settings, '127.0.0.1', { timeoutMs, ssh: { transport, target: sshd.target(changes) } });

describe('a command', () => {
  test('that ends well is up', async () => {
    expect(await run({ command: 'echo done' })).toMatchObject({
      verdict: 'up',
      output: 'done\n',
      reason: { code: 'succeeded' },
    });
  });

  test('that ends otherwise is down, with what it wrote', async () => {
    const result = await run({ command: 'echo "no such pool" >&2; exit 3' });
    expect(result).toMatchObject({
      verdict: 'down',
      output: 'no such pool\n',
      reason: { code: 'otherExit', data: { exit: 3, expected: 0 } },
    });
    expect((await run({ command: 'exit 3', expectExit: 3 })).verdict).toBe('up');
  });

  test('has to write what is expected', async () => {
    expect((await run({ command: 'echo pool tank: ONLINE', outputPattern: 'pool * ONLINE' })).verdict).toBe('up');
    expect((await run({ command: 'echo pool tank: DEGRADED', outputPattern: 'pool * ONLINE' })).reason.code).toBe(
      'patternMissing',
    );
  });

  test('gives a number that is measured and judged', async () => {
    const settings = { command: 'echo queue length 42', numberAfter: 'length', numberWarn: 40, numberDown: 100 };
    const result = await run(settings);
    expect(result).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'numberAbove', data: { value: 42, limit: 40 } },
    });
    expect(result.metrics).toContainEqual({ name: 'value', unit: 'number', value: 42 });
    expect((await run({ ...settings, numberDirection: 'below', numberWarn: null })).verdict).toBe('down');
    expect((await run({ ...settings, command: 'echo none' })).reason.code).toBe('numberMissing');
    expect((await run({ ...settings, numberAfter: '' })).reason.code).toBe('numberAbove');
  });

  test('that does not end is down when the time is up', async () => {
    expect(await run({ command: 'sleep 30' }, 500)).toMatchObject({ verdict: 'down', reason: { code: 'sshTimeout' } });
  });

  test('that writes without end is bounded', async () => {
    const result = await run({ command: 'yes | head -c 3000000' });
    expect(result.verdict).toBe('up');
    expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8192);
  });
});

test('a host that freezes is down for everything that is asked of it, also for what waits for its turn', async () => {
  await using frozen = await startLoopbackSshd();
  await using own = new Ssh2Transport();
  const ask = () =>
    runOnce('ssh-command', { command: 'true' }, '127.0.0.1', {
      timeoutMs: 3_000,
      ssh: { transport: own, target: frozen.target() },
    });
  expect((await ask()).verdict).toBe('up');
  await frozen.freeze();
  for (let round = 0; round < 2; round += 1) {
    const results = await Promise.all(Array.from({ length: 6 }, ask));
    expect(results.map(({ verdict }) => verdict)).toEqual(Array.from({ length: 6 }, () => 'down'));
  }
  const { reason } = await ask();
  expect(reason).toEqual({ code: 'sshTimeout', data: { host: '127.0.0.1', phase: 'silent' } });
  await frozen.thaw();
  expect((await ask()).verdict).toBe('up');
});

test('a host without access is unknown', async () => {
  expect(await runOnce('ssh-command', {})).toMatchObject({ verdict: 'unknown', reason: { code: 'accessMissing' } });
});

test('a host whose key was not accepted is unknown', async () => {
  expect((await run({}, 5_000, { hostKeys: [] })).reason).toMatchObject({
    code: 'sshHostKey',
    data: { changed: false },
  });
});

test('patterns and numbers are read without regular expressions of the user', () => {
  expect(containsPattern('one\ntwo three\n', 'two*three')).toBe(true);
  expect(containsPattern('two\nthree', 'two*three')).toBe(false);
  expect(containsPattern('ab', 'b*a')).toBe(false);
  expect(numberAfter('load average: 0.52, 0.3', 'average:')).toBe(0.52);
  expect(numberAfter('-7 down', '*')).toBe(-7);
  expect(numberAfter('nothing', '*')).toBeUndefined();
});
