import { createSocket } from 'node:dgram';
import { afterAll, describe, expect, test } from 'vitest';
import { startLoopbackDns } from '#probe/testing/loopback-dns.ts';
import { closedPort } from '#probe/testing/loopback-server.ts';
import { runOnce } from '#probe/testing/probe-context.ts';

const server = await startLoopbackDns([
  '--local=/test/',
  '--address=/www.test/192.0.2.10',
  '--host-record=six.test,2001:db8::6',
  '--host-record=two.test,192.0.2.1',
  '--host-record=two.test,192.0.2.2',
  '--dns-rr=firm.test,257,000569737375656361',
  '--cname=alias.test,six.test',
  '--mx-host=firm.test,mail.firm.test,10',
  '--txt-record=firm.test,v=spf1 -all',
  '--srv-host=_ldap._tcp.firm.test,dc.firm.test,389,0,5',
  '--ptr-record=10.2.0.192.in-addr.arpa,www.test',
]);
afterAll(() => server[Symbol.asyncDispose]());

const ask = (settings: Record<string, unknown>) => runOnce('dns', { port: server.port, ...settings });

describe('a name server', () => {
  test.each([
    ['A', 'www.test', '192.0.2.10'],
    ['AAAA', 'six.test', '2001:db8::6'],
    ['CNAME', 'alias.test', 'six.test.'],
    ['MX', 'firm.test', '10 mail.firm.test'],
    ['TXT', 'firm.test', 'v=spf1'],
    ['SRV', '_ldap._tcp.firm.test', '0 5 389 dc.firm.test'],
    ['PTR', '192.0.2.10', 'WWW.test'],
    ['CAA', 'firm.test', '0 issue ca'],
  ])('answers for %s', async (type, name, expected) => {
    const result = await ask({ type, name, expected });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'answered' } });
    expect((await ask({ type, name, expected: 'something else' })).reason.code).toBe('otherAnswer');
  });

  test('is held to all, exactly or the pattern of the expected records', async () => {
    const asked = { type: 'A', name: 'two.test' };
    const both = '192.0.2.1\n192.0.2.2';
    expect((await ask({ ...asked, expected: '192.0.2.1' })).verdict).toBe('up');
    expect((await ask({ ...asked, expected: both, match: 'exactly' })).verdict).toBe('up');
    expect((await ask({ ...asked, expected: '192.0.2.1', match: 'exactly' })).reason.code).toBe('otherAnswer');
    expect((await ask({ ...asked, expected: '192.0.2.*', match: 'pattern' })).verdict).toBe('up');
    expect((await ask({ ...asked, expected: '192.0.2.1', match: 'pattern' })).reason.code).toBe('otherAnswer');
  });

  test('answers at all when no name is asked for', async () => {
    expect(await ask({})).toMatchObject({ verdict: 'up', reason: { code: 'serverAnswers' } });
  });

  test('knows no such name', async () => {
    expect(await ask({ name: 'nobody.test' })).toMatchObject({ verdict: 'down', reason: { code: 'noSuchName' } });
  });

  test('has no record of that type', async () => {
    expect(await ask({ name: 'six.test', type: 'A' })).toMatchObject({
      verdict: 'down',
      reason: { code: 'noSuchRecord' },
    });
  });

  test('that is not there does not answer', async () => {
    const port = await closedPort();
    const result = await runOnce('dns', { port, name: 'www.test' }, '127.0.0.1', { timeoutMs: 500 });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noAnswer' } });
  });

  test('that sends rubbish is down within the time', async () => {
    const rude = createSocket('udp4');
    rude.on('message', (_question, from) => rude.send(Buffer.from('not dns at all'), from.port, from.address));
    await new Promise<void>((resolve) => rude.bind(0, '127.0.0.1', resolve));
    const result = await runOnce('dns', { port: rude.address().port, name: 'www.test' }, '127.0.0.1', {
      timeoutMs: 400,
    });
    rude.close();
    expect(result.verdict).toBe('down');
    expect(result.durationMs).toBeLessThan(2_000);
  });
});
