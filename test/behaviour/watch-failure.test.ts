import { createServer, type Server } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { startHouse } from '../house.ts';
import { until } from '../until.ts';

const house = await startHouse();
const { alice } = house.as;
afterAll(() => house[Symbol.asyncDispose]());

/** A web server that can be broken in several ways and mended. */
class Site {
  #server: Server | null = null;
  port = 0;
  mode: 'well' | 'broken' | 'broken once' | 'hangs' = 'well';

  async start(): Promise<void> {
    this.#server = createServer((_request, response) => {
      if (this.mode === 'hangs') return;
      response.writeHead(this.mode === 'well' ? 200 : 500).end(this.mode);
      if (this.mode === 'broken once') this.mode = 'well';
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.port, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

const site = new Site();
await site.start();
afterAll(() => site.stop());

const host = await alice.estate.hosts.create({ name: 'web-01', address: '127.0.0.1' });
const check = await alice.watch.checks.create({
  name: 'Intranet',
  kind: 'http',
  target: { kind: 'host', id: host.id },
  settings: { scheme: 'http', port: site.port },
  intervalSeconds: 1,
});
const now = () => alice.watch.checks.get({ id: check.id });
// Only of this host: the machine that runs the tests may have a failure of its own.
const openAlerts = async () => (await alice.watch.alerts.list({ open: 'true', causeKey: `host:${host.id}` })).items;

describe('a page that fails', () => {
  test('is up at first, with results and measurements', async () => {
    await until(async () => (await now()).state === 'up');
    const { items } = await alice.watch.checks.results({ id: check.id });
    expect(items[0]?.verdict).toBe('up');
    expect(items[0]?.summary).toMatch(/^Answers 200 in /u);
    const series = await alice.watch.checks.series({ id: check.id });
    expect(series.items.map(({ name, unit }) => [name, unit])).toContainEqual(['total', 'ms']);
  });

  test('that answers 500 raises one alert after confirmation, counted from the first failing result', async () => {
    const broken = Date.now();
    site.mode = 'broken';
    await until(async () => (await now()).state === 'down');
    const [alert, ...others] = await openAlerts();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      target: { kind: 'host', name: 'web-01' },
      causeKey: `host:${host.id}`,
      state: 'down',
      summary: 'Answers 500 instead of 200-399.',
    });
    const { items } = await alice.watch.checks.results({ id: check.id, limit: 100 });
    const bad = items.filter(({ at, verdict }) => Date.parse(at) >= broken && verdict === 'down').map(({ at }) => at);
    expect(alert?.failingSince).toBe(bad.toSorted()[0]);
    expect(alert?.output).toContain('500');
    const french = await house.as.bob.watch.alerts.list({ open: 'true', causeKey: `host:${host.id}` });
    expect(french.items[0]?.summary).toBe('Répond 500 au lieu de 200-399.');
  });

  test('clears its alert when it is well again, counted from the first good result', async () => {
    site.mode = 'well';
    await until(async () => (await now()).state === 'up');
    expect(await openAlerts()).toEqual([]);
    const { items } = await alice.watch.checks.history({ id: check.id });
    expect(items.map(({ from, to }) => `${from} ${to}`)).toEqual(['down up', 'up down', 'unknown up']);
  });

  test('alarms nobody when it fails only for a moment', async () => {
    const since = (await alice.watch.checks.results({ id: check.id, limit: 1 })).items[0]?.at ?? '';
    const verdicts = async () =>
      (await alice.watch.checks.results({ id: check.id, limit: 100 })).items
        .filter(({ at }) => at > since)
        .map(({ verdict }) => verdict);
    site.mode = 'broken once';
    // Newest first: it failed, and has been well three times since.
    await until(async () => (await verdicts()).indexOf('down') >= 3);
    expect((await verdicts()).filter((verdict) => verdict === 'down')).toHaveLength(1);
    expect((await now()).state).toBe('up');
    expect((await alice.watch.checks.history({ id: check.id })).items).toHaveLength(3);
  });

  test('is run at once when somebody asks', async () => {
    const result = await alice.watch.checks.runNow({ id: check.id });
    expect(result.verdict).toBe('up');
    expect(result.output).toContain('200 OK');
  });

  test('is noticed in time though it only hangs', async () => {
    const slow = await alice.watch.checks.create({
      name: 'Hangs',
      kind: 'http',
      target: { kind: 'host', id: host.id },
      settings: { scheme: 'http', port: site.port, path: '/slow' },
    });
    await until(async () => (await alice.watch.checks.get({ id: slow.id })).state === 'up');
    await alice.watch.checks.change({ id: check.id, paused: true });
    site.mode = 'hangs';
    await until(async () => (await openAlerts()).length > 0);
    expect((await openAlerts()).map((alert) => alert.check.id)).toEqual([slow.id]);
    site.mode = 'well';
    await until(async () => (await openAlerts()).length === 0);
    await alice.watch.checks.remove({ id: slow.id });
    await alice.watch.checks.change({ id: check.id, paused: false });
  });
});

describe('a check', () => {
  test('that is paused is watched no more and its alert ends', async () => {
    await until(async () => (await now()).state === 'up');
    site.mode = 'broken';
    await until(async () => (await openAlerts()).length === 1);
    expect(await alice.watch.checks.change({ id: check.id, paused: true })).toMatchObject({
      paused: true,
      state: 'unknown',
    });
    expect(await openAlerts()).toEqual([]);
    site.mode = 'well';
    await alice.watch.checks.change({ id: check.id, paused: false });
    await until(async () => (await now()).state === 'up');
  });

  test('that is silenced holds its alert back until the silence ends', async () => {
    const silence = await alice.watch.silences.create({
      checkId: check.id,
      reason: 'work on the server',
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    site.mode = 'broken';
    await until(async () => (await openAlerts()).length === 1);
    expect((await openAlerts())[0]).toMatchObject({ silenced: true });
    expect((await now()).silencedUntil).toBe(silence.until);
    await alice.watch.silences.end({ id: silence.id });
    expect((await openAlerts())[0]).toMatchObject({ silenced: false });
    site.mode = 'well';
    await until(async () => (await openAlerts()).length === 0);
  });

  test('draws its measurements, with gaps and marks', async () => {
    const until_ = new Date();
    const from = new Date(until_.getTime() - 60_000);
    const chart = await alice.watch.chart({
      checkId: check.id,
      names: ['total'],
      from: from.toISOString(),
      until: until_.toISOString(),
      points: 60,
    });
    expect(chart.series).toHaveLength(1);
    expect(chart.series[0]?.mean).toHaveLength(chart.times.length);
    expect(chart.series[0]?.mean.some((value) => value !== null && value > 0)).toBe(true);
    expect(chart.marks.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['down', 'up']));
  });

  test('that is removed is gone, its alerts stay in the history', async () => {
    const before = (await alice.watch.alerts.list({ causeKey: `host:${host.id}` })).total;
    await alice.watch.checks.remove({ id: check.id });
    await expect(alice.watch.checks.get({ id: check.id })).rejects.toMatchObject({ code: 'not_found' });
    expect((await alice.watch.alerts.list({ causeKey: `host:${host.id}` })).total).toBe(before);
  });
});
