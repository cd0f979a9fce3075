import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { castPassword, startHouse, type House } from '../house.ts';

let house: House;
beforeAll(async () => {
  house = await startHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: unknown) => refusalOf(error)?.code ?? String(error),
  );
const guess = (mail: string, password: string): Promise<string> =>
  codeOf(house.as.nobody.people.session.start({ mail, password }));
const counted = (codes: readonly string[], code: string): number => codes.filter((each) => each === code).length;

/** How often the audit trail says that somebody had to wait. */
const said = async (): Promise<number> =>
  (await house.as.carol.people.audit.list({ search: 'too_many', limit: 500 })).total;

/** As if the quarter of an hour were over. */
async function forget(): Promise<void> {
  const client = new Client({ connectionString: house.databaseUrl });
  await client.connect();
  await client.query('delete from people.failed_attempt');
  await client.end();
}

describe('guessing a password', () => {
  it('is not helped by blanks around the address', async () => {
    const codes: string[] = [];
    for (let blanks = 0; blanks < 12; blanks += 1)
      codes.push(await guess(`${' '.repeat(blanks)}olga@vigie.test`, 'not the one'));
    expect(counted(codes, 'wrong_password')).toBe(10);
    expect(codes.at(-1)).toBe('too_many_attempts');
    await forget();
  });

  it('is not helped by guessing many at the same moment', async () => {
    const codes = await Promise.all(Array.from({ length: 40 }, (_none, at) => guess('olga@vigie.test', `guess ${at}`)));
    expect(counted(codes, 'wrong_password')).toBeLessThanOrEqual(10);
    expect(counted(codes, 'wrong_password') + counted(codes, 'too_many_attempts')).toBe(40);
    await forget();
  });

  it('is bounded for whoever holds a session, too', async () => {
    const codes: string[] = [];
    for (let at = 0; at < 12; at += 1)
      codes.push(
        await codeOf(house.as.dan.people.me.changePassword({ current: `guess ${at}`, next: 'another one 1' })),
      );
    expect(counted(codes, 'wrong_password')).toBe(10);
    expect(codes.at(-1)).toBe('too_many_attempts');
    await forget();
  });

  it('fills the audit trail with one line a minute, once it has to wait', async () => {
    for (let at = 0; at < 12; at += 1) await guess('dan@vigie.test', `guess ${at}`);
    const before = await said();
    for (let at = 0; at < 50; at += 1) expect(await guess('dan@vigie.test', 'guess')).toBe('too_many_attempts');
    expect((await said()) - before).toBeLessThanOrEqual(1);
    await forget();
  });

  it('leaves nothing behind when the password was right', async () => {
    for (let at = 0; at < 60; at += 1) expect(await guess('bob@vigie.test', castPassword)).toBe('done');
  });
});

describe('the last administrator', () => {
  it('is still the last when the other one was only invited', async () => {
    const { alice } = house.as;
    const { person } = await alice.people.persons.invite({
      name: 'Not Yet',
      mail: 'notyet@vigie.test',
      role: 'administrator',
      language: 'en',
    });
    expect(await codeOf(alice.people.persons.change({ id: house.ids.alice, role: 'operator' }))).toBe(
      'last_administrator',
    );
    expect(await codeOf(alice.people.persons.change({ id: person.id, active: false }))).toBe('done');
  });
});
