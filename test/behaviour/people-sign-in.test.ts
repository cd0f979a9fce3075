import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { castPassword, startHouse, type House } from '../house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const refusedWith = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => refusalOf(error)?.code,
  );

describe('signing in', () => {
  it('answers with who I am and what I may do', async () => {
    const session = await house.as.nobody.people.session.start({ mail: 'BOB@vigie.test', password: castPassword });
    expect(session.person).toMatchObject({ name: 'Bob Tremblay', role: 'operator' });
    expect(session.permissions).toContain('upkeep.approve');
    expect(session.permissions).not.toContain('people.write');
  });

  it('says the same for a wrong password and for an unknown address', async () => {
    expect(
      await refusedWith(house.as.nobody.people.session.start({ mail: 'bob@vigie.test', password: 'not the one' })),
    ).toBe('wrong_password');
    expect(
      await refusedWith(house.as.nobody.people.session.start({ mail: 'ghost@vigie.test', password: 'not the one' })),
    ).toBe('wrong_password');
  });

  it('makes a guesser wait after ten wrong passwords, even with the right one', async () => {
    for (let attempt = 0; attempt < 10; attempt += 1)
      await refusedWith(
        house.as.nobody.people.session.start({ mail: 'olga@vigie.test', password: `guess ${attempt}` }),
      );
    expect(
      await refusedWith(house.as.nobody.people.session.start({ mail: 'olga@vigie.test', password: castPassword })),
    ).toBe('too_many_attempts');
  });

  it('ends with signing out', async () => {
    const { token } = await house.as.nobody.people.session.start({ mail: 'dan@vigie.test', password: castPassword });
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${house.url}/api/people/session`, { headers })).status).toBe(200);
    expect((await fetch(`${house.url}/api/people/session`, { method: 'DELETE', headers })).status).toBe(200);
    expect((await fetch(`${house.url}/api/people/session`, { headers })).status).toBe(401);
  });

  it('keeps the one-time link from working twice', async () => {
    expect(
      await refusedWith(
        house.as.nobody.people.welcome.accept({
          token: 'x',
          name: 'Eve',
          mail: 'eve@vigie.test',
          password: castPassword,
          language: 'en',
        }),
      ),
    ).toBe('link_used');
  });
});

describe('the browser’s session', () => {
  it('is a cookie that scripts cannot read, and only our own pages may change things with it', async () => {
    const answer = await fetch(`${house.url}/api/people/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ mail: 'alice@vigie.test', password: castPassword }),
    });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/HttpOnly/u);
    expect(cookie).toMatch(/SameSite=Lax/u);
    const headers = { cookie: cookie.split(';')[0] ?? '', 'content-type': 'application/json' };
    const change = (origin: string): Promise<Response> =>
      fetch(`${house.url}/api/people/me`, {
        method: 'PATCH',
        headers: { ...headers, origin },
        body: JSON.stringify({ language: 'fr' }),
      });
    expect((await change('https://elsewhere.example')).status).toBe(403);
    expect((await change(house.url)).status).toBe(200);
  });
});

describe('the audit trail', () => {
  it('holds every change with who made it, and its chain holds', async () => {
    await house.as.alice.people.persons.change({ id: house.ids.carol, name: 'Carol Roy-Gagnon' });
    const { items } = await house.as.carol.people.audit.list({ limit: 5 });
    expect(items[0]).toMatchObject({
      request: 'people.persons.change',
      outcome: 'done',
      subject: house.ids.carol,
      who: { name: 'Alice Martin' },
    });
    expect(await house.as.carol.people.audit.verify({})).toMatchObject({ holds: true, brokenAt: null });
  });

  it('never holds a password', async () => {
    const { items } = await house.as.carol.people.audit.list({ limit: 100 });
    expect(JSON.stringify(items)).not.toContain(castPassword);
  });

  it('is closed to operators', async () => {
    expect(await refusedWith(house.as.bob.people.audit.list({}))).toBe('forbidden');
  });
});

describe('the last administrator', () => {
  it('cannot retire', async () => {
    expect(await refusedWith(house.as.alice.people.persons.change({ id: house.ids.alice, active: false }))).toBe(
      'last_administrator',
    );
  });
});
