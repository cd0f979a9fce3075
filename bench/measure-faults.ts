import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '#contract/client.ts';
import type { Ticket } from '#contract/desk.ts';
import type { FaultName } from '../lab/faults.ts';
import type { Lab } from '../lab/start-lab.ts';
import { pauseLocalCheck, watchHost, welcomeCompany } from '../test/company.ts';
import { serveVigie } from '../test/served-vigie.ts';
import { median, seconds, table } from './table.ts';

const measured: readonly (readonly [FaultName, string])[] = [
  ['nginx-stopped', 'refused connection'],
  ['nginx-hanging', 'hang'],
  ['nginx-error-500', 'HTTP 500'],
  ['certificate-expired', 'expired certificate'],
  ['web1-link-down', 'vanished host'],
];

/** From the fault to the incident, as a screen that listens to the live line learns of it; checks as they are proposed. */
export async function measureFaults(lab: Lab, times: number): Promise<string> {
  await using vigie = await serveVigie(lab);
  await vigie.start();
  const { alice, bob } = await welcomeCompany(vigie);
  await pauseLocalCheck(alice);
  const rows: string[][] = [];
  for (const [fault, what] of measured) {
    const took: number[] = [];
    for (let time = 0; time < times; time += 1) {
      await watchAfresh(bob, lab);
      const ms = await incidentAfter(bob, lab, fault);
      console.error(`${what}: ${seconds(ms)}`);
      took.push(ms);
    }
    rows.push([what, ...[Math.min(...took), median(took), Math.max(...took)].map(seconds)]);
  }
  return table(
    `From fault to incident, ${times} times each, default settings`,
    ['fault', 'least', 'median', 'most'],
    rows,
  );
}

/** Checks that failed often within minutes are restless and are judged by other rules: each fault meets new ones. */
async function watchAfresh(client: Client, lab: Lab): Promise<void> {
  const { items } = await client.watch.checks.list({});
  for (const { id, paused } of items) if (!paused) await client.watch.checks.remove({ id });
  await watchHost(client, lab, 'web1');
  await untilAllUp(client);
}

async function incidentAfter(client: Client, lab: Lab, fault: FaultName): Promise<number> {
  // Faults do not wait for the schedule: each comes at another moment of the interval.
  await sleep(Math.random() * 10_000);
  const known = new Set((await client.desk.tickets.list({ limit: 500 })).items.map(({ id }) => id));
  const stop = new AbortController();
  const live = await client.house.live({}, { signal: stop.signal });
  const before = performance.now();
  await lab.breakThing(fault);
  const incident = await firstNew(client, live, known);
  const took = performance.now() - before;
  stop.abort();
  await lab.mendThing(fault);
  await untilAllUp(client);
  await client.desk.tickets.resolve({ id: incident.id, causeText: fault, remedyText: 'mended' });
  return took;
}

async function firstNew(
  client: Client,
  live: AsyncIterable<{ topic: string }>,
  known: ReadonlySet<string>,
): Promise<Ticket> {
  for await (const event of live) {
    if (event.topic !== 'desk.ticket' && event.topic !== 'tick') continue;
    const { items } = await client.desk.tickets.list({});
    const found = items.find(({ id }) => !known.has(id));
    if (found !== undefined) return found;
  }
  throw new Error('The live line ended.');
}

async function untilAllUp(client: Client): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    const counts = await client.watch.checks.counts({});
    const { items } = await client.desk.tickets.list({ state: 'open' });
    if (counts.down + counts.unreachable + counts.unknown === 0 && items.length === 0) return;
    await sleep(200);
  }
  const { items } = await client.watch.checks.list({});
  const seen = items
    .filter(({ state }) => state !== 'up')
    .map(({ name, state, summary }) => ({ name, state, summary }));
  throw new Error(`The lab was mended and Vigie does not see it: ${JSON.stringify(seen)}`);
}
