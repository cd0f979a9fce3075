import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attachStep, readStep, removeStep, startStep, stopStep, type StepPlace } from './detached-step.ts';
import { stepScript } from './detached-step-script.ts';
import { Ssh2Transport } from './ssh2-transport.ts';
import { startLoopbackSshd, type LoopbackSshd } from './testing/loopback-sshd.ts';
import { survivors } from './testing/survivors.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let sshd: LoopbackSshd;
let transport: Ssh2Transport;

beforeAll(async () => {
  sshd = await startLoopbackSshd();
  transport = new Ssh2Transport();
});
afterAll(async () => {
  await transport[Symbol.asyncDispose]();
  await sshd[Symbol.asyncDispose]();
});

const limit = { parameters: {}, outputLimitBytes: 1_000_000 };
const asRoot = process.getuid?.() === 0;

/** A step that no other test has. */
function place(stepId = 's1'): StepPlace {
  return { transport, target: sshd.target(), step: { runId: `r${randomBytes(6).toString('hex')}`, stepId } };
}

function folderOf({ step }: StepPlace): string {
  return join(sshd.home, '.vigie', 'steps', `${step.runId}.${step.stepId}`);
}

/** Everything a step says, from a byte on. */
async function readAll(at: StepPlace, fromByte = 0): Promise<{ text: string; state: string }> {
  const chunks: Buffer[] = [];
  const report = await attachStep(at, fromByte, (chunk) => void chunks.push(chunk));
  return { text: Buffer.concat(chunks).toString(), state: report.state };
}

describe('a detached step', () => {
  test('runs, hands over its output and ends with its true exit code', async () => {
    const at = place();
    const { launched } = await startStep(at, { ...limit, command: 'echo out; echo err >&2; exit 7' });
    expect(launched).toBe(true);
    expect((await readAll(at)).text).toBe('out\nerr\n');
    expect(await readStep(at)).toMatchObject({ state: 'ended', exitCode: 7, outputBytes: 8, outputCut: 'no' });
  });

  test('is not run twice: starting it again finds it', async () => {
    const at = place();
    const command = `echo ran >>${sshd.home}/twice; sleep 1`;
    const both = await Promise.all(Array.from({ length: 6 }, () => startStep(at, { ...limit, command })));
    expect(both.filter(({ launched }) => launched).length).toBe(1);
    await readAll(at);
    const again = await startStep(at, { ...limit, command });
    expect(again).toMatchObject({ launched: false, report: { state: 'ended', exitCode: 0 } });
    expect(await readFile(join(sshd.home, 'twice'), 'utf8')).toBe('ran\n');
  });

  test('goes on when its controller is killed; another reads on at the right byte', async () => {
    const at = place();
    const command = `for i in 1 2 3 4 5 6 7 8 9 10; do echo line $i; echo line $i >>${sshd.home}/lines; sleep 0.2; done; exit 7`;
    const { runId, stepId } = at.step;
    const program = fileURLToPath(new URL('testing/step-controller.ts', import.meta.url));
    const controller = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
    const order = [sshd.port, sshd.hostKeys[0], sshd.privateKey, runId, stepId, command];
    controller.stdin.end(order.join('\0'));
    let received = '';
    let printed = '';
    const killed = new Promise((resolve) => controller.once('exit', (_, signal) => resolve(signal)));
    controller.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      received = chunksIn(printed);
      if (received.includes('line 3')) controller.kill('SIGKILL');
    });
    expect(await killed).toBe('SIGKILL');
    expect((await readStep(at)).state).toBe('running');
    const rest = await readAll(at, Buffer.byteLength(received));
    const all = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');
    expect(received + rest.text).toBe(all);
    expect(await readFile(join(sshd.home, 'lines'), 'utf8')).toBe(all);
    expect(await readStep(at)).toMatchObject({ state: 'ended', exitCode: 7 });
  });

  test('goes on when its connection and the SSH server die', async () => {
    const first = await startLoopbackSshd();
    const at: StepPlace = { ...place(), target: first.target() };
    await startStep(at, { ...limit, command: 'echo before; sleep 1; echo after' });
    const broken = attachStep(at, 0, () => void first.crash());
    await expect(broken).rejects.toMatchObject({ kind: 'closed' });
    await using second = await startLoopbackSshd({ port: first.port, config: [`SetEnv HOME=${first.home}`] });
    const found: StepPlace = { ...at, target: { ...second.target(), port: first.port } };
    expect((await readAll(found)).text).toBe('before\nafter\n');
    await first[Symbol.asyncDispose]();
  });

  test('stops with everything it started, also what ignores being asked', async () => {
    const at = place();
    const mark = `7${randomBytes(3).readUIntBE(0, 3)}`;
    const command = `trap '' TERM; (sleep ${mark} & sleep ${mark}) & sh -c 'trap "" TERM; sleep ${mark}; sleep ${mark}' & echo up; wait; sleep ${mark}`;
    await startStep(at, { ...limit, command });
    await expect.poll(() => survivors(`sleep ${mark}`)).toBe(3);
    const stopped = await stopStep(at, 0.5);
    expect(stopped).toMatchObject({ survivors: 0, report: { state: 'ended', stopRequested: true, exitCode: 137 } });
    expect(survivors(`sleep ${mark}`)).toBe(0);
    expect((await readAll(at)).text).toBe('up\n');
  });

  test('stops kindly when it obeys, and its last words are kept', async () => {
    const at = place();
    await startStep(at, { ...limit, command: `trap 'echo bye; exit 5' TERM; echo up; while :; do sleep 0.1; done` });
    await expect
      .poll(async () => (await readStep(at)).state === 'running' && (await stat(join(folderOf(at), 'ran/out'))).size)
      .toBe(3);
    const { report } = await stopStep(at, 5);
    expect(report).toMatchObject({ state: 'ended', exitCode: 5, stopRequested: true });
    expect((await readAll(at)).text).toMatch(/^up\n(Terminated\n)?bye\n$/);
  });

  test('that was never started will not start after a stop', async () => {
    const at = place();
    await mkdir(folderOf(at), { recursive: true, mode: 0o700 });
    await stopStep(at, 1);
    const { launched, report } = await startStep(at, { ...limit, command: 'echo ran' });
    expect(launched).toBe(false);
    expect(report).toMatchObject({ state: 'ended', exitCode: 143, stopRequested: true });
  });

  test('whose asking broke off before anything ran is told apart, and can be started', async () => {
    const at = place();
    expect(await readStep(at)).toEqual({ state: 'absent' });
    await mkdir(folderOf(at), { recursive: true, mode: 0o700 });
    expect(await readStep(at)).toEqual({ state: 'unstarted' });
    expect((await startStep(at, { ...limit, command: 'echo now' })).launched).toBe(true);
    expect((await readAll(at)).text).toBe('now\n');
  });

  test('that was claimed by a runner which died at once is lost, and not begun', async () => {
    const at = place();
    const ran = join(folderOf(at), 'ran');
    await mkdir(ran, { recursive: true, mode: 0o700 });
    await writeFile(join(ran, 'out'), '');
    for (const name of ['owner', 'code', 'stop']) await writeFile(join(ran, name), '-'.padEnd(127) + '\n');
    await writeFile(join(ran, 'relay'), 'open'.padEnd(127) + '\n');
    expect(await startStep(at, { ...limit, command: 'echo ran' })).toMatchObject({
      launched: false,
      report: { state: 'lost', begun: false },
    });
  });

  test('that is killed whole is lost, and not run again', async () => {
    const at = place();
    const mark = `6${randomBytes(3).readUIntBE(0, 3)}`;
    await startStep(at, { ...limit, command: `echo up; sleep ${mark}` });
    const [owner = ''] = (await readFile(join(folderOf(at), 'ran/owner'), 'utf8')).split(' ');
    process.kill(-Number(owner), 'SIGKILL');
    expect(await readAll(at)).toEqual({ text: 'up\n', state: 'lost' });
    const again = await startStep(at, { ...limit, command: 'echo again' });
    expect(again).toMatchObject({ launched: false, report: { state: 'lost', begun: true, rebooted: false } });
  });

  test('is lost when the target restarted in the middle, even if its number lives again', async () => {
    const at = place();
    await startStep(at, { ...limit, command: 'sleep 5' });
    const file = join(folderOf(at), 'ran/owner');
    const owner = await readFile(file, 'utf8');
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    await writeFile(file, owner.replace(boot, '00000000-0000-0000-0000-000000000000'));
    expect(await readStep(at)).toMatchObject({ state: 'lost', rebooted: true });
    await writeFile(file, owner);
    await stopStep(at, 1);
  });

  test('is lost, too, when an orderly shutdown ended it with a signal', async () => {
    const at = place();
    await startStep(at, { ...limit, command: 'kill -TERM $$' });
    await readAll(at);
    expect(await readStep(at)).toMatchObject({ state: 'ended', exitCode: 143 });
    const file = join(folderOf(at), 'ran/owner');
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const owner = await readFile(file, 'utf8');
    await writeFile(file, owner.replace(boot, '00000000-0000-0000-0000-000000000000'));
    expect(await readStep(at)).toMatchObject({ state: 'lost', rebooted: true, begun: true });
  });

  test('keeps its result when the target restarts after its end', async () => {
    const at = place();
    await startStep(at, { ...limit, command: 'exit 3' });
    await readAll(at);
    const file = join(folderOf(at), 'ran/owner');
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    await writeFile(file, (await readFile(file, 'utf8')).replace(boot, '00000000-0000-0000-0000-000000000000'));
    expect(await readStep(at)).toMatchObject({ state: 'ended', exitCode: 3 });
  });

  test('takes parameters literally, whatever they hold', async () => {
    const at = place();
    const nasty = `a'b"c$(touch ${sshd.home}/pwned)\`id\`\\ \n é; rm -rf x`;
    await startStep(at, {
      ...limit,
      parameters: { NASTY: nasty, EMPTY: '' },
      command: 'printf %s "$NASTY"; printf "[%s]" "$EMPTY"',
    });
    expect((await readAll(at)).text).toBe(`${nasty}[]`);
    expect(await readdir(sshd.home)).not.toContain('pwned');
    await expect(startStep(at, { ...limit, parameters: { 'A;B': 'x' }, command: 'true' })).rejects.toThrow(RangeError);
  });

  test('shows a secret neither in the process list nor in a file that stays', async () => {
    const at = place();
    const secret = `s${randomBytes(12).toString('hex')}`;
    await startStep(at, { ...limit, parameters: { SECRET: secret }, command: 'echo up; sleep 1; test -n "$SECRET"' });
    expect(execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' })).not.toContain(secret);
    expect((await stat(folderOf(at))).mode & 0o077).toBe(0);
    expect(await filesHolding(folderOf(at), secret)).toEqual([]);
    await readAll(at);
    expect(await readStep(at)).toMatchObject({ exitCode: 0 });
  });

  test('runs as root when it is to, with its parameters and its own exit code', async () => {
    const at = place();
    const command = 'id -u; printf %s "$WHO"; cat; exit 4';
    await startStep(at, { ...limit, elevated: true, parameters: { WHO: "o'neil $x" }, command });
    expect((await readAll(at)).text).toBe("0\no'neil $x");
    expect(await readStep(at)).toMatchObject({ exitCode: 4 });
  });

  test('passes binary output unchanged', async () => {
    const at = place();
    await startStep(at, {
      ...limit,
      command: String.raw`i=0; while [ $i -lt 256 ]; do printf "\\$(printf %o $i)"; i=$((i+1)); done`,
    });
    const chunks: Buffer[] = [];
    await attachStep(at, 0, (chunk) => void chunks.push(chunk));
    expect(Array.from(Buffer.concat(chunks))).toEqual(Array.from({ length: 256 }, (_, index) => index));
  });

  test('keeps only as much output as allowed, and still runs to its end', async () => {
    const at = place();
    await startStep(at, { parameters: {}, outputLimitBytes: 65_536, command: 'head -c 5000000 /dev/zero; exit 9' });
    const chunks: Buffer[] = [];
    const report = await attachStep(at, 0, (chunk) => void chunks.push(chunk));
    expect(Buffer.concat(chunks).length).toBe(65_536);
    expect(report).toMatchObject({ state: 'ended', exitCode: 9, outputCut: 'limit', outputBytes: 65_536 });
  });

  test('hands over a large output whole', async () => {
    const at = place();
    await startStep(at, { parameters: {}, outputLimitBytes: 30_000_000, command: 'head -c 20000000 /dev/zero' });
    let bytes = 0;
    await attachStep(at, 0, (chunk, atByte) => {
      expect(atByte).toBe(bytes);
      bytes += chunk.length;
    });
    expect(bytes).toBe(20_000_000);
  });

  test('ends when its command ends, even if something it started keeps the output open', async () => {
    const at = place();
    const mark = `5${randomBytes(3).readUIntBE(0, 3)}`;
    await startStep(at, { ...limit, command: `sleep ${mark} & echo $!` });
    const { text, state } = await readAll(at);
    expect(state).toBe('ended');
    expect(survivors(`sleep ${mark}`)).toBe(1);
    process.kill(Number(text), 'SIGKILL');
  });

  test('has an empty input, its home as folder and the umask of the account', async () => {
    const at = place();
    await startStep(at, { ...limit, command: 'cat; pwd; umask' });
    expect((await readAll(at)).text).toBe(`${sshd.home}\n0022\n`);
  });

  test('leaves nothing after being removed, but stays while it runs', async () => {
    const at = place();
    await startStep(at, { ...limit, command: 'sleep 60' });
    expect(await removeStep(at)).toMatchObject({ state: 'running' });
    await stopStep(at, 1);
    expect(await removeStep(at)).toEqual({ state: 'absent' });
    expect(await readdir(join(sshd.home, '.vigie/steps'))).not.toContain(`${at.step.runId}.${at.step.stepId}`);
  });

  test('refuses names that are not plain', async () => {
    await expect(readStep({ ...place(), step: { runId: '../x', stepId: 's' } })).rejects.toThrow(RangeError);
  });

  test('a request that arrives only in part does nothing', async () => {
    const at = place();
    const script = stepScript(at.step, { verb: 'start', script: 'echo ran', outputLimitBytes: 10_000 });
    for (const share of [0.2, 0.5, 0.8, 0.95, 0.999]) {
      const part = script.slice(0, Math.floor(script.length * share));
      await transport.exec(at.target, '/bin/sh', { stdin: part, timeoutMs: 10_000, maxOutputBytes: 10_000 });
    }
    expect(await readStep(at)).toEqual({ state: 'absent' });
  });
});

describe('where a step is kept', () => {
  test('is /var/tmp when the account has no home, and it is found there again', async () => {
    await using homeless = await startLoopbackSshd({ config: ['SetEnv HOME=/nonexistent'] });
    const at: StepPlace = { ...place(), target: homeless.target() };
    await startStep(at, { ...limit, command: 'echo there' });
    expect((await readAll(at)).text).toBe('there\n');
    const spare = `/var/tmp/vigie-${userInfo().uid}`;
    expect(await readdir(join(spare, 'steps'))).toContain(`${at.step.runId}.s1`);
    expect((await stat(spare)).mode & 0o077).toBe(0);
    await removeStep(at);
  });

  test.runIf(asRoot)('is not a home of which the disk is full: refused before anything runs', async () => {
    await using full = await smallDisk('64k');
    await writeFile(join(full.folder, 'filler'), Buffer.alloc(65_536)).catch(() => undefined);
    const at: StepPlace = { ...place(), target: full.sshd.target() };
    await expect(startStep(at, { ...limit, command: 'echo ran' })).rejects.toMatchObject({ kind: 'no-room' });
  });

  test.runIf(asRoot)('may fill up in the middle: output is cut, the exit code is not lost', async () => {
    await using full = await smallDisk('512k');
    const at: StepPlace = { ...place(), target: full.sshd.target() };
    await startStep(at, {
      ...limit,
      command: `head -c 2000000 /dev/zero >${full.folder}/filler; head -c 600000 /dev/zero; exit 3`,
    });
    await readAll(at);
    expect(await readStep(at)).toMatchObject({ state: 'ended', exitCode: 3, outputCut: 'no-room' });
  });
});

/** A home on a disk of its own that is soon full. */
async function smallDisk(size: string): Promise<{ folder: string; sshd: LoopbackSshd } & AsyncDisposable> {
  const folder = join(sshd.folder, `disk-${randomBytes(4).toString('hex')}`);
  await mkdir(folder);
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'vigie-test', folder]);
  await chmod(folder, 0o700);
  const own = await startLoopbackSshd({ config: [`SetEnv HOME=${folder}`] });
  return {
    folder,
    sshd: own,
    async [Symbol.asyncDispose]() {
      await own[Symbol.asyncDispose]();
      execFileSync('umount', ['-l', folder]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The text of all whole chunks a controller printed. */
function chunksIn(printed: string): string {
  const lines = printed.split('\n').slice(0, -1);
  return lines.map((line) => textOf(JSON.parse(line))).join('');
}

function textOf(chunk: unknown): string {
  return typeof chunk === 'object' && chunk !== null && 'text' in chunk ? String(chunk.text) : '';
}

/** Files below a folder that hold a text. */
async function filesHolding(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(files.map(async (file) => ({ file, held: await readFile(file, 'utf8') })));
  return contents.filter(({ held }) => held.includes(text)).map(({ file }) => file);
}
