import { afterAll, describe, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';
import { freePort } from './daemons/free-port.ts';
import { signZone, startNamed, zoneText } from './daemons/start-named.ts';

const plain = (zone: string, lines: readonly string[] = []) => zoneText(zone, 7, lines);
const records = [
  'www.good.test. IN A 192.0.2.10',
  'www.good.test. IN A 192.0.2.9',
  'good.test. IN MX 10 Mail.Good.test.',
  '*.wild.good.test. IN TXT "anything"',
  ...Array.from({ length: 40 }, (_none, at) => `good.test. IN TXT "a record that makes the answer long ${at}"`),
];
const good = await signZone('good.test', plain('good.test', records), 'ED25519');
const expired = await signZone('expired.test', plain('expired.test'), 'ECDSAP256SHA256', [
  '-s',
  'now-40d',
  '-e',
  'now-10d',
]);
const early = await signZone('early.test', plain('early.test'), 'ECDSAP256SHA256', ['-s', 'now+2d', '-e', 'now+30d']);
const soon = await signZone('soon.test', plain('soon.test'), 'ECDSAP256SHA256', ['-e', 'now+2d']);
const other = await signZone('broken.test', plain('broken.test'), 'ECDSAP256SHA256');
const broken = await signZone('broken.test', plain('broken.test'), 'ECDSAP256SHA256');
const forged = await signZone('forged.test', plain('forged.test', ['www.forged.test. IN A 192.0.2.1']), 'RSASHA256');
const children = ['good', 'expired', 'early', 'soon', 'broken', 'forged', 'unsigned'].map(
  (name) => `${name}.test. IN NS ns1.test.`,
);
const parent = await signZone(
  'test',
  plain('test', [
    ...children,
    `good.test. IN DS ${good.digest}`,
    `expired.test. IN DS ${expired.digest}`,
    `early.test. IN DS ${early.digest}`,
    `soon.test. IN DS ${soon.digest}`,
    // The key was changed and nobody told the zone above.
    `broken.test. IN DS ${other.digest}`,
    `forged.test. IN DS ${forged.digest}`,
  ]),
  'RSASHA256',
);
const server = await startNamed({
  test: parent.text,
  'good.test': good.text,
  'expired.test': expired.text,
  'early.test': early.text,
  'soon.test': soon.text,
  'broken.test': broken.text,
  'forged.test': forged.text.replaceAll('192.0.2.1', '192.0.2.2'),
  'unsigned.test': plain('unsigned.test'),
});
afterAll(() => server[Symbol.asyncDispose]());

const anchors = [`test. IN DS ${parent.digest}`];
const ask = (zone: string, settings: Record<string, unknown> = {}) =>
  runOnce('dnssec', { zone, port: server.port, anchors, ...settings }, '127.0.0.1', { timeoutMs: 5_000 });

describe('a signed zone', () => {
  test('holds from the anchor down, whichever algorithms are mixed', async () => {
    const result = await ask('good.test');
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'secure', data: { zone: 'good.test' } } });
    expect(result.output).toContain('chain: test → good.test');
    expect(result.metrics[0]?.value).toBeGreaterThan(29);
    expect((await ask('test')).verdict).toBe('up');
  });

  test.each([
    ['A', 'www.good.test'],
    ['MX', 'good.test'],
    ['NS', 'good.test'],
    ['TXT', 'something.wild.good.test'],
    ['TXT', 'good.test'],
  ])('has its %s records verified at %s', async (type, name) => {
    expect((await ask('good.test', { type, name })).reason.code).toBe('secure');
  });

  test('may be its own anchor', async () => {
    const own = [`good.test. ${good.digest}`];
    expect((await ask('good.test', { anchors: own })).verdict).toBe('up');
    expect((await ask('good.test', { anchors: [`good.test. ${expired.digest}`] })).reason.code).toBe('wrongKey');
    expect((await ask('test', { anchors: own })).reason.code).toBe('noAnchor');
  });

  test.each([
    ['expired.test', 'expired', 'down'],
    ['early.test', 'notYet', 'down'],
    ['broken.test', 'wrongKey', 'down'],
    ['unsigned.test', 'unsigned', 'down'],
    ['soon.test', 'signatureEndsSoon', 'degraded'],
  ])('%s is %s', async (zone, code, verdict) => {
    expect(await ask(zone)).toMatchObject({ verdict, reason: { code } });
  });

  test('whose records were changed after signing is found out', async () => {
    expect((await ask('forged.test')).verdict).toBe('up');
    const result = await ask('forged.test', { name: 'www.forged.test', type: 'A' });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'wrongSignature' } });
  });

  test('without the record, or asked for a name outside, is told so', async () => {
    expect((await ask('good.test', { type: 'SRV' })).reason.code).toBe('noRecords');
    expect((await ask('good.test', { name: 'www.test' })).reason.code).toBe('nameOutside');
  });
});

test('a server that is frozen, or not there, is down', async () => {
  server.daemon.freeze();
  try {
    const result = await runOnce('dnssec', { zone: 'good.test', port: server.port, anchors }, '127.0.0.1', {
      timeoutMs: 500,
    });
    expect(result.reason.code).toBe('noAnswer');
  } finally {
    server.daemon.thaw();
  }
  expect((await ask('good.test', { port: await freePort() })).reason.code).toBe('refused');
});
