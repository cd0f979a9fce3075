import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const nowhere = '019a0000-0000-7000-8000-000000000000';

describe('the machine that Vigie runs on', () => {
  it('is in the estate from the first start on, and cannot be removed', async () => {
    const { items } = await house.as.carol.estate.hosts.list({});
    const local = items.filter((host) => host.local);
    expect(local).toHaveLength(1);
    expect(local[0]).toMatchObject({ address: '127.0.0.1', kind: 'server' });
    expect(await refusedWith(house.as.alice.estate.hosts.remove({ id: local[0]?.id ?? '' }))).toBe('still_used');
  });
});

describe('a host', () => {
  it('is added at a site, changed and removed by an operator', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Lyon', place: '12 rue des Docks' });
    const host = await house.as.bob.estate.hosts.create({ name: 'web-1', address: '192.0.2.10', siteId: site.id });
    expect(host).toMatchObject({ name: 'web-1', kind: 'server', site: { name: 'Lyon' }, local: false });
    expect((await house.as.bob.estate.sites.get({ id: site.id })).hostCount).toBe(1);
    const changed = await house.as.bob.estate.hosts.change({ id: host.id, name: 'web-01', siteId: null });
    expect(changed).toMatchObject({ name: 'web-01', site: null, address: '192.0.2.10' });
    await house.as.bob.estate.hosts.remove({ id: host.id });
    expect(await refusedWith(house.as.bob.estate.hosts.get({ id: host.id }))).toBe('not_found');
  });

  it('has a name of its own, whatever the case of its letters', async () => {
    await house.as.bob.estate.hosts.create({ name: 'db-1', address: '192.0.2.20' });
    const second = await house.as.bob.estate.hosts.create({ name: 'db-2', address: '192.0.2.21' });
    expect(await refusedWith(house.as.bob.estate.hosts.create({ name: 'DB-1', address: '192.0.2.22' }))).toBe(
      'name_taken',
    );
    expect(await refusedWith(house.as.bob.estate.hosts.change({ id: second.id, name: 'Db-1' }))).toBe('name_taken');
  });

  it('is not put into a site that there is not', async () => {
    expect(
      await refusedWith(house.as.bob.estate.hosts.create({ name: 'lost', address: 'lost.example', siteId: nowhere })),
    ).toBe('not_found');
  });

  it('is found by name, address, kind and site, page by page', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Québec' });
    for (const number of [1, 2, 3])
      await house.as.bob.estate.hosts.create({
        name: `sw-${number}`,
        address: `198.51.100.${number}`,
        kind: 'switch',
        siteId: site.id,
      });
    const first = await house.as.carol.estate.hosts.list({ siteId: site.id, kind: 'switch', limit: 2 });
    expect(first).toMatchObject({ total: 3, items: [{ name: 'sw-1' }, { name: 'sw-2' }] });
    const second = await house.as.carol.estate.hosts.list({ siteId: site.id, limit: 2, after: first.next ?? '' });
    expect(second).toMatchObject({ next: null, items: [{ name: 'sw-3' }] });
    expect((await house.as.carol.estate.hosts.list({ search: '51.100.2' })).items.map(({ name }) => name)).toEqual([
      'sw-2',
    ]);
    expect((await house.as.carol.estate.hosts.list({ search: '100%' })).items).toEqual([]);
  });
});

describe('a site', () => {
  it('stays while a host is in it, and says which', async () => {
    const site = await house.as.bob.estate.sites.create({ name: 'Lille' });
    const host = await house.as.bob.estate.hosts.create({ name: 'lille-1', address: '192.0.2.40', siteId: site.id });
    const refusal = await house.as.bob.estate.sites.remove({ id: site.id }).catch((error: unknown) => refusalOf(error));
    expect(refusal?.code).toBe('still_used');
    expect(refusal?.message).toContain('lille-1');
    await house.as.bob.estate.hosts.remove({ id: host.id });
    await house.as.bob.estate.sites.remove({ id: site.id });
  });
});

describe('a service', () => {
  it('has an owner and users, each once', async () => {
    const service = await house.as.bob.estate.services.create({
      name: 'Intranet',
      importance: 'high',
      ownerId: house.ids.olga,
    });
    expect(service.owner).toEqual({ id: house.ids.olga, name: 'Olga Petit' });
    await house.as.bob.estate.services.setUsers({
      id: service.id,
      personIds: [house.ids.dan, house.ids.carol, house.ids.dan],
    });
    expect((await house.as.bob.estate.services.get({ id: service.id })).userCount).toBe(2);
    const users = await house.as.carol.estate.services.users({ id: service.id });
    expect(users.items.map(({ name }) => name)).toEqual(['Carol Roy', 'Dan Leroy']);
    expect(await refusedWith(house.as.bob.estate.services.setUsers({ id: service.id, personIds: [nowhere] }))).toBe(
      'not_found',
    );
  });
});

describe('a supplier', () => {
  it('is kept with how to reach it', async () => {
    const supplier = await house.as.bob.estate.suppliers.create({ name: 'Fibre & Cie', phone: '+33 1 23 45 67 89' });
    expect(await refusedWith(house.as.bob.estate.suppliers.create({ name: 'FIBRE & CIE' }))).toBe('name_taken');
    expect(await house.as.bob.estate.suppliers.change({ id: supplier.id, contract: 'C-2026-17, 4 h' })).toMatchObject({
      contract: 'C-2026-17, 4 h',
      phone: '+33 1 23 45 67 89',
    });
    await house.as.bob.estate.suppliers.remove({ id: supplier.id });
    expect(await refusedWith(house.as.bob.estate.suppliers.remove({ id: supplier.id }))).toBe('not_found');
  });
});

describe('the estate', () => {
  it('is read but not changed by the auditor, and closed to the requester', async () => {
    await house.as.carol.estate.services.list({});
    expect(await refusedWith(house.as.carol.estate.sites.create({ name: 'Nice' }))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.estate.hosts.list({}))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.estate.services.list({}))).toBe('forbidden');
    expect(await refusedWith(house.as.dan.estate.dependencies.list({}))).toBe('forbidden');
    expect(await refusedWith(house.as.nobody.estate.hosts.list({}))).toBe('signed_out');
  });
});
