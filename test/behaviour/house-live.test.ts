import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Client } from '#contract/client.ts';
import type { LiveEvent } from '#contract/house.ts';
import { startHouse, type House } from '../house.ts';
import { until } from '../until.ts';

let house: House;
const ending = new AbortController();
beforeAll(async () => {
  house = await startHouse({ watchesItself: true });
});
afterAll(async () => {
  ending.abort();
  await house[Symbol.asyncDispose]();
});

interface Heard {
  readonly events: LiveEvent[];
  ended: boolean;
}

async function listen(client: Client): Promise<Heard> {
  const heard: Heard = { events: [], ended: false };
  const stream = await client.house.live({}, { signal: ending.signal });
  const read = async (): Promise<void> => {
    for await (const event of stream) heard.events.push(event);
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      heard.ended = true;
    });
  await until(async () => heard.events.length > 0);
  return heard;
}

const topics = ({ events }: Heard): string[] => [...new Set(events.map(({ topic }) => topic))];

it('the live stream tells its reader of what they may read, and nobody of the rest', async () => {
  const [bob, dan] = [await listen(house.as.bob), await listen(house.as.dan)];
  await house.as.alice.estate.sites.create({ name: 'Lyon' });
  await until(async () => topics(bob).includes('estate.thing') && topics(bob).includes('watch.results'));
  expect(topics(dan)).toEqual(['tick']);
});

it('the live stream ends with the right to it', async () => {
  const olga = await listen(house.as.olga);
  await house.as.alice.people.persons.change({ id: house.ids.olga, active: false });
  await until(async () => olga.ended);
  expect(olga.ended).toBe(true);
});

it('a session has a bounded number of live streams: the oldest is let go', async () => {
  const first = await listen(house.as.carol);
  const others = await Promise.all(Array.from({ length: 30 }, () => listen(house.as.carol)));
  await until(async () => first.ended);
  expect(others.some(({ ended }) => ended)).toBe(false);
});
