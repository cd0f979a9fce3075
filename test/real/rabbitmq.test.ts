import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { closedPort, listen } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { until } from '../until.ts';
import { startRabbitmq, type Rabbitmq } from './daemons/rabbitmq.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'broker.firm.example');
let broker: Rabbitmq;

beforeAll(async () => {
  broker = await startRabbitmq(certificates.good);
  await broker.manage('PUT', 'users/vigie', { password: 'hidden', tags: 'monitoring' });
  await broker.manage('PUT', 'permissions/%2F/vigie', { configure: '', write: '', read: '' });
  await broker.manage('PUT', 'vhosts/other');
  for (const queue of ['orders.new', 'orders.paid', 'mail']) {
    await broker.manage('PUT', `queues/%2F/${queue}`, { durable: true });
  }
}, 120_000);

afterAll(async () => {
  await broker?.[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

function check(settings: Record<string, unknown> = {}, options = {}): Promise<CheckResult> {
  const usual = { port: broker.port, managementPort: broker.managementPort, user: 'vigie', password: 'hidden' };
  return runOnce('rabbitmq', { look: 'both', ...usual, ...settings }, '127.0.0.1', {
    timeoutMs: 6_000,
    authorities: [certificates.authority],
    ...options,
  });
}

function metric(result: CheckResult, name: string): number | undefined {
  return result.metrics.find((each) => each.name === name)?.value;
}

describe('a healthy broker', () => {
  test('is up, and measured', async () => {
    await until(async () => metric(await check(), 'memoryPercent') !== undefined);
    const result = await check({ queues: ['orders.*'], queuesExpected: ['mail', 'orders.*'] });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'healthy' } });
    expect(metric(result, 'nodes')).toBe(1);
    expect(metric(result, 'queues')).toBe(2);
    expect(metric(result, 'signIn')).toBeGreaterThan(0);
    expect(metric(result, 'queueReady:orders.new')).toBe(0);
  });

  test('is signed in to over TLS', async () => {
    const secure = { look: 'amqp', port: broker.tlsPort, tls: 'direct' };
    const result = await check(secure);
    expect(result.verdict).toBe('up');
    expect(metric(result, 'certificateDays')).toBeGreaterThan(80);
    expect((await check(secure, { authorities: [] })).reason.code).toBe('certificateUntrusted');
    expect((await check({ ...secure, verifyCertificate: false }, { authorities: [] })).verdict).toBe('up');
  });
});

describe('trouble', () => {
  test('with the sign-in is told, on both ways', async () => {
    expect((await check({ look: 'amqp', password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await check({ look: 'management', password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await check({ look: 'amqp', virtualHost: 'missing' })).reason.code).toBe('virtualHostMissing');
    expect((await check({ look: 'amqp', virtualHost: 'other' })).reason.code).toBe('virtualHostMissing');
  });

  test('with queues is told', async () => {
    for (let index = 0; index < 3; index += 1) {
      const message = { properties: {}, routing_key: 'orders.new', payload: 'x', payload_encoding: 'string' };
      await broker.manage('POST', 'exchanges/%2F/amq.default/publish', message);
    }
    await until(async () => metric(await check(), 'ready') === 3);
    const full = await check({ queues: ['orders.*'], maxReady: 2 });
    expect(full.reason).toMatchObject({ code: 'above', data: { metric: 'ready', instance: 'orders.new', value: 3 } });
    expect((await check({ queues: ['mail'], maxReady: 2 })).verdict).toBe('up');
    const alone = await check({ queues: ['mail'], minConsumers: 1, beyondIs: 'down' });
    expect(alone).toMatchObject({ verdict: 'down', reason: { code: 'below' } });
    expect((await check({ queuesExpected: ['absent*'] })).reason.code).toBe('queueMissing');
  });

  test('with a broker that stands still, or another port, is told', async () => {
    broker.daemon.freeze();
    expect((await check({}, { timeoutMs: 500 })).reason.code).toBe('noAnswer');
    expect((await check({ look: 'management' }, { timeoutMs: 500 })).reason.code).toBe('noAnswer');
    broker.daemon.thaw();
    expect((await check({ managementPort: await closedPort() })).reason.code).toBe('refused');
    const web = await check({ port: broker.managementPort, look: 'amqp' }, { timeoutMs: 500 });
    expect(web.reason.code).toBe('noAnswer');
    expect((await check({ look: 'management' }, { mayReach: () => false })).reason.code).toBe('addressForbidden');
    expect((await check({ look: 'amqp' }, { mayReach: () => false })).reason.code).toBe('addressForbidden');
  });

  test('with memory is told', async () => {
    await broker.control('set_vm_memory_high_watermark', 'absolute', '1MB');
    await until(async () => (await check()).reason.code === 'memoryAlarm');
    expect((await check()).verdict).toBe('down');
  });
});

const malformed: Malformed[] = [
  { name: 'offers another version', bytes: Buffer.from('AMQP\0\x01\0\0', 'latin1') },
  { name: 'announces four gigabytes', bytes: Buffer.from([1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 10, 0, 10]) },
  { name: 'sends an unknown method', bytes: Buffer.from([1, 0, 0, 0, 0, 0, 4, 0, 99, 0, 99, 0xce]) },
  { name: 'sends a cut start', bytes: Buffer.from([1, 0, 0, 0, 0, 0, 6, 0, 10, 0, 10, 0, 9, 0xce]) },
  { name: 'sends a frame without an end', bytes: Buffer.from([1, 0, 0, 0, 0, 0, 4, 0, 10, 0, 10, 0x00]) },
  {
    name: 'sends a table that lies',
    bytes: Buffer.from([1, 0, 0, 0, 0, 0, 10, 0, 10, 0, 10, 0, 9, 0x7f, 0xff, 0xff, 0xff, 0xce]),
  },
  { name: 'speaks on another channel', bytes: Buffer.from([1, 0, 7, 0, 0, 0, 4, 0, 10, 0, 41, 0xce]) },
];

describe.each(['amqp', 'management'])('hostile answers, looking at %s', (look) => {
  test.concurrent.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const asked = { look, port: server.port, managementPort: server.port };
    const result = await runOnce('rabbitmq', asked, '127.0.0.1', { timeoutMs: 1_000 });
    expect(result.verdict).toBe('down');
    expect(['noAnswer', 'cutOff', 'otherProtocol', 'flooded', 'reset']).toContain(result.reason.code);
    expect(result.durationMs).toBeLessThan(5_000);
  });
});

test('a health check of the broker that fails is told', async () => {
  const answers: Readonly<Record<string, [number, unknown]>> = {
    overview: [200, { rabbitmq_version: '4.0' }],
    nodes: [200, [{ name: 'rabbit@a', running: true }]],
    queues: [200, []],
    'virtual-hosts': [503, { status: 'failed', reason: 'some vhosts are down' }],
  };
  const server = createServer((request, response) => {
    const [, , first = '', , last = ''] = (request.url ?? '').split(/[/?]/u);
    const [status, body] = answers[first] ?? answers[last] ?? [404, {}];
    response.writeHead(status).end(JSON.stringify(body));
  });
  const managementPort = await listen(server);
  const result = await runOnce('rabbitmq', { look: 'management', managementPort });
  server.close();
  expect(result).toMatchObject({ verdict: 'down', reason: { code: 'healthCheckFailed' } });
});
