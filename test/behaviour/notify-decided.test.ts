import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';
import { addUpkeepHost, untilRun, type UpkeepHost } from '../upkeep-host.ts';
import { startWebhookCatcher, type WebhookCatcher } from '../webhook-catcher.ts';

let house: House;
let host: UpkeepHost;
let service: WebhookCatcher;
beforeAll(async () => {
  house = await startHouse();
  host = await addUpkeepHost(house);
  service = await startWebhookCatcher();
  service.status = 202;
  await house.as.alice.notify.channels.create({
    name: 'duty',
    kind: 'pagerduty',
    settings: { apiKey: '0123456789abcdef0123456789abcdef', apiUrl: service.url },
    language: 'en',
    everything: true,
  });
  await house.as.alice.notify.channels.create({
    name: 'room',
    kind: 'webhook',
    settings: { hookUrl: `${service.url}/room` },
    language: 'en',
    everything: true,
  });
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await host[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});

const duty = () => service.caught.filter(({ path }) => path === '/v2/enqueue').map(({ body }) => body);

async function propose(name: string) {
  const steps = [{ kind: 'command' as const, title: 'work', command: 'echo done' }];
  const book = await house.as.bob.upkeep.runbooks.create({ name, steps });
  return house.as.bob.upkeep.runs.propose({ runbookId: book.id, hostId: host.hostId });
}

it('what a service was told to wait for is closed there once it is decided, whichever way', async () => {
  for (const way of ['approve', 'refuse'] as const) {
    const { id, planHash } = await propose(`to ${way}`);
    const dedup_key = `vigie-run-${id}`;
    const told = () => duty().filter((body) => body['dedup_key'] === dedup_key);
    await until(async () => told().length === 1);
    expect(told()[0]).toMatchObject({ event_action: 'trigger' });
    if (way === 'approve') {
      await house.as.olga.upkeep.runs.approve({ id, planHash });
      await untilRun(house.as.bob, id, 'succeeded');
    } else await house.as.olga.upkeep.runs.refuse({ id, reason: 'not today' });
    await until(async () => told().length === 2);
    expect(told()[1]).toMatchObject({ event_action: 'resolve' });
  }
  // People who read along are told of the question only: what became of it they see.
  await until(async () => (await house.as.carol.notify.deliveries({ state: 'waiting' })).total === 0);
  const room = service.caught.filter(({ path }) => path === '/room').map(({ body }) => body['subject']);
  expect(room.filter((subject) => String(subject).startsWith('[Vigie] To approve'))).toHaveLength(2);
  expect(room.filter((subject) => String(subject).startsWith('[Vigie] Decided'))).toEqual([]);
  expect(duty()).toHaveLength(4);
});
