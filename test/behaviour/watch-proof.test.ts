import { Client as Postgres } from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { watchFacts } from '#contract/watch.ts';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { openOutbox, type Outbox } from '../outbox.ts';
import { until } from '../until.ts';
import { addUpkeepHost } from '../upkeep-host.ts';

let house: House;
let outbox: Outbox;
const doors = new Doors();
beforeAll(async () => {
  house = await startHouse();
  outbox = openOutbox(house.databaseUrl);
});
afterAll(async () => {
  await doors.closeAll();
  await outbox[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
});

/** The answers given to a request so far. */
async function answersTo(requestId: string) {
  const line = new Postgres({ connectionString: house.databaseUrl });
  await line.connect();
  const { rows } = await line.query<{ payload: unknown }>(
    "select payload from platform.fact where name = 'watch.checksRan' and payload->>'requestId' = $1",
    [requestId],
  );
  await line.end();
  return rows.map(({ payload }) => watchFacts['watch.checksRan'].parse(payload));
}

async function watchedDoor(name: string, intervalSeconds: number) {
  const { alice } = house.as;
  const port = await doors.open(name, '127.0.0.1');
  const host = await alice.estate.hosts.create({ name, address: '127.0.0.1' });
  const target = { kind: 'host', id: host.id } as const;
  const check = await alice.watch.checks.create({ name, kind: 'tcp', target, settings: { port }, intervalSeconds });
  await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
  return { host, check };
}

describe('a proof', () => {
  test('is the result of the failed checks, run at once, and clears the alert when it is good', async () => {
    const { alice } = house.as;
    // Its own plan would not run it again within this test.
    const { check } = await watchedDoor('rare-1', 3_600);
    await doors.shut('rare-1');
    await alice.watch.checks.runNow({ id: check.id });
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'down');
    await doors.reopen('rare-1');
    const requestId = uuid();
    await outbox.publish('desk.proofWanted', { requestId, ticketId: uuid(), checkIds: [check.id] });
    await until(async () => (await answersTo(requestId)).length === 1);
    const [answer] = await answersTo(requestId);
    expect(answer?.outcomes).toMatchObject([{ checkId: check.id, checkName: 'rare-1', verdict: 'up' }]);
    expect(answer?.outcomes[0]?.summary.fr).toContain('accepte les connexions');
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
    const { items } = await alice.watch.alerts.list({ causeKey: `host:${check.target.id}` });
    expect(items.map(({ clearedAt }) => clearedAt === null)).toEqual([false]);
  });

  test('that a runbook asks for runs what watches its host', async () => {
    const { host, check } = await watchedDoor('rare-2', 3_600);
    const requestId = uuid();
    const ids = { requestId, runId: uuid(), stepId: uuid(), hostId: host.id, incidentId: null };
    await outbox.publish('upkeep.checkRequested', ids);
    await until(async () => (await answersTo(requestId)).length === 1);
    expect((await answersTo(requestId))[0]?.outcomes.map(({ checkId }) => checkId)).toEqual([check.id]);
  });
});

test('a check over SSH runs with the access that the host has, and says when it has none', async () => {
  const { alice } = house.as;
  await using machine = await addUpkeepHost(house);
  const target = { kind: 'host', id: machine.hostId } as const;
  const settings = { command: 'echo load 3.5', numberAfter: 'load', numberWarn: 3 };
  const { id } = await alice.watch.checks.create({
    name: 'load',
    kind: 'ssh-command',
    target,
    settings,
    intervalSeconds: 1,
  });
  await until(async () => (await alice.watch.checks.get({ id })).state === 'degraded');
  expect((await alice.watch.checks.get({ id })).summary).toBe('The value is 3.5, above 3.');
  const bare = await alice.estate.hosts.create({ name: 'bare', address: '127.0.0.1' });
  const other = await alice.watch.checks.create({
    name: 'load',
    kind: 'ssh-command',
    target: { kind: 'host', id: bare.id },
  });
  expect(await alice.watch.checks.runNow({ id: other.id })).toMatchObject({
    verdict: 'unknown',
    summary: 'This host has no SSH access yet: add an account and its key to the host first.',
  });
});
