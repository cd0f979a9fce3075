import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
let hostId: string;
beforeAll(async () => {
  house = await startHouse();
  hostId = (await house.as.bob.estate.hosts.create({ name: 'app-01', address: '127.0.0.1' })).id;
});
afterAll(() => house[Symbol.asyncDispose]());

const steps = [{ kind: 'command', title: 'Restart', command: 'systemctl restart app' }] as const;

describe('what runs without a second person', () => {
  it('is not for an operator to decide: only an administrator marks a runbook safe', async () => {
    const { alice, bob } = house.as;
    expect(await refusedWith(bob.upkeep.runbooks.create({ name: 'Mine', safe: true, steps: [...steps] }))).toBe(
      'forbidden',
    );
    const book = await alice.upkeep.runbooks.create({ name: 'Ours', safe: true, steps: [...steps] });
    const changed = { id: book.id, name: 'Ours', safe: true, steps: [...steps, ...steps] };
    expect(await refusedWith(bob.upkeep.runbooks.change(changed))).toBe('forbidden');
    expect(await bob.upkeep.runbooks.change({ ...changed, safe: false })).toMatchObject({ safe: false, version: 2 });
  });

  it('is not to be had by a check that runs a command', async () => {
    const { alice, bob } = house.as;
    const check = {
      name: 'free space',
      kind: 'ssh-command',
      target: { kind: 'host', id: hostId } as const,
      settings: { command: 'df /' },
    };
    expect(await refusedWith(bob.watch.checks.create(check))).toBe('forbidden');
    const { id } = await alice.watch.checks.create(check);
    expect(await refusedWith(bob.watch.checks.change({ id, settings: { command: 'reboot' } }))).toBe('forbidden');
    expect(await bob.watch.checks.change({ id, paused: true })).toMatchObject({ paused: true });
    const proposal = {
      key: 'ssh',
      hostName: 'app-01',
      address: '127.0.0.1',
      kind: 'ssh-command',
      name: 'by start',
      why: '',
      settings: { command: 'reboot' },
      intervalSeconds: 60,
      wanted: true,
      hostId,
    };
    expect(await refusedWith(bob.watch.start({ proposals: [proposal] }))).toBe('forbidden');
  });
});
