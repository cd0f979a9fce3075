import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { portOf } from '../free-port.ts';
import { startOwnPostgres } from '../own-postgres.ts';
import { openWatchStore, type WatchStore } from '../watch-store.ts';
import { startVictoriaMetrics, type VictoriaMetrics } from './daemons/victoria-metrics.ts';

type ResultRow = Parameters<WatchStore['results']['addAll']>[0][number];

const windowMs = 7_200_000;
// Begins with a window, some hours ago: the store takes nothing from the future.
const begin = new Date(Math.floor((Date.now() - 6 * 3_600_000) / windowMs) * windowMs);
const after = (seconds: number): Date => new Date(begin.getTime() + seconds * 1_000);

let watch: WatchStore;
let victoria: VictoriaMetrics;
beforeAll(async () => {
  const postgres = await startOwnPostgres();
  watch = await openWatchStore(begin, postgres);
  victoria = await startVictoriaMetrics();
  await watch.results.keepDays(begin);
  await watch.results.addSeries([
    { checkNumber: watch.checkNumber, position: 1, name: 'total', unit: 'ms' },
    { checkNumber: watch.checkNumber, position: 2, name: 'size', unit: 'B' },
  ]);
  await watch.sendTo({ url: `${victoria.url}/api/v1/write`, queryUrl: victoria.url, readBack: true });
}, 60_000);
afterAll(async () => {
  await watch[Symbol.asyncDispose]();
  await victoria[Symbol.asyncDispose]();
});

function rows(fromS: number, untilS: number, stepS = 60): ResultRow[] {
  const all: ResultRow[] = [];
  for (let second = fromS; second < untilS; second += stepS)
    all.push({
      checkNumber: watch.checkNumber,
      at: after(second),
      verdict: 'up',
      reason: { code: 'answered', data: {} },
      confirming: false,
      durationMs: 5,
      output: '',
      values: [second % 1_000, 4_096],
    });
  return all;
}

async function counted(untilS: number): Promise<number> {
  const found = await victoria.query('count_over_time(vigie_measurement{measurement="total"}[12h])', after(untilS));
  return found[0]?.value ?? 0;
}

describe('measurements that are sent on', () => {
  test('arrive with their labels and values', async () => {
    await watch.results.addAll(rows(0, 840));
    await watch.send(after(900));
    const [last] = await victoria.query('last_over_time(vigie_measurement{measurement="total"}[1h])', after(900));
    expect(last?.value).toBe(780);
    expect(last?.metric).toMatchObject({ check: 'a', kind: 'http', unit: 'ms', site: 'lyon' });
    const [verdict] = await victoria.query('last_over_time(vigie_check_verdict[1h])', after(900));
    expect(verdict?.value).toBe(0);
    expect(await watch.remote()).toMatchObject({ sent: 56, refused: 0, failingSince: null });
  });

  test('wait while the store is away, without being lost, and arrive once when it is back', async () => {
    await victoria.stop();
    await watch.results.addAll(rows(840, 2 * 3_600));
    await watch.send(after(4_000));
    const failing = await watch.remote();
    expect(failing?.lastError).toContain('ECONNREFUSED');
    expect(failing?.failingSince).toEqual(after(4_000));
    expect(failing?.nextTryAt).toEqual(after(4_005));
    // Meanwhile the window is packed and its table dropped.
    await watch.turn(after(2 * 3_600 + 600));
    expect(await watch.tables('result_closing')).toEqual([]);
    await victoria.start();
    await watch.results.addAll(rows(2 * 3_600, 2 * 3_600 + 600));
    for (let turn = 0; turn < 5; turn += 1) await watch.send(after(2 * 3_600 + 700 + turn));
    expect(await counted(3 * 3_600)).toBe(130);
    expect(await watch.remote()).toMatchObject({ failingSince: null, refused: 0, tries: 0 });
  });

  test('arrive though they come after all around them was sent', async () => {
    await watch.results.addAll(rows(1_030, 1_031));
    await watch.turn(after(2 * 3_600 + 720));
    await watch.send(after(2 * 3_600 + 730));
    await watch.send(after(2 * 3_600 + 731));
    expect(await counted(3 * 3_600)).toBe(131);
  });

  test('arrive though they are stored minutes late, in a window that is not packed yet', async () => {
    await watch.results.addAll(rows(2 * 3_600 + 310, 2 * 3_600 + 311));
    await watch.send(after(2 * 3_600 + 740));
    expect(await counted(3 * 3_600)).toBe(132);
    // Those that come in time are sent once.
    const { sent = 0 } = (await watch.remote()) ?? {};
    await watch.results.addAll(rows(2 * 3_600 + 741, 2 * 3_600 + 742));
    await watch.send(after(2 * 3_600 + 850));
    await watch.send(after(2 * 3_600 + 860));
    expect((await watch.remote())?.sent).toBe(sent + 4);
  });

  test('are read back as they would be drawn here', async () => {
    const here = await watch.chart(after(0), after(7_200), 120);
    const there = await watch.readBack(after(0), after(7_200), here.stepS);
    expect(here.stepS).toBe(60);
    const means = there?.columns[1]?.mean ?? [];
    expect(means).toHaveLength(here.measured?.columns[1]?.mean.length ?? 0);
    // A value at the very border belongs to the step before it there, and to the one after it here.
    expect(means.slice(1, -1).every((value) => value === 4_096)).toBe(true);
    const inFives = await watch.chart(after(30), after(7_230), 24);
    const back = await watch.readBack(after(30), after(7_230), inFives.stepS);
    expect(back?.columns[0]?.max.filter((value) => value !== null).length).toBeGreaterThan(20);
  });

  test('are asked for in vain where the store does not answer, and the chart is drawn from here', async () => {
    await victoria.stop();
    expect(await watch.readBack(after(0), after(600), 60)).toBeNull();
    await victoria.start();
  });
});

async function receiver(status: number): Promise<{ server: Server; url: string; asked: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    count += 1;
    request.resume().on('end', () => response.writeHead(status, { location: victoria.url }).end('no'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${portOf(server.address())}/write`, asked: () => count };
}

describe('a receiver', () => {
  const later = 2 * 3_600 + 1_200;

  test('that says a request is bad is not asked again for it', async () => {
    const { server, url, asked } = await receiver(400);
    await watch.sendTo({ url });
    await watch.results.addAll(rows(2 * 3_600 + 800, 2 * 3_600 + 860));
    await watch.send(after(later));
    expect(asked()).toBe(1);
    expect(await watch.remote()).toMatchObject({ refused: 4, failingSince: null, lastError: '400 Bad Request: no' });
    server.close();
  });

  test.each([302, 401, 503])('that answers %i gets the same again later', async (status) => {
    const { server, url } = await receiver(status);
    await watch.sendTo({ url });
    const at = later + 3 * status;
    await watch.results.addAll(rows(at - 200, at - 140));
    const before = await watch.remote();
    await watch.send(after(at));
    const failed = await watch.remote();
    expect(failed?.failingSince).not.toBeNull();
    expect(failed?.refused).toBe(before?.refused);
    expect(failed?.lastError).toContain(String(status));
    await watch.sendTo({ url: `${victoria.url}/api/v1/write` });
    await watch.send(after(at + 1));
    expect((await watch.remote())?.failingSince).toBeNull();
    server.close();
  });

  test('on this machine is not reached without leave', async () => {
    const { server, url, asked } = await receiver(204);
    await watch.sendTo({ url, specialAllowed: false });
    const at = later + 2_500;
    await watch.results.addAll(rows(at - 200, at - 140));
    await watch.send(after(at));
    expect(asked()).toBe(0);
    expect((await watch.remote())?.lastError).toContain('FORBIDDEN_ADDRESS');
    server.close();
  });
});
