import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '#contract/upkeep.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';
import { addUpkeepHost, untilRun, type UpkeepHost } from '../upkeep-host.ts';

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

let books = 0;

/** Bob proposes a run that is not marked safe. */
async function propose(command = 'echo done'): Promise<Run> {
  const book = await house.as.bob.upkeep.runbooks.create({
    name: `book ${(books += 1)}`,
    steps: [{ kind: 'command', title: 'work', command }],
  });
  return house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
}

describe('a proposed run', () => {
  it('waits for another person, who sees it waiting', async () => {
    const run = await propose();
    expect(run).toMatchObject({ state: 'waiting_approval', note: 'Attend l’approbation d’une autre personne.' });
    const mine = await house.as.bob.upkeep.runs.list({ waitingForMe: 'true' });
    const hers = await house.as.olga.upkeep.runs.list({ waitingForMe: 'true' });
    expect(mine.items.map(({ id }) => id)).not.toContain(run.id);
    expect(hers.items.map(({ id }) => id)).toContain(run.id);
  });

  it('is not approved by who proposed it, administrator or not', async () => {
    const run = await propose();
    const { id, planHash } = run;
    expect(await refusedWith(house.as.bob.upkeep.runs.approve({ id, planHash }))).toBe('own_approval');
    const { runbook } = run;
    const hers = await house.as.alice.upkeep.runs.propose({ runbookId: runbook.id, hostId: host.hostId });
    expect(await refusedWith(house.as.alice.upkeep.runs.approve(hers))).toBe('own_approval');
  });

  it('runs once another person approved it', async () => {
    const { id, planHash } = await propose();
    const approved = await house.as.olga.upkeep.runs.approve({ id, planHash });
    expect(approved.approvedBy).toMatchObject({ name: 'Olga Petit' });
    await untilRun(house.as.bob, id, 'succeeded');
    expect(await refusedWith(house.as.olga.upkeep.runs.approve({ id, planHash }))).toBe('not_in_this_state');
  });

  it('is approved once, however many approve at the same moment', async () => {
    const { id, planHash } = await propose();
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => refusedWith(house.as.olga.upkeep.runs.approve({ id, planHash }))),
    );
    expect(outcomes.filter((code) => code === undefined).length).toBe(1);
    await untilRun(house.as.bob, id, 'succeeded');
  });

  it('is not approved when the plan is not the one that was seen', async () => {
    const { id, planHash } = await propose();
    const { credentialId, hostId, sshd } = host;
    const set = (port: number) =>
      house.as.alice.upkeep.access.set({ hostId, credentialId, port, hostKeys: hostKeysOf(sshd.hostKeys) });
    await set(sshd.port + 1);
    expect(await refusedWith(house.as.olga.upkeep.runs.approve({ id, planHash }))).toBe('changed_since_approval');
    const seen = await house.as.olga.upkeep.runs.get({ id });
    expect(seen.planHash).not.toBe(planHash);
    await set(sshd.port);
    await house.as.olga.upkeep.runs.approve({ id, planHash });
    await untilRun(house.as.bob, id, 'succeeded');
  });

  it('must be approved again when the way to the host changes between approval and start', async () => {
    const gate = path.join(host.sshd.home, `gate-${books}`);
    const first = await propose(`while [ ! -e ${gate} ]; do sleep 0.1; done`);
    await house.as.olga.upkeep.runs.approve(first);
    await untilRun(house.as.bob, first.id, 'running');
    const second = await propose();
    await house.as.olga.upkeep.runs.approve(second);
    const { credentialId, hostId, sshd } = host;
    const fresh = await house.as.alice.upkeep.credentials.create({
      kind: 'generate',
      name: `fresh ${books}`,
      user: 'root',
    });
    await house.as.alice.upkeep.access.set({
      hostId,
      credentialId: fresh.id,
      port: sshd.port,
      hostKeys: hostKeysOf(sshd.hostKeys),
    });
    await writeFile(gate, '');
    await untilRun(house.as.bob, first.id, 'succeeded');
    const asked = await untilRun(house.as.olga, second.id, 'waiting_approval');
    expect(asked.note).toMatch(/^The way to the host changed after the approval/u);
    expect(asked.approvedBy).toBeNull();
    await house.as.alice.upkeep.access.set({
      hostId,
      credentialId,
      port: sshd.port,
      hostKeys: hostKeysOf(sshd.hostKeys),
    });
  });

  it('keeps the version of the runbook it was proposed with', async () => {
    const run = await propose('echo first');
    await house.as.bob.upkeep.runbooks.change({
      id: run.runbook.id,
      name: run.runbook.name,
      steps: [{ kind: 'command', title: 'other', command: 'exit 9' }],
    });
    await house.as.olga.upkeep.runs.approve(run);
    const ended = await untilRun(house.as.bob, run.id, 'succeeded');
    expect(ended.runbook.version).toBe(1);
  });

  it('is over when it is refused, with the reason', async () => {
    const run = await propose();
    await house.as.olga.upkeep.runs.refuse({ id: run.id, reason: 'Not today.' });
    expect(await house.as.bob.upkeep.runs.get({ id: run.id })).toMatchObject({
      state: 'refused',
      refusedBy: { name: 'Olga Petit' },
      refusedReason: 'Not today.',
    });
    const runbook = await house.as.bob.upkeep.runbooks.get({ id: run.runbook.id });
    expect(runbook).toMatchObject({ runCount: 0, successCount: 0 });
    // The logbook says who refused, not who had proposed it.
    await until(async () => {
      const { items } = await house.as.bob.logbook.entries.list({});
      return items.some(
        ({ runId, text, who }) => runId === run.id && /Not today/.test(text) && who.name === 'Olga Petit',
      );
    });
    expect(await refusedWith(house.as.olga.upkeep.runs.approve(run))).toBe('not_in_this_state');
  });

  it('is over when it is stopped before it began', async () => {
    const run = await propose();
    expect(await house.as.bob.upkeep.runs.stop({ id: run.id })).toMatchObject({ state: 'stopped' });
    expect(await refusedWith(house.as.bob.upkeep.runs.stop({ id: run.id }))).toBe('not_in_this_state');
  });
});

describe('an emergency', () => {
  it('runs without approval, and another person reviews it afterwards', async () => {
    const { id } = await propose();
    const declared = await house.as.bob.upkeep.runs.declareEmergency({ id, reason: 'The shop is down.' });
    expect(declared.emergency).toMatchObject({
      reason: 'The shop is down.',
      by: { name: 'Bob Tremblay' },
      reviewedBy: null,
    });
    const ended = await untilRun(house.as.olga, id, 'succeeded');
    expect(ended.note).toBe('Ran as an emergency; another person still has to review it.');
    expect((await house.as.olga.upkeep.runs.list({ waitingForMe: 'true' })).items.map((run) => run.id)).toContain(id);
    expect(await refusedWith(house.as.bob.upkeep.runs.review({ id, note: 'Fine.' }))).toBe('own_approval');
    const reviewed = await house.as.olga.upkeep.runs.review({ id, note: 'Fine.' });
    expect(reviewed.emergency).toMatchObject({ reviewedBy: { name: 'Olga Petit' }, reviewNote: 'Fine.' });
    expect(await refusedWith(house.as.olga.upkeep.runs.review({ id, note: 'Again.' }))).toBe('not_in_this_state');
  });
});

describe('who may do what', () => {
  it('auditors read, requesters see nothing', async () => {
    const run = await propose();
    expect((await house.as.carol.upkeep.runs.get({ id: run.id })).id).toBe(run.id);
    expect(await refusedWith(house.as.carol.upkeep.runs.approve(run))).toBe('forbidden');
    expect(await refusedWith(house.as.carol.upkeep.runs.stop({ id: run.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.upkeep.runs.get({ id: run.id }))).toBe('forbidden');
    expect(await refusedWith(house.as.nobody.upkeep.runs.get({ id: run.id }))).toBe('signed_out');
  });

  it('operators keep no secrets', async () => {
    const asked = { kind: 'generate', name: 'k', user: 'root' } as const;
    expect(await refusedWith(house.as.bob.upkeep.credentials.create(asked))).toBe('forbidden');
  });
});

describe('a runbook', () => {
  it('asks for its parameters', async () => {
    const book = await house.as.bob.upkeep.runbooks.create({
      name: 'with a parameter',
      parameters: [{ name: 'service', label: 'Service', kind: 'choice', choices: ['nginx', 'named'] }],
      steps: [{ kind: 'wait', title: 'w', seconds: 1 }],
    });
    const ask = (inputs: Run['inputs']) =>
      refusedWith(house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId, inputs }));
    expect(await ask({})).toBe('parameter_missing');
    expect(await ask({ service: 'sshd' })).toBe('parameter_missing');
    expect(await ask({ service: 'nginx', other: 'x' })).toBe('parameter_missing');
    expect(await ask({ service: 'nginx' })).toBeUndefined();
  });

  it('has a name of its own, and its runs stay when it is put away', async () => {
    const run = await propose();
    const same = { name: run.runbook.name.toUpperCase(), steps: [{ kind: 'wait', title: 'w', seconds: 1 }] } as const;
    expect(await refusedWith(house.as.bob.upkeep.runbooks.create({ ...same, steps: [...same.steps] }))).toBe(
      'name_taken',
    );
    await house.as.bob.upkeep.runbooks.remove({ id: run.runbook.id });
    expect(await refusedWith(house.as.bob.upkeep.runbooks.get({ id: run.runbook.id }))).toBe('not_found');
    expect((await house.as.bob.upkeep.runs.get({ id: run.id })).runbook.name).toBe(run.runbook.name);
    expect((await house.as.bob.upkeep.runbooks.create({ ...same, steps: [...same.steps] })).version).toBe(1);
  });

  it('is proposed for symptoms it names, in either language', async () => {
    const book = await house.as.bob.upkeep.runbooks.create({
      name: 'Relancer le serveur web',
      symptoms: ['connexion refusée', 'connection refused', 'HTTP 502'],
      steps: [{ kind: 'wait', title: 'w', seconds: 1 }],
    });
    const { items } = await house.as.bob.upkeep.runbooks.suggest({
      symptoms: 'web1 : CONNEXION REFUSEE sur le port 80',
    });
    expect(items[0]?.id).toBe(book.id);
    expect((await house.as.bob.upkeep.runbooks.suggest({ symptoms: 'disk full' })).items).toEqual([]);
  });
});

describe('access to a host', () => {
  it('is tried for real, and tells what is wrong', async () => {
    const { credentialId, hostId, sshd } = host;
    expect(await house.as.bob.upkeep.access.test({ hostId })).toMatchObject({ ok: true });
    const stranger = await house.as.alice.upkeep.credentials.create({
      kind: 'generate',
      name: 'stranger',
      user: 'root',
    });
    expect(stranger.publicKey).toMatch(/^ssh-ed25519 AAAA/u);
    const set = (id: string, hostKeys: { type: string; key: string }[]) =>
      house.as.alice.upkeep.access.set({ hostId, credentialId: id, port: sshd.port, hostKeys });
    await set(stranger.id, hostKeysOf(sshd.hostKeys));
    expect(await house.as.bob.upkeep.access.test({ hostId })).toMatchObject({
      ok: false,
      message: 'Connexion impossible\u00A0: il n’accepte pas l’identifiant.',
    });
    expect(await refusedWith(house.as.alice.upkeep.credentials.remove({ id: stranger.id }))).toBe('still_used');
    await set(credentialId, [
      { type: 'ssh-ed25519', key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1hZGVVcEZvclRoaXNUZXN0T25seS4uLi4uLi4u' },
    ]);
    expect(await refusedWith(house.as.bob.upkeep.access.test({ hostId }))).toBe('host_key_changed');
    expect(await refusedWith(set(credentialId, [{ type: 'x', key: 'not a key' }]))).toBe('bad_input');
    await set(credentialId, hostKeysOf(sshd.hostKeys));
    await house.as.alice.upkeep.credentials.remove({ id: stranger.id });
  });

  it('refuses a private key that cannot be read', async () => {
    const asked = { kind: 'key', name: 'broken', user: 'root', privateKey: 'nonsense' } as const;
    expect(await refusedWith(house.as.alice.upkeep.credentials.create(asked))).toBe('key_unreadable');
  });
});

function hostKeysOf(keys: readonly string[]): { type: string; key: string }[] {
  return keys.map((key) => ({ type: key.split(' ')[0] ?? '', key }));
}
