import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Fact } from '#contract/facts.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase, type DatabaseParts } from '#platform/database.ts';
import { startJobs, type Jobs } from '#platform/jobs.ts';
import type { ReactToMany, ReactToOne } from '#platform/react-to-facts.ts';
import { createLog } from '#platform/log.ts';
import { createTransact, type Transact, type Unit } from '#platform/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { until } from '../until.ts';

let testDatabase: TestDatabase;
let database: DatabaseParts;
let transact: Transact<'people'>;
const running: Jobs[] = [];

beforeEach(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.url, { onError: () => undefined });
  transact = createTransact<'people'>({ database, clock: systemClock, reactionsTo: () => ['test.react'] });
});
afterEach(async () => {
  for (const jobs of running.splice(0)) await jobs.stop();
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

/** Starts the workers with this reaction to a person being added. */
async function work(react: ReactToOne<'people.personAdded'> | ReactToMany<'people.personAdded'>): Promise<void> {
  running.push(
    await startJobs({
      database,
      clock: systemClock,
      log: createLog('silent'),
      reactions: { 'people.personAdded': { 'test.react': react } },
      chores: {},
      duties: [],
    }),
  );
}

const added = (name: string): Promise<void> =>
  transact((unit) => unit.publish('people.personAdded', { personId: uuid(), name }));

async function count(from: string): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>(`select count(*) as count from ${from}`);
  return rows[0]?.count ?? 0;
}

describe('a published fact', () => {
  it('reaches its reaction after commit, whole', async () => {
    const seen: Fact<'people.personAdded'>[] = [];
    await work(async (fact) => void seen.push(fact));
    await added('Zoé');
    await until(async () => seen.length === 1);
    expect(seen[0]).toMatchObject({ name: 'people.personAdded', payload: { name: 'Zoé' } });
    expect(seen[0]?.at).toBeInstanceOf(Date);
  });

  it('is not there, nor any job for it, when its transaction fails', async () => {
    const failed = transact(async (unit) => {
      await unit.publish('people.personAdded', { personId: uuid(), name: 'Nobody' });
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await count('platform.fact')).toBe(0);
    expect(await count('graphile_worker.jobs')).toBe(0);
  });

  it('waits for a worker that comes later', async () => {
    await added('Early');
    const seen: string[] = [];
    await work(async ({ payload }) => void seen.push(payload.name));
    await until(async () => seen.includes('Early'));
    expect(seen).toEqual(['Early']);
  });

  it('cannot be published with another form than the contract’s', async () => {
    const wrong = transact((unit) => unit.publish('people.personAdded', { personId: 'not an id', name: 'X' }));
    await expect(wrong).rejects.toThrow(/uuid/iu);
    expect(await count('platform.fact')).toBe(0);
  });
});

const rename = (unit: Unit<'people'>, id: string, more: string): Promise<unknown> =>
  sql`update people.team set name = name || ${more} where id = ${id}`.execute(unit.db);

describe('an act', () => {
  it('is done again when it met another crosswise, and both are stored once', async () => {
    const [first, second] = [uuid(), uuid()];
    for (const id of [first, second]) {
      await database.pool.query('insert into people.team (id, name) values ($1, $2)', [id, id]);
    }
    let met = 0;
    const bothHoldOne = Promise.withResolvers<void>();
    const crosswise = async (one: string, other: string, more: string): Promise<void> =>
      transact(async (unit) => {
        await rename(unit, one, more);
        met += 1;
        if (met === 2) bothHoldOne.resolve();
        await bothHoldOne.promise;
        await rename(unit, other, more);
        await unit.publish('people.personAdded', { personId: uuid(), name: more });
      });
    await Promise.all([crosswise(first, second, 'a'), crosswise(second, first, 'b')]);
    expect(met).toBe(3);
    const { rows } = await database.pool.query<{ name: string }>('select name from people.team');
    for (const { name } of rows) expect(name).toMatch(/(?:ab|ba)$/u);
    expect(await count('platform.fact')).toBe(2);
  });
});

const addedMany = (names: readonly string[]): Promise<void> =>
  transact((unit) =>
    unit.publishAll(names.map((name) => ({ name: 'people.personAdded', payload: { personId: uuid(), name } }))),
  );

describe('facts of one transaction', () => {
  it('are reacted to together, in their order, with a job for every fifty', async () => {
    const names = Array.from({ length: 120 }, (_each, place) => `Person ${place}`);
    await addedMany(names);
    expect(await count('graphile_worker.jobs')).toBe(3);
    const batches: string[][] = [];
    await work({ together: async (facts) => void batches.push(facts.map(({ payload }) => payload.name)) });
    await until(async () => batches.flat().length === names.length);
    expect(batches.toSorted((one, other) => names.indexOf(one[0] ?? '') - names.indexOf(other[0] ?? ''))).toEqual([
      names.slice(0, 50),
      names.slice(50, 100),
      names.slice(100),
    ]);
  });

  it('are each tried alone when one of them has a fault, which then holds up itself only', async () => {
    await addedMany(['good', 'bad', 'better']);
    const done: string[] = [];
    await work({
      async together(facts) {
        const ids = facts.map(({ id }) => id);
        await transact.onceEach(ids, 'test.react', async (_unit, fresh) => {
          if (facts.some(({ payload }) => payload.name === 'bad')) throw new Error('cannot be done');
          done.push(...facts.filter(({ id }) => fresh.has(id)).map(({ payload }) => payload.name));
        });
      },
    });
    await until(async () => done.length === 2);
    expect(done.toSorted()).toEqual(['better', 'good']);
    await until(async () => (await count('graphile_worker.jobs where attempts > 0 and locked_at is null')) === 1);
    expect(await count('graphile_worker.jobs')).toBe(1);
    expect(await count('platform.reaction_done')).toBe(2);
  });

  it('that were reacted to in part are done for the rest only', async () => {
    await addedMany(['first', 'second']);
    const { rows } = await database.pool.query<{ id: string }>('select id from platform.fact order by id');
    const [first = '', second = ''] = rows.map(({ id }) => id);
    await transact.once(first, 'test.react', async () => undefined);
    const given: (readonly string[])[] = [];
    const both = [second, first];
    for (let time = 0; time < 2; time += 1)
      await transact.onceEach(both, 'test.react', async (_unit, fresh) => void given.push([...fresh]));
    expect(given).toEqual([[second]]);
  });
});

describe('a reaction', () => {
  it('comes again after it failed, and its effect happens once', async () => {
    let tries = 0;
    const effects: string[] = [];
    await work(async (fact) => {
      tries += 1;
      await transact.once(fact.id, 'test.react', async () => {
        if (tries === 1) throw new Error('not yet');
        effects.push(fact.payload.name);
      });
    });
    await added('Again');
    await until(async () => effects.length > 0);
    expect(tries).toBe(2);
    expect(effects).toEqual(['Again']);
  });

  it('has its effect once when the same fact is delivered to several workers at the same moment', async () => {
    await added('Many');
    const { rows } = await database.pool.query<{ id: string }>('select id from platform.fact');
    const id = rows[0]?.id ?? '';
    let effects = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        transact.once(id, 'test.react', async () => {
          effects += 1;
          return 'done';
        }),
      ),
    );
    expect(effects).toBe(1);
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
  });

  it('is taken over from a server process that died while it worked', async () => {
    await added('Orphan');
    // What is left of a process that died: its row, its worker's row, a job locked by that worker, and no advisory lock.
    const dead = uuid();
    await database.pool.query('insert into platform.process (id, lock_number, started_at) values ($1, 4242, now())', [
      dead,
    ]);
    await database.pool.query(
      "insert into platform.process_worker (worker_id, process_id) values ('worker-dead', $1)",
      [dead],
    );
    await database.pool.query(
      "update graphile_worker._private_jobs set locked_by = 'worker-dead', locked_at = now(), attempts = 1",
    );
    const seen: string[] = [];
    await work(async ({ payload }) => void seen.push(payload.name));
    await until(async () => seen.includes('Orphan'));
    expect(seen).toEqual(['Orphan']);
    expect(await count('platform.process')).toBe(1);
  });

  it('is held in a name by which it can be taken over', async () => {
    await added('Held');
    // The first job may be taken a moment before the holder's name is written down; it is while the job still runs.
    let known = false;
    await work(async () => {
      await until(async () => {
        const { rows } = await database.pool.query(
          `select locked_by from graphile_worker._private_jobs
           where locked_by is not null and locked_by not in (select worker_id from platform.process_worker)`,
        );
        return rows.length === 0;
      });
      known = true;
    });
    await until(async () => known);
    expect(known).toBe(true);
  });

  it('is taken over too when nobody known holds it', async () => {
    await added('Lost');
    await database.pool.query(
      "update graphile_worker._private_jobs set locked_by = 'pool-of-nobody', locked_at = now() - interval '2 minutes', attempts = 1",
    );
    const seen: string[] = [];
    await work(async ({ payload }) => void seen.push(payload.name));
    await until(async () => seen.includes('Lost'));
    expect(seen).toEqual(['Lost']);
  });
});
