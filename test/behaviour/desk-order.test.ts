import fc from 'fast-check';
import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fact, FactName, FactPayload } from '#contract/facts.ts';
import type { NamedThing } from '#contract/words.ts';
import { startDeskAlone, type DeskAlone } from '../desk-alone.ts';
import { failureOf } from '../failure.ts';

let alone: DeskAlone;
let desk: DeskAlone['desk'];
let client: Client;
beforeAll(async () => {
  alone = await startDeskAlone();
  desk = alone.desk;
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

const newHost = (): NamedThing => ({ kind: 'host', id: uuid(), name: 'web' });

async function ticketsOf(cause: NamedThing): Promise<{ id: string; state: string; seconds: number | null }[]> {
  const { rows } = await client.query<{ id: string; state: string; seconds: number | null }>(
    'select id, state, outage_seconds as seconds from desk.pub_ticket where cause_id = $1 order by number',
    [cause.id],
  );
  return rows;
}

async function published<Name extends FactName>(name: Name, ticketId: string): Promise<FactPayload<Name>[]> {
  const { rows } = await client.query<{ payload: FactPayload<Name> }>(
    "select payload from platform.fact where name = $1 and payload->>'ticketId' = $2 order by at",
    [name, ticketId],
  );
  return rows.map(({ payload }) => payload);
}

/** The facts of some failures, each delivered one to three times, in any order. */
const anyDelivery = fc
  .array(fc.record({ ends: fc.boolean(), times: fc.integer({ min: 1, max: 3 }) }), { minLength: 1, maxLength: 5 })
  .chain((failures) => {
    const deliveries = failures.flatMap(({ ends, times }, index) =>
      (ends ? (['raised', 'cleared'] as const) : (['raised'] as const)).flatMap((what) =>
        Array.from({ length: times }, () => ({ index, what })),
      ),
    );
    return fc.record({
      failures: fc.constant(failures),
      size: fc.integer({ min: 1, max: 4 }),
      order: fc.shuffledSubarray(deliveries, { minLength: deliveries.length, maxLength: deliveries.length }),
    });
  });

describe('facts that come late, twice and in any order', () => {
  it('leave one incident, open exactly while something still fails, and tell its opening once', async () => {
    await fc.assert(
      fc.asyncProperty(anyDelivery, async ({ failures, order, size }) => {
        const host = newHost();
        const facts = failures.map((_each, index) => {
          const failure = failureOf(host, { check: `check ${index}` });
          return {
            raised: fact('watch.alertRaised', failure.raised),
            cleared: fact('watch.alertCleared', failure.cleared(60 + index)),
          };
        });
        // Some come alone, some together.
        const batches = Array.from({ length: Math.ceil(order.length / size) }, (_each, place) =>
          order.slice(place * size, (place + 1) * size),
        );
        await Promise.all(
          batches.map(async (batch) => {
            const of = (wanted: 'raised' | 'cleared') => [
              ...new Set(batch.filter(({ what }) => what === wanted).map(({ index }) => index)),
            ];
            await desk.takeAlerts(of('raised').flatMap((index) => facts[index]?.raised ?? []));
            await desk.clearAlerts(of('cleared').flatMap((index) => facts[index]?.cleared ?? []));
          }),
        );
        const tickets = await ticketsOf(host);
        expect(tickets).toHaveLength(1);
        const [ticket] = tickets;
        const lasts = failures.some(({ ends }) => !ends);
        expect(ticket?.state).toBe(lasts ? 'open' : 'solved');
        expect(ticket?.seconds).toBe(lasts ? null : 59 + failures.length);
        expect(await published('desk.incidentOpened', ticket?.id ?? '')).toHaveLength(1);
        const ends = (await published('desk.incidentSolved', ticket?.id ?? '')).length;
        const again = (await published('desk.incidentReopened', ticket?.id ?? '')).length;
        expect(ends - again).toBe(lasts ? 0 : 1);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('let an end that is heard of before its beginning end the incident at once', async () => {
    const host = newHost();
    const failure = failureOf(host);
    await desk.clearAlerts([fact('watch.alertCleared', failure.cleared(30))]);
    expect(await ticketsOf(host)).toEqual([]);
    await desk.takeAlerts([fact('watch.alertRaised', failure.raised)]);
    expect(await ticketsOf(host)).toMatchObject([{ state: 'solved', seconds: 30 }]);
  });
});

/** A run for an incident, ended. */
const ended = (incidentId: string, state: 'succeeded' | 'failed') =>
  fact('upkeep.runEnded', {
    runId: uuid(),
    runbookId: uuid(),
    runbookName: 'Restart nginx',
    host: newHost(),
    incidentId,
    by: 'Bob Tremblay',
    safe: false,
    state,
    startedAt: '2026-11-20T08:03:00Z',
    endedAt: '2026-11-20T08:03:07Z',
  });

describe('the proof', () => {
  it('is asked for after a run that ended well, of the checks that still fail, and told when it is answered', async () => {
    const host = newHost();
    const [failing, well] = [failureOf(host), failureOf(host, { check: 'TCP' })];
    for (const { raised } of [failing, well]) await desk.takeAlerts([fact('watch.alertRaised', raised)]);
    await desk.clearAlerts([fact('watch.alertCleared', well.cleared(10))]);
    const [ticket] = await ticketsOf(host);
    const id = ticket?.id ?? '';
    await desk.tellRun(ended(id, 'failed'));
    expect(await published('desk.proofWanted', id)).toEqual([]);
    const succeeded = ended(id, 'succeeded');
    await desk.tellRun(succeeded);
    await desk.tellRun(succeeded);
    const wanted = await published('desk.proofWanted', id);
    expect(wanted).toMatchObject([{ checkIds: [failing.raised.checkId] }]);
    const outcome = {
      checkId: failing.raised.checkId,
      checkName: 'HTTP',
      verdict: 'down',
      summary: { en: 'status 500', fr: 'statut 500' },
    } as const;
    const answer = { requestId: wanted[0]?.requestId ?? '', outcomes: [outcome] };
    await desk.takeProof(fact('watch.checksRan', answer));
    await desk.takeProof(fact('watch.checksRan', { ...answer, outcomes: [{ ...outcome, verdict: 'up' }] }));
    await desk.takeProof(fact('watch.checksRan', { ...answer, requestId: uuid() }));
    const proofs = (await desk.ticket(id, 'fr'))?.events.filter(({ kind }) => kind === 'proof');
    expect(proofs?.map(({ text }) => text)).toEqual([
      'Preuve\u00A0: 1 contrôle relancé\u00A0; pas encore en ordre\u00A0:\n«\u00A0HTTP\u00A0»\u00A0: statut 500',
    ]);
  });

  it('comes from all checks of the incident when none fails any more', async () => {
    const host = newHost();
    const failures = [failureOf(host), failureOf(host, { check: 'TCP' })];
    for (const { raised } of failures) await desk.takeAlerts([fact('watch.alertRaised', raised)]);
    for (const { cleared } of failures) await desk.clearAlerts([fact('watch.alertCleared', cleared(10))]);
    const [ticket] = await ticketsOf(host);
    await desk.tellRun(ended(ticket?.id ?? '', 'succeeded'));
    const [wanted] = await published('desk.proofWanted', ticket?.id ?? '');
    expect(new Set(wanted?.checkIds)).toEqual(new Set(failures.map(({ raised }) => raised.checkId)));
    await desk.takeProof(
      fact('watch.checksRan', {
        requestId: wanted?.requestId ?? '',
        outcomes: failures.map(({ raised }) => ({
          checkId: raised.checkId,
          checkName: raised.checkName,
          verdict: 'up' as const,
          summary: { en: '', fr: '' },
        })),
      }),
    );
    expect((await desk.ticket(ticket?.id ?? '', 'en'))?.events.at(-1)?.text).toBe(
      'Proof: 2 checks ran again and are all well.',
    );
  });
});

describe('a cause that takes everything with it', () => {
  it('makes one incident of two hundred alerts, with a story that can be read', async () => {
    const cause = newHost();
    const raised = Array.from({ length: 200 }, (_each, index) =>
      fact('watch.alertRaised', failureOf(newHost(), { cause, check: `check ${index}` }).raised),
    );
    // Four at a time, as the workers do.
    const work = async (first: number): Promise<void> => {
      for (const one of raised.filter((_each, index) => index % 4 === first)) await desk.takeAlerts([one]);
    };
    await Promise.all([0, 1, 2, 3].map(work));
    const tickets = await ticketsOf(cause);
    expect(tickets).toHaveLength(1);
    const whole = await desk.ticket(tickets[0]?.id ?? '', 'en');
    expect(whole?.alertCount).toBe(200);
    expect(whole?.events.length).toBeLessThan(60);
  }, 60_000);

  it('makes an incident for each of two hundred causes that are told together, and ends them together', async () => {
    const hosts = Array.from({ length: 200 }, newHost);
    const failures = hosts.map((host) => failureOf(host));
    const second = failureOf(hosts[0] ?? newHost(), { check: 'TCP' });
    const raised = [...failures, second].map((each) => fact('watch.alertRaised', each.raised));
    for (let first = 0; first < raised.length; first += 50) await desk.takeAlerts(raised.slice(first, first + 50));
    const { rows: opened } = await client.query<{ number: number; alerts: number; events: number; found: boolean }>(
      `select number, (select count(*)::int from desk.alert a where a.ticket_id = t.id) as alerts,
         (select count(*)::int from desk.event e where e.ticket_id = t.id) as events,
         exists (select from desk.search_doc d where d.ticket_id = t.id) as found
       from desk.ticket t where cause_id = any($1) order by number`,
      [hosts.map(({ id }) => id)],
    );
    expect(opened).toHaveLength(200);
    expect(new Set(opened.map(({ number }) => number)).size).toBe(200);
    expect(opened.map(({ alerts, events, found }) => ({ alerts, events, found }))).toEqual(
      opened.map((_each, place) => ({ alerts: place === 0 ? 2 : 1, events: place === 0 ? 2 : 1, found: true })),
    );
    const cleared = failures.map((each) => fact('watch.alertCleared', each.cleared(30)));
    for (let first = 0; first < cleared.length; first += 50) await desk.clearAlerts(cleared.slice(first, first + 50));
    const states = (await Promise.all(hosts.map(ticketsOf))).flat();
    expect(states.filter(({ state, seconds }) => state === 'solved' && seconds === 30)).toHaveLength(199);
    expect(states[0]?.state).toBe('open');
  }, 60_000);
});
