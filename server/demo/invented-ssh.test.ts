import { expect, test } from 'vitest';
import { systemClock } from '#platform/clock.ts';
import { attachStep, readStep, removeStep, startStep, stopStep } from '#ssh/detached-step.ts';
import type { SshTarget, SshTransport } from '#ssh/transport.ts';
import { hosts } from './company/hosts.ts';
import { InventedSsh } from './invented-ssh.ts';

const web = hosts.find(({ name }) => name === 'web-01');
const target: SshTarget = {
  host: web?.address ?? '',
  port: 22,
  user: 'vigie',
  hostKeys: [],
  credential: { kind: 'password', password: 'x' },
};

function invented() {
  const reached: string[] = [];
  const mended: string[] = [];
  const real: SshTransport = {
    async exec({ host }) {
      reached.push(host);
      const nothing = Buffer.from('');
      return { exitCode: 0, signal: null, stdout: nothing, stderr: nothing, truncated: false, durationMs: 1 };
    },
    [Symbol.asyncDispose]: async () => undefined,
  };
  const transport = new InventedSsh({ clock: systemClock, real, onWork: (address) => mended.push(address) });
  const place = (stepId: string) => ({ transport, target, step: { runId: 'run', stepId } });
  return { transport, place, reached, mended };
}

const command = { parameters: { unit: 'nginx.service' }, outputLimitBytes: 65_536, elevated: true };

test('a step on an invented host runs by the protocol, prints what a host would, and mends it', async () => {
  const { place, reached, mended } = invented();
  const here = place('one');
  const { launched } = await startStep(here, {
    ...command,
    command: 'systemctl restart "$unit"\nsystemctl is-active "$unit"',
  });
  expect(launched).toBe(true);
  expect((await startStep(here, { ...command, command: 'systemctl restart "$unit"' })).launched).toBe(false);
  const said: Buffer[] = [];
  const report = await attachStep(here, 0, (chunk) => void said.push(chunk));
  expect(report).toMatchObject({ state: 'ended', exitCode: 0 });
  expect(Buffer.concat(said).toString()).toBe('active\n');
  expect(mended).toEqual([target.host]);
  expect(await removeStep(here)).toEqual({ state: 'absent' });
  expect(reached).toEqual([]);
});

test('a step that only looks mends nothing, and can be stopped', async () => {
  const { place, mended } = invented();
  const here = place('two');
  await startStep(here, { ...command, command: 'journalctl -u "$unit" -n 20' });
  expect(await readStep(here)).toMatchObject({ state: 'running' });
  const { report, survivors } = await stopStep(here, 1);
  expect(report).toMatchObject({ state: 'ended', exitCode: 143, stopRequested: true });
  expect(survivors).toBe(0);
  expect(mended).toEqual([]);
});

test('a host that is not invented is reached really', async () => {
  const { transport, reached } = invented();
  await transport.exec({ ...target, host: '10.1.2.3' }, 'true', { timeoutMs: 1_000, maxOutputBytes: 100 });
  expect(reached).toEqual(['10.1.2.3']);
});
