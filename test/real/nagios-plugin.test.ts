import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { listen } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';

const folder = await mkdtemp(join(tmpdir(), 'vigie-plugins-'));
await chmod(folder, 0o755);
const web = createServer((_request, response) => response.end('hello'));
const port = await listen(web);
afterAll(async () => {
  web.close();
  await rm(folder, { recursive: true, force: true });
});

const debian = (name: string, ...words: string[]) => ({ program: `/usr/lib/nagios/plugins/${name}`, arguments: words });
const run = (settings: Record<string, unknown>, timeoutMs = 10_000, memory = new RunMemory()) =>
  runOnce('nagios-plugin', settings, '127.0.0.1', { timeoutMs, memory });

/** A plugin written for the test, a shell script. */
async function plugin(name: string, text: string): Promise<{ program: string; arguments: string[] }> {
  const program = join(folder, name);
  await writeFile(program, `#!/bin/sh\n${text}\n`);
  await chmod(program, 0o755);
  return { program, arguments: [] };
}

describe('Debian’s plugins', () => {
  test('give their verdict, words and values', async () => {
    const up = await run(debian('check_http', '-H', '{address}', '-p', String(port), '-s', 'hello'));
    expect(up).toMatchObject({ verdict: 'up', reason: { code: 'said' } });
    expect(up.metrics.map(({ name, unit }) => `${name} ${unit}`)).toEqual(['perf:time seconds', 'perf:size bytes']);
    expect((await run(debian('check_http', '-H', '{address}', '-p', String(port), '-s', 'gone'))).verdict).toBe('down');
    expect((await run(debian('check_http', '-H', '{address}', '-p', '1'))).verdict).toBe('down');
  });

  test.each([
    ['0', 'up'],
    ['1', 'degraded'],
    ['2', 'down'],
    ['3', 'unknown'],
  ])('that end with %s mean %s', async (code, verdict) => {
    expect(await run(debian('check_dummy', code, 'as asked'))).toMatchObject({ verdict });
  });

  test('measure the machine', async () => {
    const load = await run(debian('check_load', '-w', '1000,1000,1000', '-c', '2000,2000,2000'));
    expect(load.metrics.map(({ name }) => name)).toEqual(['perf:load1', 'perf:load5', 'perf:load15']);
    const disk = await run(debian('check_disk', '-w', '1', '-c', '0', '-p', '/'));
    expect(disk.metrics[0]).toMatchObject({ unit: 'bytes' });
    const processes = await run(debian('check_procs', '-c', '1:1'));
    expect(processes).toMatchObject({ verdict: 'down' });
  });
});

describe('a plugin', () => {
  test('gets its arguments as they are, with no shell and almost no environment', async () => {
    process.env['VIGIE_SECRET_OF_THE_SERVER'] = 'sesame';
    const settings = await plugin('words', 'echo "$# $1|$2"; env; exit 0');
    const result = await run({ ...settings, arguments: ['$(id); rm *', 'a b'] });
    delete process.env['VIGIE_SECRET_OF_THE_SERVER'];
    expect(result.reason.data).toEqual({ summary: '2 $(id); rm *' });
    expect(result.output).not.toContain('sesame');
  });

  test.runIf(process.getuid?.() === 0)('runs as nobody when Vigie is root', async () => {
    const settings = await plugin('who', 'id -un; id -G');
    expect((await run(settings)).output).toBe('nobody\n65534');
    expect((await run({ ...settings, user: 'no-such-user' })).reason.code).toBe('userUnknown');
  });

  test('names the value that is beyond its own limit', async () => {
    const settings = await plugin('limits', 'echo "CRITICAL | queue=42;10;40 other=1"; exit 2');
    expect(await run(settings)).toMatchObject({
      reason: { code: 'saidBecause', data: { label: 'queue', value: '42' } },
    });
  });

  test('counts, and its counters become rates', async () => {
    const memory = new RunMemory();
    const settings = await plugin('counter', 'echo "OK | hits=$(date +%s%N | cut -c1-13)c"');
    expect((await run(settings, 5_000, memory)).metrics).toEqual([]);
    await wait(30);
    const [rate] = (await run(settings, 5_000, memory)).metrics;
    expect(rate).toMatchObject({ name: 'rate:hits', unit: 'perSecond' });
  });

  test('does not show its secret', async () => {
    const settings = await plugin('secret', 'echo "sent $1"');
    const result = await run({ ...settings, arguments: ['{secret}'], secret: 'hunter2' });
    expect(result.output).toBe('sent ••••');
    expect(JSON.stringify(result.reason)).not.toContain('hunter2');
  });
});

describe('a bad plugin', () => {
  test('that hangs is killed with its children, also those that left its group', async () => {
    const settings = await plugin('hangs', `setsid sleep 4242 & sleep 4243 & sleep 4244`);
    expect(await run(settings, 700)).toMatchObject({ verdict: 'unknown', reason: { code: 'timedOut' } });
    await expect.poll(sleepers, soon).toBe(0);
  });

  test('that leaves a child behind does not keep us waiting', async () => {
    const settings = await plugin('leaves', 'sleep 4245 & echo done; exit 0');
    expect(await run(settings, 8_000)).toMatchObject({ verdict: 'up', reason: { data: { summary: 'done' } } });
    await expect.poll(sleepers, soon).toBe(0);
  });

  test('that writes without end is killed', async () => {
    const result = await run(await plugin('endless', 'exec yes'));
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'endless' } });
  });

  test('that writes binary is shown harmlessly', async () => {
    const result = await run(await plugin('binary', 'head -c 20000 /dev/urandom; exit 1'));
    expect(result.verdict).toBe('degraded');
    expect(Buffer.byteLength(result.output)).toBeLessThanOrEqual(8_192);
    expect(result.output).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  test.each([
    ['says nothing', 'exit 0', 'saidNothing'],
    ['ends strangely', 'echo hm; exit 77', 'strangeExit'],
    ['kills itself', 'kill -9 $$', 'killed'],
  ])('that %s is told', async (name, text, code) => {
    expect((await run(await plugin(name.replaceAll(' ', '-'), text))).reason.code).toBe(code);
  });

  test('that is not there, or no program, is told', async () => {
    expect((await run({ program: '/no/such/plugin', arguments: [] })).reason.code).toBe('programMissing');
    expect((await run({ program: '/etc/passwd', arguments: [] })).reason.code).toBe('programRefused');
  });

  test('is stopped when the check is', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 100);
    const settings = await plugin('stopped', 'sleep 4246');
    const result = await runOnce('nagios-plugin', settings, '127.0.0.1', { timeoutMs: 5_000, signal: stop.signal });
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'stopped' } });
    await expect.poll(sleepers, soon).toBe(0);
  });
});

/** What was killed may still be on its way out. */
const soon = { timeout: 10_000, interval: 100 };

/** How many processes of the bad plugins still live. */
async function sleepers(): Promise<number> {
  const settings = debian('check_procs', '-a', 'sleep 424', '-w', '1000');
  const { metrics } = await run(settings);
  return metrics[0]?.value ?? -1;
}
