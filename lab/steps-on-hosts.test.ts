import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachStep, readStep, startStep, stopStep, type StepPlace } from '#ssh/detached-step.ts';
import { scanHostKeys } from '#ssh/scan-host-keys.ts';
import { Ssh2Transport } from '#ssh/ssh2-transport.ts';
import { SshFailure } from '#ssh/ssh-failure.ts';
import type { StepReport } from '#ssh/step-report.ts';
import type { SshTarget } from '#ssh/transport.ts';
import { passageIn, type Passage } from './passage.ts';
import { startLab, type Lab } from './start-lab.ts';

/** Detached steps on a host with systemd, as an account that is not root: sessions, sudo, restarts and power cuts are real. */
const root = process.getuid?.() === 0;

describe.skipIf(!root)('a detached step on a real host', () => {
  let lab: Lab;
  let passage: Passage;
  let target: SshTarget;
  const transport = new Ssh2Transport();

  beforeAll(async () => {
    lab = await startLab({ hosts: ['web1'] });
    passage = await passageIn(lab, { host: lab.hosts.web1.address, port: 22 });
    const keys = await scanHostKeys({ host: '127.0.0.1', port: passage.port, timeoutMs: 10_000 });
    target = {
      host: '127.0.0.1',
      port: passage.port,
      user: 'vigie',
      hostKeys: keys.map(({ key }) => key),
      credential: { kind: 'key', privateKey: lab.sshKey.privateText },
    };
  });
  afterAll(async () => {
    await transport[Symbol.asyncDispose]();
    await passage?.[Symbol.asyncDispose]();
    await lab?.[Symbol.asyncDispose]();
  });

  const place = (stepId: string): StepPlace => ({ transport, target, step: { runId: 'lab', stepId } });
  const start = (stepId: string, command: string, elevated = false): Promise<unknown> =>
    startStep(place(stepId), { command, elevated, parameters: { who: "o'neil" }, outputLimitBytes: 100_000 });
  const follow = async (stepId: string): Promise<{ text: string; report: StepReport }> => {
    const chunks: Buffer[] = [];
    const report = await attachStep(place(stepId), 0, (chunk) => void chunks.push(chunk));
    return { text: Buffer.concat(chunks).toString(), report };
  };

  test('works as root by sudo, and restarts a service', async () => {
    await start('sudo', 'id -un; echo "$who"; systemctl restart nginx; systemctl is-active nginx', true);
    const { text, report } = await follow('sudo');
    expect(text).toBe("root\no'neil\nactive\n");
    expect(report).toMatchObject({ state: 'ended', exitCode: 0 });
  });

  test('stops what it started as root, also what ignores being asked', async () => {
    await start('stop', 'sleep 4321 & trap "" TERM; sleep 4322; sleep 4323', true);
    await expect.poll(() => sleepers()).toBe('2');
    expect(await stopStep(place('stop'), 1)).toMatchObject({ survivors: 0, report: { state: 'ended' } });
    expect(await sleepers()).toBe('0');
  });

  test.each(['web1-reboot', 'web1-power-cut'] as const)('is lost, and not run again, after %s', async (fault) => {
    await start(fault, 'echo before; sleep 600; echo after');
    await expect.poll(async () => (await readStep(place(fault))).state).toBe('running');
    await lab.breakThing(fault);
    await lab.mendThing(fault);
    await expect.poll(() => stateWhenReached(fault), { timeout: 60_000, interval: 300 }).toBe('lost');
    const { text, report } = await follow(fault);
    expect(text).toMatch(/^before\n/u);
    expect(report).toMatchObject({ state: 'lost', rebooted: true, begun: true });
    expect(
      await startStep(place(fault), { command: 'echo again', parameters: {}, outputLimitBytes: 1_000 }),
    ).toMatchObject({ launched: false, report: { state: 'lost' } });
  });

  async function sleepers(): Promise<string> {
    const result = await transport.exec(target, 'pgrep -x sleep | wc -l', { timeoutMs: 10_000, maxOutputBytes: 1_000 });
    return result.stdout.toString().trim();
  }

  async function stateWhenReached(stepId: string): Promise<string> {
    try {
      return (await readStep(place(stepId))).state;
    } catch (error) {
      if (error instanceof SshFailure) return error.kind;
      throw error;
    }
  }
});
