import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fact, FactName, FactPayload } from '#contract/facts.ts';
import { startDeskAlone, type DeskAlone } from '../desk-alone.ts';
import { failureOf } from '../failure.ts';
import { until } from '../until.ts';

let alone: DeskAlone;
let client: Client;
beforeAll(async () => {
  alone = await startDeskAlone();
  client = new Client({ connectionString: alone.databaseUrl });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await alone[Symbol.asyncDispose]();
});

function fact<Name extends FactName>(name: Name, payload: FactPayload<Name>): Fact<Name> {
  return { id: uuid(), name, at: new Date(), payload };
}

async function waitsForALock(): Promise<boolean> {
  const { rows } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rows.length > 0;
}

it('opens a new incident for a failure that comes while the old one is being resolved', async () => {
  const host = { kind: 'host', id: uuid(), name: 'web' } as const;
  await alone.desk.takeAlerts([fact('watch.alertRaised', failureOf(host, { check: 'first' }).raised)]);
  await client.query('begin');
  await client.query('select id from desk.ticket where cause_id = $1 for update', [host.id]);
  const taken = alone.desk.takeAlerts([fact('watch.alertRaised', failureOf(host, { check: 'second' }).raised)]);
  await until(waitsForALock);
  await client.query("update desk.ticket set state = 'resolved', resolved_at = now() where cause_id = $1", [host.id]);
  await client.query('commit');
  await taken;
  const { rows } = await client.query('select state from desk.ticket where cause_id = $1 order by number', [host.id]);
  expect(rows).toEqual([{ state: 'resolved' }, { state: 'open' }]);
});

it('does not stand in the way of one who only adds to the story: two recoveries at once end both', async () => {
  const host = { kind: 'host', id: uuid(), name: 'web' } as const;
  const { raised, cleared } = failureOf(host, { check: 'first' });
  await alone.desk.takeAlerts([fact('watch.alertRaised', raised)]);
  await client.query('begin');
  // As another recovery does that has written its line and has not decided yet.
  await client.query('select id from desk.ticket where cause_id = $1 for key share', [host.id]);
  await alone.desk.clearAlerts([fact('watch.alertCleared', cleared(10))]);
  await client.query('commit');
  const { rows } = await client.query('select state from desk.ticket where cause_id = $1', [host.id]);
  expect(rows).toEqual([{ state: 'solved' }]);
});
