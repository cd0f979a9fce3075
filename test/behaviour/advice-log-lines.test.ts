import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#platform/clock.ts';
import { Doors } from '../doors.ts';
import { startHouse, type House } from '../house.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';
import { addUpkeepHost, type UpkeepHost } from '../upkeep-host.ts';

const moved = { ms: 0 };
const clock: Clock = { now: () => new Date(Date.now() + moved.ms) };
const minuteMs = 60_000;

let house: House;
let host: UpkeepHost;
let folder: string;
let file: string;
let logCheck: string;
const doors = new Doors();

const stamp = (): string => clock.now().toISOString().slice(0, 19);
async function write(...messages: readonly string[]): Promise<void> {
  await appendFile(file, messages.map((each) => `${stamp()} web1 app[712]: ${each}\n`).join(''));
}

/** Reads the log now, whatever its plan is. */
async function read(): Promise<void> {
  await house.as.alice.watch.checks.runNow({ id: logCheck });
}

let seed = 5;
const number = (): number => (seed = (seed * 16_807) % 2_147_483_647) % 90_000;
const usual = (): string[] => [
  `request ${number()} answered 200 in ${number() % 90} ms`,
  `request ${number()} answered 304 in ${number() % 90} ms`,
  `session of user u${number()} opened from 10.0.${number() % 250}.${number() % 250}`,
];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'vigie-log-'));
  file = path.join(folder, 'app.log');
  await writeFile(file, '');
  house = await startHouse({ clock });
  host = await addUpkeepHost(house);
  logCheck = (
    await house.as.alice.watch.checks.create({
      name: 'Log of the application',
      kind: 'log',
      target: { kind: 'host', id: host.hostId },
      settings: { source: 'file', path: file, include: ['never said'] },
      intervalSeconds: 86_400,
    })
  ).id;
  await until(async () => (await house.as.alice.watch.checks.get({ id: logCheck })).state === 'up');
  // Two days of what is usual; once in a while the cache is slow.
  for (let at = 0; at < 24; at += 1) {
    await write(...usual(), ...usual(), ...(at % 8 === 3 ? ['cache answered late: 120 ms'] : []));
    await read();
    moved.ms += 120 * minuteMs;
  }
});
afterAll(async () => {
  await doors.closeAll();
  await host[Symbol.asyncDispose]();
  await house[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('lines of logs', () => {
  it('that are new or suddenly frequent when an incident begins stand beside it, in both languages', async () => {
    const { alice, bob, olga } = house.as;
    const port = await doors.open('app', '127.0.0.1');
    const check = await alice.watch.checks.create({
      name: 'Door of the application',
      kind: 'tcp',
      target: { kind: 'host', id: host.hostId },
      settings: { port },
      intervalSeconds: 3_600,
    });
    await until(async () => (await alice.watch.checks.get({ id: check.id })).state === 'up');
    await write(
      ...usual(),
      ...Array.from({ length: 9 }, () => `cache answered late: ${number()} ms`),
      `Out of memory: Killed process ${number()} (java)`,
      `Out of memory: Killed process ${number()} (java)`,
    );
    await read();
    await doors.shut('app');
    await until(async () => {
      await alice.watch.checks.runNow({ id: check.id });
      return (await alice.desk.tickets.list({})).total === 1;
    });
    const [incident] = (await alice.desk.tickets.list({})).items;
    const ticketId = incident?.id ?? '';
    await until(async () => (await olga.advice.logs.ofTicket({ ticketId })).items.length >= 2);
    const told = await olga.advice.logs.ofTicket({ ticketId });
    expect(told.logs).toBe(1);
    expect(told.items.map(({ what, text, lines }) => ({ what, text, lines }))).toEqual([
      { what: 'new', text: 'Out of memory : Killed process <*> ( java )', lines: 2 },
      { what: 'more', text: 'cache answered late : <*>', lines: 9 },
    ]);
    expect(told.items[0]?.sentence).toMatch(/^Never seen before \d.*; 2 lines since\.$/u);
    expect(told.items[1]?.sentence).toBe('9 lines, never more than 1 in as long a time before.');
    expect(told.items[0]?.sample).toMatch(/^Out of memory: Killed process \d+ \(java\)$/u);
    const french = await bob.advice.logs.ofTicket({ ticketId });
    expect(french.items[1]?.sentence).toBe('9 lignes, jamais plus de 1 auparavant en autant de temps.');
    expect(await refusedWith(house.as.dan.advice.logs.ofTicket({ ticketId }))).toBe('forbidden');
    expect(await refusedWith(alice.advice.logs.ofTicket({ ticketId: logCheck }))).toBe('not_found');
  });
});
