import { describe, expect, test } from 'vitest';
import { runOnce } from '#probe/testing/probe-context.ts';
import { judge } from './icmp.ts';
import { createPingBatch, parseFping } from './ping-batch.ts';
import { icmpSettings } from './settings.ts';

const plan = { count: 2, gapMs: 100, timeoutMs: 300, sizeBytes: 56 };
const never = new AbortController().signal;

describe('a host', () => {
  test('that answers is up', async () => {
    const result = await runOnce('icmp', { packets: 2, gapMs: 100 });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'echo' } });
    expect(result.metrics.map(({ name }) => name)).toEqual(['roundTrip', 'loss', 'fastest', 'slowest', 'jitter']);
  });

  test('that loses half is degraded, and down when it loses all', () => {
    const settings = icmpSettings.parse({});
    const given = (times: (number | null)[]) => judge(settings, '192.0.2.1', { kind: 'answered', times, note: '' }, 5);
    expect(given([1, null]).reason).toEqual({ code: 'losing', data: { address: '192.0.2.1', lossPercent: 50 } });
    expect(given([null, null])).toMatchObject({ verdict: 'down', reason: { code: 'noEcho', data: { sent: 2 } } });
  });
});

test('a host whose answers come unsteadily is degraded when that is watched', () => {
  const settings = icmpSettings.parse({ warnJitterMs: 10 });
  const given = (times: (number | null)[]) => judge(settings, '192.0.2.1', { kind: 'answered', times, note: '' }, 5);
  expect(given([1, 41, null, 1])).toMatchObject({
    verdict: 'degraded',
    reason: { code: 'unsteady', data: { jitterMs: 40 } },
  });
  expect(given([1, 5, 1]).verdict).toBe('up');
});

test('many hosts are pinged by one process', async () => {
  const batch = createPingBatch();
  const addresses = Array.from({ length: 200 }, (_none, index) => `127.0.1.${index + 1}`);
  const answers = await Promise.all(addresses.map((address) => batch.ping(address, plan, never)));
  expect(answers.every((answer) => answer.kind === 'answered' && answer.times.every((time) => time !== null))).toBe(
    true,
  );
});

test('a machine without fping says so', async () => {
  const answer = await createPingBatch('/nonexistent/fping').ping('127.0.0.1', plan, never);
  expect(answer).toEqual({ kind: 'missing' });
  expect(judge(icmpSettings.parse({}), '127.0.0.1', answer, 1)).toMatchObject({
    verdict: 'unknown',
    reason: { code: 'fpingMissing' },
  });
});

test('an fping that fails is not taken for a dead host', async () => {
  expect(await createPingBatch('/bin/false').ping('127.0.0.1', plan, never)).toMatchObject({ kind: 'failed' });
});

test('the report of fping is read with losses and errors', () => {
  const report = [
    'ICMP Host Unreachable from 10.0.0.1 for ICMP Echo sent to 10.0.0.9',
    '10.0.0.9 : - -',
    '10.0.0.8 : 0.31 -',
    '2001:db8::1 : 12.5 13.0',
    '',
  ].join('\n');
  expect(Object.fromEntries(parseFping(report))).toEqual({
    '10.0.0.9': { kind: 'answered', times: [null, null], note: 'ICMP Host Unreachable from 10.0.0.1' },
    '10.0.0.8': { kind: 'answered', times: [0.31, null], note: '' },
    '2001:db8::1': { kind: 'answered', times: [12.5, 13], note: '' },
  });
});
