import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHouse, type House } from '../house.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await startHouse();
  client = new Client({ connectionString: house.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await house[Symbol.asyncDispose]();
});

const found = async (search: string): Promise<number[]> =>
  (await house.as.carol.desk.tickets.list({ search })).items.map(({ number }) => number);

describe('a search for tickets', () => {
  it('finds any part of a title in either language, and a number, as they are written', async () => {
    for (const [english, french] of [
      ['switch-42: the certificate expired', 'switch-42\u00A0: le certificat a expiré'],
      ['web-1: 100% full', 'web-1\u00A0: plein à 100\u00A0%'],
      ['web-2: connection refused', 'web-2\u00A0: connexion refusée'],
    ] as const) {
      const { id } = await house.as.bob.desk.tickets.create({ title: english });
      await client.query('update desk.ticket set title_fr = $2 where id = $1', [id, french]);
    }
    expect(await found('TCH-4')).toEqual([1]);
    expect(await found('expiré')).toEqual([1]);
    expect(await found('connexion')).toEqual([3]);
    expect(await found('0%')).toEqual([2]);
    expect(await found('#3')).toEqual([3]);
    expect(await found('nothing of it')).toEqual([]);
  });

  it('does not read all tickets where the server brings trigrams', async () => {
    const brings = await client.query("select from pg_available_extensions where name = 'pg_trgm'");
    await client.query('set enable_seqscan = off');
    const plan = await client.query<{ 'QUERY PLAN': string }>(
      "explain select from desk.title where words like '%switch%'",
    );
    const said = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(said.includes('title_alike')).toBe(brings.rowCount === 1);
  });
});
