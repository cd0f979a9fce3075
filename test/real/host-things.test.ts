import { spawn } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { startLoopbackSshd } from '#ssh/testing/loopback-sshd.ts';

const sshd = await startLoopbackSshd();
const transport = new Ssh2Transport();
const folder = mkdtempSync(join(tmpdir(), 'vigie-things-'));
const ssh = { transport, target: sshd.target() };
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

interface Memories {
  readonly memory?: RunMemory;
  readonly kept?: RunMemory;
}
const run = (kind: string, settings: Record<string, unknown>, memories: Memories = {}) =>
  runOnce(kind, settings, '127.0.0.1', { timeoutMs: 10_000, ssh, ...memories });

const sleeping = async () => (await run('process', { name: 'sleep', pattern: '\\b4747$' })).verdict;

describe('processes', () => {
  test('are counted by name, command line and user', async () => {
    const sleeper = spawn('/bin/sleep', ['4747']);
    try {
      const settings = { name: 'sleep', pattern: '\\b4747$', user: userInfo().username };
      const result = await run('process', settings);
      expect(result).toMatchObject({ verdict: 'up', reason: { code: 'running', data: { count: 1 } } });
      expect(result.output).toContain('sleep 4747');
      expect((await run('process', { ...settings, least: 2 })).reason.code).toBe('tooFew');
      expect((await run('process', { ...settings, user: 'nobody' })).verdict).toBe('down');
    } finally {
      sleeper.kill('SIGKILL');
    }
    // What was killed may still be on its way out.
    await expect.poll(sleeping, { timeout: 10_000, interval: 100 }).toBe('down');
  });

  test('do not count the question itself', async () => {
    expect((await run('process', { name: '', pattern: 'cputimes=' })).reason).toMatchObject({ data: { count: 0 } });
  });

  test('are judged by memory, number and age, and measured', async () => {
    const memory = new RunMemory();
    const settings = { name: 'sshd', memoryDownMiB: 1 };
    expect((await run('process', settings, { memory })).reason.code).toBe('memoryHigh');
    expect((await run('process', { name: 'sshd', most: 1 }, { memory })).metrics.map(({ name }) => name)).toContain(
      'cpu',
    );
  });
});

describe('a file', () => {
  const path = join(folder, 'a file; with $(odd) name');

  test('is judged by presence, age, size and content', async () => {
    expect((await run('file', { path })).reason.code).toBe('absent');
    expect((await run('file', { path, presence: 'absent' })).verdict).toBe('up');
    writeFileSync(path, 'state: good\nlast line\n');
    expect(await run('file', { path })).toMatchObject({ verdict: 'up', reason: { data: { bytes: 22 } } });
    expect((await run('file', { path, presence: 'absent' })).reason.code).toBe('present');
    expect((await run('file', { path, contentPattern: '^state: good$', contentAbsent: 'error' })).verdict).toBe('up');
    expect((await run('file', { path, contentPattern: 'state: bad' })).reason.code).toBe('patternMissing');
    expect((await run('file', { path, contentAbsent: 'last' })).reason.code).toBe('patternFound');
    expect((await run('file', { path, sizeMin: 100 })).reason.code).toBe('tooSmall');
    expect((await run('file', { path, sizeMax: 5 })).reason.code).toBe('tooLarge');
    utimesSync(path, 1_000_000_000, 1_000_000_000);
    expect((await run('file', { path, ageMaxMinutes: 5 })).reason.code).toBe('tooOld');
  });

  test('that changes its content is told, also after a restart', async () => {
    const kept = new RunMemory();
    const settings = { path, warnChanged: true };
    expect((await run('file', settings, { kept })).verdict).toBe('up');
    appendFileSync(path, 'more');
    const restarted = new RunMemory(kept.toJSON());
    expect(await run('file', settings, { kept: restarted })).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'changed' },
    });
  });

  test('whose changed content was accepted is up again', async () => {
    const kept = new RunMemory();
    for (const warnChanged of [true, false, true]) {
      appendFileSync(path, 'again');
      expect((await run('file', { path, warnChanged }, { kept })).verdict).toBe('up');
    }
  });

  test.each(['/dev/zero', '/dev/null'])('such as %s does no harm', async (device) => {
    const result = await run('file', { path: device, contentPattern: 'x', warnChanged: true });
    expect(['up', 'down', 'unknown']).toContain(result.verdict);
    expect(result.durationMs).toBeLessThan(9_000);
  });
});

describe('a folder', () => {
  test('is judged by number and by its newest file', async () => {
    const path = join(folder, 'dumps');
    mkdirSync(path);
    expect((await run('file', { path, ageMaxMinutes: 5 })).reason.code).toBe('folderEmpty');
    for (const [name, age] of [
      ['old.dump', 7_200],
      ['new.dump', 600],
      ['new.log', 0],
    ] as const) {
      writeFileSync(join(path, name), 'x'.repeat(10));
      const at = Math.floor(performance.timeOrigin / 1000) - age;
      utimesSync(join(path, name), at, at);
    }
    const settings = { path, namePattern: '*.dump' };
    const result = await run('file', settings);
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'folderWell', data: { files: 2, bytes: 20 } } });
    expect((await run('file', { ...settings, ageMaxMinutes: 5 })).reason).toMatchObject({
      code: 'tooOld',
      data: { name: 'new.dump' },
    });
    expect((await run('file', { ...settings, leastFiles: 3 })).reason.code).toBe('tooFewFiles');
    expect((await run('file', { path, mostFiles: 2 })).reason.code).toBe('tooManyFiles');
    expect((await run('file', { path, namePattern: '*.lock', presence: 'absent' })).verdict).toBe('up');
  });
});

describe('a log', () => {
  const path = join(folder, 'app.log');
  const settings = { path, include: ['error', 'FATAL'], exclude: ['error: 0'], downFrom: 4 };

  test('is read from where it was left, over restarts, rotation and truncation', async () => {
    writeFileSync(path, 'error of yesterday\n');
    const kept = new RunMemory();
    const memory = new RunMemory();
    const look = () => run('log', settings, { kept, memory });
    expect(await look()).toMatchObject({ verdict: 'up', reason: { code: 'quiet', data: { count: 0 } } });
    appendFileSync(path, 'all good\nerror: 0 found\nan error occurred\nhalf a line with err');
    const found = await look();
    expect(found).toMatchObject({
      verdict: 'degraded',
      reason: { code: 'found', data: { count: 1, last: 'an error occurred' } },
    });
    expect(found.metrics).toContainEqual({ name: 'lines', unit: 'count', value: 3 });
    // The re-check finds nothing new and must say the same.
    expect(await look()).toMatchObject({ verdict: 'degraded', reason: { data: { count: 1 } } });
    appendFileSync(path, 'or\n');
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'FATAL in the new file\n');
    const restarted = new RunMemory(kept.toJSON());
    const rotated = await run('log', settings, { kept: restarted, memory });
    expect(rotated).toMatchObject({ verdict: 'degraded', reason: { data: { count: 3 } } });
    expect(rotated.output).toContain('half a line with error');
    truncateSync(path, 0);
    appendFileSync(path, 'error\n');
    expect(await run('log', settings, { kept: restarted, memory })).toMatchObject({
      verdict: 'down',
      reason: { data: { count: 4 } },
    });
  });

  test('is not taken for another that the check is pointed at', async () => {
    const kept = new RunMemory();
    const other = join(folder, 'other.log');
    writeFileSync(other, 'error of long ago\n');
    await run('log', settings, { kept });
    appendFileSync(path, 'error\n');
    expect((await run('log', settings, { kept })).verdict).toBe('degraded');
    expect(await run('log', { ...settings, path: other }, { kept })).toMatchObject({
      verdict: 'up',
      reason: { data: { count: 0 } },
    });
  });

  test('that grows too fast is skipped forward, and says so', async () => {
    const kept = new RunMemory();
    const large = join(folder, 'large.log');
    writeFileSync(large, '');
    const quiet = { path: large, include: ['never'] };
    await run('log', quiet, { kept });
    appendFileSync(large, 'a line of a burst\n'.repeat(1_000_000));
    const result = await run('log', quiet, { kept });
    expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'skipped' } });
    expect((await run('log', quiet, { kept })).verdict).toBe('up');
  });

  test('that is binary, or one line without end, is borne', async () => {
    const kept = new RunMemory();
    const odd = join(folder, 'odd.log');
    writeFileSync(odd, '');
    await run('log', { path: odd }, { kept });
    appendFileSync(odd, Buffer.alloc(3_000_000, 0));
    for (let times = 0; times < 4; times += 1)
      expect((await run('log', { path: odd }, { kept })).durationMs).toBeLessThan(9_000);
    appendFileSync(odd, 'x\n');
    expect((await run('log', { path: odd, windowMinutes: 1 }, { kept })).verdict).toBe('degraded');
  });

  test('that is missing is down; without a journal it is unknown', async () => {
    expect((await run('log', { path: '/no/such/log' })).reason.code).toBe('absent');
    expect((await run('log', { path: folder })).reason.code).toBe('unreadable');
    expect(['noJournal', 'quiet']).toContain((await run('log', { source: 'journal' })).reason.code);
  });
});

test.each(['process', 'file', 'log'])('%s without access is unknown', async (kind) => {
  expect(await runOnce(kind, {})).toMatchObject({ verdict: 'unknown', reason: { code: 'accessMissing' } });
});
