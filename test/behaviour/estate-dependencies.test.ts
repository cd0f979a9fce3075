import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import type { ThingRef } from '#contract/words.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

let count = 0;
async function addHost(name: string, siteId: string | null = null): Promise<ThingRef & { name: string }> {
  count += 1;
  const host = await house.as.bob.estate.hosts.create({ name, address: `192.0.2.${count}`, siteId });
  return { kind: 'host', id: host.id, name };
}
async function addService(name: string): Promise<ThingRef & { name: string }> {
  const service = await house.as.bob.estate.services.create({ name });
  return { kind: 'service', id: service.id, name };
}
const link = (dependent: ThingRef, on: ThingRef) =>
  house.as.bob.estate.dependencies.add({
    dependent: { kind: dependent.kind, id: dependent.id },
    on: { kind: on.kind, id: on.id },
  });

describe('a dependency', () => {
  it('that would close a circle is refused with the names of both', async () => {
    const [web, base, store] = [await addService('Shop'), await addHost('shop-db'), await addHost('shop-disk')];
    await link(web, base);
    await link(base, store);
    const refusal = await link(store, web).catch((error: unknown) => refusalOf(error));
    expect(refusal).toMatchObject({ code: 'dependency_circle' });
    expect(refusal).toHaveProperty('message', expect.stringMatching(/Shop.*shop-disk|shop-disk.*Shop/u));
    expect(await refusedWith(link(web, web))).toBe('dependency_circle');
  });

  it('said twice is there once', async () => {
    const [mail, relay] = [await addService('Mail'), await addHost('relay')];
    await link(mail, relay);
    await link(mail, relay);
    const { items } = await house.as.carol.estate.dependencies.list({ kind: 'service', id: mail.id });
    expect(items).toEqual([{ dependent: mail, on: relay }]);
  });

  it('of a host on its site needs no saying, and a circle through it is refused', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Metz' });
    const router = await addHost('metz-router');
    const host = await addHost('metz-1', site.id);
    const place = { kind: 'site', id: site.id } as const;
    const { items } = await house.as.carol.estate.dependencies.list(place);
    expect(items).toEqual([{ dependent: host, on: { ...place, name: 'Metz' } }]);
    await link(place, router);
    expect(await refusedWith(house.as.bob.estate.hosts.change({ id: router.id, siteId: site.id }))).toBe(
      'dependency_circle',
    );
    expect(await refusedWith(link(router, host))).toBe('dependency_circle');
  });

  it('can be taken back, and what others depend on cannot be removed before', async () => {
    const [app, base] = [await addService('Payroll'), await addHost('payroll-db')];
    await link(app, base);
    expect(await refusedWith(house.as.bob.estate.hosts.remove({ id: base.id }))).toBe('still_used');
    const asked = { dependent: { kind: 'service', id: app.id }, on: { kind: 'host', id: base.id } } as const;
    await house.as.bob.estate.dependencies.remove(asked);
    expect(await refusedWith(house.as.bob.estate.dependencies.remove(asked))).toBe('not_found');
    await house.as.bob.estate.hosts.remove({ id: base.id });
  });

  it('cannot be half asked about', async () => {
    expect(await refusedWith(house.as.bob.estate.dependencies.list({ kind: 'host' }))).toBe('bad_input');
  });

  it('added from both ends at once closes no circle', async () => {
    const [one, two] = [await addHost('both-1'), await addHost('both-2')];
    const ends = await Promise.all([refusedWith(link(one, two)), refusedWith(link(two, one))]);
    expect(ends.filter((end) => end === 'dependency_circle')).toHaveLength(1);
    expect(ends.filter((end) => end === undefined)).toHaveLength(1);
  });
});

describe('the impact of a failure', () => {
  it('names what suffers nearest first, and each person once with the nearest service they use', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Nancy' });
    const core = await addHost('nancy-core', site.id);
    const [base, crm, portal] = [await addHost('crm-db'), await addService('CRM'), await addService('Portal')];
    await link(base, core);
    await link(crm, base);
    await link(portal, crm);
    await house.as.bob.estate.services.setUsers({ id: crm.id, personIds: [house.ids.dan] });
    await house.as.bob.estate.services.setUsers({ id: portal.id, personIds: [house.ids.dan, house.ids.carol] });
    const impact = await house.as.carol.estate.dependencies.impact({ kind: 'site', id: site.id });
    expect(impact.things.map(({ name, distance }) => [name, distance])).toEqual([
      ['nancy-core', 1],
      ['crm-db', 2],
      ['CRM', 3],
      ['Portal', 4],
    ]);
    expect(impact.people.map(({ name, through }) => [name, through])).toEqual([
      ['Carol Roy', 'Portal'],
      ['Dan Leroy', 'CRM'],
    ]);
    expect(impact.peopleCount).toBe(2);
    const own = await house.as.carol.estate.dependencies.impact({ kind: 'service', id: portal.id });
    expect(own).toMatchObject({ things: [], peopleCount: 2 });
  });

  it('is found through a chain of a thousand hosts', async () => {
    const first = await addHost('chain-first');
    const client = new Client({ connectionString: house.databaseUrl });
    await client.connect();
    await client.query(
      `with made as (
         insert into estate.host (id, name, address, kind, system, note, created_at)
         select gen_random_uuid(), 'chain-' || n, 'chain-' || n, 'server', '', '', now() from generate_series(1, 1000) n
         returning id, substring(name from 7)::int as n)
       insert into estate.dependency
       select 'host', made.id, 'host', coalesce(before.id, $1) from made left join made before on before.n = made.n - 1`,
      [first.id],
    );
    await client.end();
    const { things } = await house.as.carol.estate.dependencies.impact({ kind: 'host', id: first.id });
    expect(things).toHaveLength(1_000);
    expect(things.at(-1)).toMatchObject({ name: 'chain-1000', distance: 1_000 });
  });
});

describe('the floors above', () => {
  it('get a host for each address, added once however often and in whatever case it is asked for', async () => {
    const wanted = { name: 'found', address: 'Found.example', kind: 'server', siteId: null } as const;
    const { estate } = house.vigie.modules;
    const answers = await Promise.all([
      estate.ensureHosts([wanted, { ...wanted, address: 'found.EXAMPLE' }], 'Bob Tremblay'),
      estate.ensureHosts([{ ...wanted, address: '203.0.113.7' }, wanted], 'Bob Tremblay'),
    ]);
    const all = answers.flat();
    expect(all.filter(({ added }) => added)).toHaveLength(2);
    expect(new Set(all.filter(({ address }) => /found/iu.test(address)).map(({ id }) => id)).size).toBe(1);
    expect(new Set(all.map(({ name }) => name)).size).toBe(2);
    expect((await estate.hostsById(all.map(({ id }) => id))).length).toBe(2);
  });

  it('learn for many things at once what each stands on and what stands on it', async () => {
    const [low, middle, high] = [await addHost('low'), await addHost('middle'), await addHost('high')];
    await link(high, middle);
    await link(middle, low);
    const { estate } = house.vigie.modules;
    const above = await estate.ancestorsOf([high, low]);
    expect(above.map((things) => things.map(({ name }) => name))).toEqual([['middle', 'low'], []]);
    const below = await estate.dependantsOf([low, high]);
    expect(below.map((things) => things.map(({ name, distance }) => [name, distance]))).toEqual([
      [
        ['middle', 1],
        ['high', 2],
      ],
      [],
    ]);
  });
});
