import { afterAll, beforeAll, expect, test } from 'vitest';
import { listedName } from '#probe/checks/blocklist/ask-list.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { startNamed, zoneText, type Named } from './daemons/start-named.ts';

const ours = '11.22.33.44';
const testPoint = '2.0.0.127 A 127.0.0.2\n';
const entry = '44.33.22.11 A 127.0.0.4\n44.33.22.11 TXT "Junk seen, see https://list.test/?q=11.22.33.44"\n';

let named: Named;
beforeAll(async () => {
  const zones = {
    'one.test': `${testPoint}${entry}`,
    'two.test': `${testPoint}${entry}`,
    'clean.test': `${testPoint}${listedName('2a00::7', '')?.replace(/\.$/u, '') ?? ''} A 127.0.0.2\n`,
    'dead.test': '',
    'parked.test': '* A 192.0.2.66\n',
    'everybody.test': '* A 127.0.0.2\n',
    'refusing.test': '* A 127.255.255.254\n* TXT "Error: open resolver"\n',
    'turned.test': `${testPoint}44.33.22.11 A 127.255.255.255\n`,
    'firm.test': '@ MX 10 mx\nmx A 11.22.33.44\n',
  };
  named = await startNamed(
    Object.fromEntries(Object.entries(zones).map(([zone, records]) => [zone, zoneText(zone, 1, [records])])),
  );
});
afterAll(() => named[Symbol.asyncDispose]());

const look = (lists: string[], address = ours, settings: Record<string, unknown> = {}, timeoutMs = 8_000) =>
  runOnce('blocklist', { lists, server: '127.0.0.1', serverPort: named.port, ...settings }, address, { timeoutMs });

test('an address on no list is up', async () => {
  expect(await look(['clean.test'])).toMatchObject({
    verdict: 'up',
    reason: { code: 'clean', data: { answered: 1, asked: 1 } },
    metrics: [
      { name: 'listed', value: 0 },
      { name: 'unanswered', value: 0 },
    ],
  });
});

test('on one list is degraded, on two is down, with the reason of the list', async () => {
  const result = await look(['one.test', 'clean.test']);
  expect(result).toMatchObject({
    verdict: 'degraded',
    reason: { code: 'listed', data: { address: ours, lists: 'one.test' } },
  });
  expect(result.output).toMatch(/^one\.test: 11\.22\.33\.44 LISTED 127\.0\.0\.4 Junk seen/u);
  expect((await look(['one.test', 'two.test'])).verdict).toBe('down');
  expect((await look(['one.test', 'two.test'], ours, { downLists: 3 })).verdict).toBe('degraded');
});

test('an IPv6 address is asked nibble by nibble', async () => {
  expect(listedName('2a00::7', 'x.test')).toBe(
    '7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.a.2.x.test',
  );
  expect((await look(['clean.test'], '2a00::7')).reason.code).toBe('listed');
});

test.each(['dead.test', 'parked.test', 'everybody.test', 'refusing.test', 'turned.test', 'nobody.example'])(
  'what %s says does not count',
  async (list) => {
    expect(await look([list])).toMatchObject({ verdict: 'unknown', reason: { code: 'noListAnswers' } });
    expect(await look([list, 'clean.test'])).toMatchObject({
      verdict: 'up',
      reason: { code: 'clean', data: { answered: 1, asked: 2 } },
    });
  },
);

test('hosts that take mail for a domain are looked up too', async () => {
  const result = await look(['one.test'], '11.22.33.1', { domain: 'firm.test' });
  expect(result).toMatchObject({ verdict: 'degraded', reason: { code: 'listed', data: { address: ours } } });
});

test('a private address is on no public list', async () => {
  expect(await look(['clean.test'], '10.0.0.1')).toMatchObject({
    verdict: 'unknown',
    reason: { code: 'noPublicAddress' },
  });
});

test('a frozen name server leaves it unknown, in time', async () => {
  named.daemon.freeze();
  try {
    const result = await look(['clean.test', 'one.test'], ours, {}, 600);
    expect(result).toMatchObject({ verdict: 'unknown', reason: { code: 'noListAnswers' } });
    expect(result.durationMs).toBeLessThan(3_000);
  } finally {
    named.daemon.thaw();
  }
});
