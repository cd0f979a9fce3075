import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '#contract/upkeep.ts';
import { freePort } from '#ssh/testing/loopback-sshd.ts';
import { startHouse, type House } from '../house.ts';
import { addUpkeepHost, untilRun, type UpkeepHost } from '../upkeep-host.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

/** Runs a runbook of one check step on a host. */
async function runCheckStep(host: UpkeepHost, timeoutSeconds: number): Promise<Run> {
  const book = await house.as.alice.upkeep.runbooks.create({
    name: `check of ${host.hostId}`,
    safe: true,
    steps: [{ kind: 'check', title: 'all well?', timeoutSeconds }],
  });
  const { id } = await house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
  return untilRun(house.as.olga, id, 'succeeded', 'failed');
}

async function watchPort(host: UpkeepHost, name: string, port: number): Promise<void> {
  await house.as.alice.watch.checks.create({
    name,
    kind: 'tcp',
    target: { kind: 'host', id: host.hostId },
    settings: { port },
    intervalSeconds: 30,
  });
}

describe('a check step', () => {
  it('is good when all checks of the host are up', async () => {
    await using host = await addUpkeepHost(house);
    await watchPort(host, 'ssh answers', host.sshd.port);
    const run = await runCheckStep(host, 20);
    expect(run.steps[0]).toMatchObject({ state: 'succeeded', note: '' });
  });

  it('fails with the names of those that are not, when the time is over', async () => {
    await using host = await addUpkeepHost(house);
    await watchPort(host, 'nobody answers', await freePort());
    const run = await runCheckStep(host, 2);
    expect(run.steps[0]).toMatchObject({
      state: 'failed',
      note: 'Still failing when the time was over: nobody answers.',
    });
  });

  it('proves nothing where nothing is checked', async () => {
    await using host = await addUpkeepHost(house);
    const run = await runCheckStep(host, 60);
    expect(run.steps[0]).toMatchObject({ state: 'failed', note: 'There is no check to run, so nothing is proved.' });
  });
});
