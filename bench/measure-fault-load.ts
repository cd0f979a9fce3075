import { setTimeout as sleep } from 'node:timers/promises';
import { startBenchVigie, type BenchVigie } from './bench-vigie.ts';
import { httpLoad } from './loads.ts';
import { startNginxTarget } from './nginx-target.ts';
import { startNoticeReceiver, type NoticeReceiver } from './notice-receiver.ts';
import { targetAddress } from './own-network.ts';
import { readFigures } from './read-figures.ts';
import { pauseOwnChecks, seedChecks, untilAllUp } from './seed-checks.ts';
import { median, seconds, table } from './table.ts';
import { failures, startVictim, type Failure, type Victim } from './victim.ts';

const port = 8_080;
const intervalMs = 5_000;
const patienceMs = 60_000;

/** What a fault took until somebody knew. */
interface Took {
  readonly incidentMs: number;
  readonly noticeMs: number;
}

/**
 * From a fault to its incident and to the notice at a webhook, while so many checks a second run. Each fault meets a check
 * of its own, with the settings that a check comes with.
 */
export async function measureFaultLoad(perSecond: number, times: number): Promise<string> {
  await using ending = new AsyncDisposableStack();
  ending.use(await startNginxTarget());
  const receiver = ending.use(await startNoticeReceiver());
  const vigie = ending.use(await startBenchVigie());
  await pauseOwnChecks(vigie);
  await vigie.alice.notify.channels.create({
    name: 'bench',
    kind: 'webhook',
    settings: { hookUrl: receiver.url },
    language: 'en',
    stormNotices: 1_000,
  });
  const plans = Array.from({ length: times * failures.length }, (_, index) => ({
    address: targetAddress(40_000 + index),
    how: failures[index % failures.length] ?? 'refuses',
  }));
  const victims: Victim[] = [];
  for (const { address } of plans) victims.push(ending.use(await startVictim(address, port)));
  const load = httpLoad(perSecond, intervalMs);
  await seedChecks(vigie, load);
  await seedChecks(vigie, {
    kind: 'http',
    name: 'victim',
    settings: { scheme: 'http', port },
    addresses: plans.map(({ address }) => address),
    count: plans.length,
    intervalMs,
  });
  await untilAllUp(vigie, load.count + plans.length);
  await sleep(20_000);
  const took = new Map<Failure, Took[]>(failures.map((how) => [how, []]));
  for (const [index, { how }] of plans.entries()) {
    const victim = victims[index];
    if (victim === undefined) continue;
    // Faults do not wait for the schedule: each comes at another moment of the interval.
    await sleep(1_000 + Math.random() * intervalMs);
    const one = await breakOne(vigie, receiver, victim, { how, name: `victim-${index + 1}` });
    console.error(`${how}: incident ${seconds(one.incidentMs)}, notice ${seconds(one.noticeMs)}`);
    took.get(how)?.push(one);
  }
  const figures = await readFigures(vigie);
  const rows = [...took].map(([how, all]) => [
    how,
    ...spread(all.map(({ incidentMs }) => incidentMs)),
    ...spread(all.map(({ noticeMs }) => noticeMs)),
  ]);
  return table(
    `From fault to incident and to notice, checks each ${intervalMs / 1_000} s, ${times} times each, at ${perSecond}/s (late p99 ${figures.lateP99Ms} ms)`,
    ['fault', 'incident, least', 'median', 'most', 'notice, least', 'median', 'most'],
    rows,
  );
}

const spread = (all: readonly number[]): string[] => [Math.min(...all), median(all), Math.max(...all)].map(seconds);

async function breakOne(
  vigie: BenchVigie,
  receiver: NoticeReceiver,
  victim: Victim,
  { how, name }: { readonly how: Failure; readonly name: string },
): Promise<Took> {
  const [begun] = await vigie.query('select clock_timestamp() as at');
  const brokenMs = performance.now();
  await victim.break(how);
  const heardMs = await receiver.heard(name, patienceMs);
  const [row] = await vigie.query(
    `select extract(epoch from t.opened_at - $2::timestamptz) * 1000 as ms
     from desk.ticket t where t.cause_name = $1 order by t.opened_at desc limit 1`,
    [name, begun?.['at']],
  );
  await victim.mend();
  return { incidentMs: Number(row?.['ms'] ?? Number.NaN), noticeMs: heardMs - brokenMs };
}
