import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { startHouse } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

describe('the checks by which the watch knows itself', () => {
  it('can be paused, but the last of a kind cannot be removed', async () => {
    await using house = await startHouse({ watchesItself: true });
    const { alice } = house.as;
    const own = (await alice.watch.checks.list({})).items.filter(({ kind }) => kind === 'own-line' || kind === 'vigie');
    expect(own.map(({ kind }) => kind).toSorted()).toEqual(['own-line', 'vigie']);
    for (const { id } of own)
      await expect(refusedWith(alice.watch.checks.remove({ id }))).resolves.toBe('needed_by_watch');
    const ids = own.map(({ id }) => id);
    await expect(refusedWith(alice.watch.bulk.remove({ ids }))).resolves.toBe('needed_by_watch');
    const [line] = own;
    expect((await alice.watch.checks.change({ id: line?.id ?? '', paused: true })).paused).toBe(true);
    const other = await alice.watch.checks.create({
      name: 'Second line',
      kind: line?.kind ?? '',
      target: { kind: 'host', id: line?.target.id ?? '' },
    });
    await alice.watch.checks.remove({ id: other.id });
  });

  it('are there from the next start on, when an earlier version had not made them', async () => {
    await using house = await startHouse({ watchesItself: true });
    const { alice } = house.as;
    const kinds = async () => (await alice.watch.checks.list({})).items.map(({ kind }) => kind).toSorted();
    const before = await kinds();
    const line = new pg.Client({ connectionString: house.databaseUrl });
    await line.connect();
    await line.query("delete from watch.check where kind in ('own-line', 'vigie', 'local-host')");
    await line.end();
    await house.vigie.modules.watch.watchThisMachine();
    await house.vigie.modules.watch.watchThisMachine();
    // The machine itself was somebody's to remove.
    expect(await kinds()).toEqual(before.filter((kind) => kind !== 'local-host'));
  });
});
