import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CheckResult } from '#probe/check-kind.ts';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { certificatesFor } from '#probe/testing/served-certificates.ts';
import { until } from '../until.ts';
import { startMosquitto, type Mosquitto } from './daemons/mosquitto.ts';
import { hostileServers, type Malformed } from './hostile-servers.ts';

const certificates = certificatesFor('127.0.0.1', 'broker.firm.example');
let broker: Mosquitto;
let expired: Mosquitto;
let sensor: MqttClient;

beforeAll(async () => {
  broker = await startMosquitto(certificates.good);
  expired = await startMosquitto(certificates.expired);
  sensor = await connectAsync({ port: broker.port, host: '127.0.0.1', ...signIn('username'), reconnectPeriod: 0 });
  sensor.on('error', () => undefined);
});

afterAll(async () => {
  sensor.end(true);
  await broker[Symbol.asyncDispose]();
  await expired[Symbol.asyncDispose]();
  certificates[Symbol.dispose]();
});

function signIn(name: string): Record<string, string> {
  return { [name]: 'vigie', password: 'hidden' };
}

function check(settings: Record<string, unknown> = {}, options = {}): Promise<CheckResult> {
  return runOnce('mqtt', { port: broker.port, ...signIn('user'), ...settings }, '127.0.0.1', {
    timeoutMs: 4_000,
    authorities: [certificates.authority],
    ...options,
  });
}

function metric(result: CheckResult, name: string): number | undefined {
  return result.metrics.find((each) => each.name === name)?.value;
}

describe.each(['3.1.1', '5'])('a broker, spoken to in version %s', (version) => {
  test('lets a client in, in clear and over TLS', async () => {
    expect(await check({ version })).toMatchObject({ verdict: 'up', reason: { code: 'connected' } });
    const secure = await check({ version, port: broker.tlsPort, tls: 'direct' });
    expect(secure.verdict).toBe('up');
    expect(metric(secure, 'certificateDays')).toBeGreaterThan(80);
  });

  test('passes a message on, and nothing stays behind', async () => {
    const before = metric(await check({ version }), 'retained');
    const result = await check({ version, test: 'roundTrip' });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'returned' } });
    expect(metric(result, 'message')).toBeGreaterThan(0);
    expect(metric(await check({ version }), 'retained')).toBe(before);
  });

  test('has a message, retained or new', async () => {
    await sensor.publishAsync('rooms/cold', '4.5', { retain: true, qos: 1 });
    const cold = { version, test: 'message', topic: 'rooms/cold' };
    const result = await check({ ...cold, payloadAbove: 8 });
    expect(result).toMatchObject({ verdict: 'up' });
    expect(metric(result, 'queryValue')).toBe(4.5);
    expect(result.output).toContain('(retained)');
    expect((await check({ ...cold, payloadAbove: 4 })).reason.code).toBe('above');
    expect((await check({ ...cold, payloadExpected: '5' })).reason.code).toBe('queryOther');
    const timer = setInterval(() => void sensor.publishAsync('rooms/door', 'open'), 50);
    expect((await check({ ...cold, topic: 'rooms/+', payloadExpected: '' })).verdict).toBe('up');
    expect((await check({ ...cold, topic: 'rooms/door', payloadExpected: 'open' })).verdict).toBe('up');
    clearInterval(timer);
    const silent = await check({ ...cold, topic: 'rooms/silent', withinMs: 200 });
    expect(silent).toMatchObject({ verdict: 'down', reason: { code: 'noMessage' } });
  });

  test('refuses a wrong password, nobody, and what is not allowed', async () => {
    expect((await check({ version, password: 'wrong' })).reason.code).toBe('signInRefused');
    expect((await check({ version, user: '', password: '' })).reason.code).toBe('signInRefused');
    const drop = await check({ version, test: 'roundTrip', topic: 'drop', withinMs: 200 });
    expect(['notReturned', 'refusedStep']).toContain(drop.reason.code);
    const foreign = await check({ version, test: 'message', topic: 'foreign/x', withinMs: 200 });
    expect(['noMessage', 'refusedStep']).toContain(foreign.reason.code);
  });
});

test('the broker tells of itself, with rates from the second run on', async () => {
  const memory = new RunMemory();
  await until(async () => metric(await check({}, { memory }), 'clients') !== undefined);
  await until(async () => (metric(await check({}, { memory }), 'received') ?? 0) > 0);
  expect(metric(await check({ readSystem: false }), 'clients')).toBeUndefined();
});

test('certificates are judged before anything is said', async () => {
  expect((await check({ port: expired.tlsPort, tls: 'direct' })).reason.code).toBe('certificateExpired');
  const stranger = { port: broker.tlsPort, tls: 'direct' };
  expect((await check(stranger, { authorities: [] })).reason.code).toBe('certificateUntrusted');
  expect((await check({ ...stranger, verifyCertificate: false }, { authorities: [] })).verdict).toBe('up');
});

test('a broker that stands still or is stopped is down', async () => {
  expired.daemon.freeze();
  expect((await check({ port: expired.port }, { timeoutMs: 400 })).reason.code).toBe('noAnswer');
  expired.daemon.thaw();
  await expired[Symbol.asyncDispose]();
  expect((await check({ port: expired.port })).reason.code).toBe('refused');
});

const connack = Buffer.from([0x20, 2, 0, 0]);
const malformed: Malformed[] = [
  { name: 'lets in and falls silent', bytes: connack },
  { name: 'lets in twice', bytes: Buffer.concat([connack, connack]) },
  { name: 'announces a quarter of a gigabyte', bytes: Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f, 0, 1]) },
  { name: 'announces a length without end', bytes: Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) },
  { name: 'answers with a packet that only clients send', bytes: Buffer.from([0x10, 2, 0, 0]) },
  { name: 'answers with a cut topic', bytes: Buffer.concat([connack, Buffer.from([0x30, 3, 0, 0xff, 0x41])]) },
  { name: 'lets in with an odd flag', bytes: Buffer.from([0x20, 2, 0xff, 0]) },
];

describe('hostile answers', () => {
  test.concurrent.each(hostileServers(malformed))('%s', async (_name, start) => {
    await using server = await start();
    const asked = { port: server.port, test: 'roundTrip' };
    const result = await runOnce('mqtt', asked, '127.0.0.1', { timeoutMs: 1_000 });
    expect(result.verdict).toBe('down');
    expect(['noAnswer', 'cutOff', 'otherProtocol', 'flooded', 'reset', 'refusedStep']).toContain(result.reason.code);
    expect(result.durationMs).toBeLessThan(5_000);
  });
});
