import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '#contract/upkeep.ts';
import { survivors } from '#ssh/testing/survivors.ts';
import { startHouse, type House } from '../house.ts';
import { addUpkeepHost, outputOf, untilRun, type UpkeepHost } from '../upkeep-host.ts';

let house: House;
let host: UpkeepHost;
beforeAll(async () => {
  house = await startHouse();
  host = await addUpkeepHost(house);
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

type Steps = Parameters<House['as']['bob']['upkeep']['runbooks']['create']>[0]['steps'];
let books = 0;

/** Proposes a run of a safe runbook with these steps. */
async function runSafe(steps: Steps, more: { parameters?: Parameters_; inputs?: Run['inputs'] } = {}): Promise<Run> {
  const book = await house.as.alice.upkeep.runbooks.create({
    name: `book ${(books += 1)}`,
    safe: true,
    steps,
    parameters: more.parameters ?? [],
  });
  return house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId, inputs: more.inputs ?? {} });
}
type Parameters_ = NonNullable<Parameters<House['as']['bob']['upkeep']['runbooks']['create']>[0]['parameters']>;

const command = (text: string, more: object = {}) =>
  ({ kind: 'command', title: text.slice(0, 50), command: text, ...more }) as const;

describe('a run', () => {
  it('does its steps in order over SSH and keeps what they said', async () => {
    const run = await runSafe([command('echo one; echo two >&2'), command('printf "%s" "$service"')], {
      parameters: [{ name: 'service', label: 'Service', kind: 'text' }],
      inputs: { service: `ng"inx' $(id)` },
    });
    const ended = await untilRun(house.as.bob, run.id, 'succeeded', 'failed', 'lost');
    expect(ended.steps.map(({ state, exitCode }) => [state, exitCode])).toEqual([
      ['succeeded', 0],
      ['succeeded', 0],
    ]);
    expect(await outputOf(house.as.carol, ended, 0)).toBe('one\ntwo\n');
    expect(await outputOf(house.as.carol, ended, 1)).toBe(`ng"inx' $(id)`);
  });

  it('leaves nothing on the host afterwards', async () => {
    const run = await runSafe([command('true')]);
    await untilRun(house.as.bob, run.id, 'succeeded');
    await expect
      .poll(
        async () =>
          (await readdir(path.join(host.sshd.home, '.vigie/steps'))).filter((name) => name.startsWith(run.id)),
        { timeout: 10_000 },
      )
      .toEqual([]);
  });

  it('stops at the first failing step, and tells the code in the reader’s language', async () => {
    const run = await runSafe([command('exit 3'), command('echo never')]);
    const ended = await untilRun(house.as.bob, run.id, 'failed');
    expect(ended.steps.map(({ state }) => state)).toEqual(['failed', 'skipped']);
    expect(ended.steps[0]).toMatchObject({ exitCode: 3, note: 'Terminée avec le code 3.' });
    const english = await house.as.olga.upkeep.runs.get({ id: run.id });
    expect(english.steps[0]?.note).toBe('Ended with code 3.');
  });

  it('goes on after a failing step that says so', async () => {
    const run = await runSafe([command('exit 3', { onFailure: 'continue' }), command('echo on')]);
    const ended = await untilRun(house.as.bob, run.id, 'succeeded');
    expect(ended.steps.map(({ state }) => state)).toEqual(['failed', 'succeeded']);
  });

  it('ends a step that takes too long, on the host too', async () => {
    const mark = `4${Date.now() % 10_000_000}`;
    const run = await runSafe([command(`sleep ${mark}`, { timeoutSeconds: 1 })]);
    const ended = await untilRun(house.as.olga, run.id, 'failed');
    expect(ended.steps[0]).toMatchObject({ state: 'failed', note: 'Did not end within 1 seconds and was stopped.' });
    expect(survivors(`sleep ${mark}`)).toBe(0);
  });

  it('really stops on the host when somebody stops it', async () => {
    const mark = `3${Date.now() % 10_000_000}`;
    const run = await runSafe([command(`echo up; sleep ${mark} & sleep ${mark}`), command('echo never')]);
    await expect.poll(() => survivors(`sleep ${mark}`), { timeout: 10_000 }).toBe(2);
    const stopping = await house.as.olga.upkeep.runs.stop({ id: run.id });
    expect(stopping.state).toBe('stopping');
    const ended = await untilRun(house.as.olga, run.id, 'stopped');
    expect(ended.steps.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
    expect(survivors(`sleep ${mark}`)).toBe(0);
    expect(await outputOf(house.as.olga, ended)).toMatch(/^up\n/u);
  });

  it('waits, and waits for a person to sign off', async () => {
    const run = await runSafe([
      { kind: 'wait', title: 'a moment', seconds: 1 },
      { kind: 'manual', title: 'look', instruction: 'Look at the lamp.' },
      command('echo after'),
    ]);
    const waiting = await house.as.bob.upkeep.runs.get({ id: run.id });
    expect(['queued', 'running', 'waiting']).toContain(waiting.state);
    await expect
      .poll(async () => (await house.as.olga.upkeep.runs.get({ id: run.id })).steps[1]?.state, { timeout: 10_000 })
      .toBe('waiting');
    const asked = await house.as.olga.upkeep.runs.get({ id: run.id });
    expect(asked.note).toBe('Waits for somebody to sign off “look”.');
    expect((await house.as.olga.upkeep.runs.list({ waitingForMe: 'true' })).items.map(({ id }) => id)).toContain(
      run.id,
    );
    const stepId = asked.steps[1]?.id ?? '';
    await house.as.olga.upkeep.runs.signOff({ id: run.id, stepId, done: true, note: 'It is green.' });
    const ended = await untilRun(house.as.olga, run.id, 'succeeded');
    expect(ended.steps[1]).toMatchObject({ note: 'It is green.', signedBy: { name: 'Olga Petit' } });
  });

  it('fails when a manual step could not be done', async () => {
    const run = await runSafe([{ kind: 'manual', title: 'look', instruction: 'Look.' }, command('echo never')]);
    const waiting = await untilRun(house.as.olga, run.id, 'waiting');
    await house.as.olga.upkeep.runs.signOff({
      id: run.id,
      stepId: waiting.steps[0]?.id ?? '',
      done: false,
      note: 'Locked.',
    });
    const ended = await untilRun(house.as.olga, run.id, 'failed');
    expect(ended.steps[0]?.note).toBe('Signed off as not done. Locked.');
  });

  it('passes binary output and cuts no character in two', async () => {
    const run = await runSafe([
      command(String.raw`i=0; while [ $i -lt 30000 ]; do printf 'é€\360\237\233\240'; i=$((i+1)); done`),
    ]);
    const ended = await untilRun(house.as.bob, run.id, 'succeeded');
    expect(await outputOf(house.as.bob, ended)).toBe('é€🛠'.repeat(30_000));
  });

  it('has one hand per host: a second run waits, and says for which', async () => {
    const gate = path.join(host.sshd.home, `gate-${books}`);
    const first = await runSafe([command(`while [ ! -e ${gate} ]; do sleep 0.1; done`)]);
    await untilRun(house.as.olga, first.id, 'running');
    const second = await runSafe([command('echo second')]);
    const third = await runSafe([command('echo third')]);
    const { items } = await house.as.olga.upkeep.leases({});
    expect(items.find(({ run }) => run.id === first.id)).toMatchObject({ waiting: 2, by: 'Bob Tremblay' });
    const waiting = await house.as.olga.upkeep.runs.get({ id: second.id });
    expect(waiting).toMatchObject({
      state: 'queued',
      note: `Waits for the host: the run “${first.runbook.name}” is working on it.`,
    });
    await writeFile(gate, '');
    const [one, two, three] = await Promise.all(
      [first, second, third].map(({ id }) => untilRun(house.as.olga, id, 'succeeded')),
    );
    const order = [one, two, three]
      .map((run) => [Date.parse(run?.startedAt ?? ''), Date.parse(run?.endedAt ?? '')])
      .flat();
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('says that a host cannot be reached, when nothing was run', async () => {
    await using lonely = await addUpkeepHost(house);
    await house.as.alice.upkeep.access.set({
      hostId: lonely.hostId,
      credentialId: lonely.credentialId,
      port: lonely.sshd.port,
      hostKeys: [{ type: 'ssh-ed25519', key: host.sshd.hostKeys[0] ?? '' }],
    });
    const book = await house.as.alice.upkeep.runbooks.create({
      name: 'unreachable',
      safe: true,
      steps: [command('echo x')],
    });
    const run = await house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: lonely.hostId });
    const ended = await untilRun(house.as.olga, run.id, 'failed');
    expect(ended.steps[0]?.note).toBe(
      'The host could not be reached (it shows another key than the pinned one). Nothing was run.',
    );
  });

  it('never shows a secret of the vault', async () => {
    const shown = JSON.stringify([
      await house.as.alice.upkeep.credentials.list({}),
      await house.as.alice.upkeep.access.get({ hostId: host.hostId }),
      await house.as.alice.people.audit.list({ limit: 500 }),
      await house.as.alice.upkeep.runs.list({ limit: 500 }),
    ]);
    const body = host.sshd.privateKey.split('\n')[2] ?? 'nothing';
    expect(shown).not.toContain(body);
    expect(await readFile(path.join(host.sshd.folder, 'client'), 'utf8')).toContain(body);
  });
});
