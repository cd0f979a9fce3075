import { createSocket } from 'node:dgram';
import { afterAll, describe, expect, test } from 'vitest';
import { RunMemory } from '#probe/run-memory.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { freePort } from './daemons/free-port.ts';
import { snmpdPasswords, startSnmpd } from './daemons/snmp/start-snmpd.ts';

const agent = await startSnmpd();
afterAll(() => agent[Symbol.asyncDispose]());

const { port } = agent;
const uptime = ['uptime = 1.3.6.1.2.1.1.3.0'];
const ask = (settings: Record<string, unknown>, options = {}) =>
  runOnce('snmp', { port, ...settings }, '127.0.0.1', { timeoutMs: 3_000, ...options });

describe('an agent', () => {
  test.each(['1', '2c'])('gives its values over v%s', async (version) => {
    const result = await ask({ version, values: ['name = 1.3.6.1.2.1.1.5.0', ...uptime], expected: '*' });
    expect(result).toMatchObject({ verdict: 'up', reason: { code: 'values' } });
    expect(result.output).toContain('name: test-machine');
    expect(result.metrics).toMatchObject([{ name: 'value:uptime', unit: 'seconds' }]);
  });

  test.each(['1', '2c'])('without an object is down over v%s', async (version) => {
    const result = await ask({ version, values: [...uptime, 'nothing = 1.3.6.1.2.1.1.99.0'] });
    expect(result).toMatchObject({ verdict: 'down', reason: { code: 'noSuchValue', data: { name: 'nothing' } } });
  });

  test('is held against expectation and limits', async () => {
    expect(await ask({ values: ['1.3.6.1.2.1.1.5.0'], expected: 'other' })).toMatchObject({
      verdict: 'down',
      reason: { code: 'otherValue', data: { found: 'test-machine' } },
    });
    expect((await ask({ values: uptime, warnAbove: '0' })).verdict).toBe('degraded');
    expect((await ask({ values: uptime, downBelow: '1000000' })).verdict).toBe('down');
  });

  test('has counters told as rates, from the second run on', async () => {
    const memory = new RunMemory();
    // Packets that the agent itself takes in.
    const settings = { values: ['packets = 1.3.6.1.2.1.11.1.0'] };
    expect((await ask(settings, { memory })).metrics).toEqual([]);
    const { metrics } = await ask(settings, { memory });
    expect(metrics).toMatchObject([{ name: 'value:packets', unit: 'perSecond' }]);
    expect(metrics[0]?.value).toBeGreaterThan(0);
  });
});

const v3 = { version: '3', values: uptime, authPassword: snmpdPasswords.auth, privPassword: snmpdPasswords.priv };

const codeOf = async (settings: Record<string, unknown>) => (await ask({ ...v3, ...settings })).reason.code;

describe('an agent over v3', () => {
  test.each([
    ['noauth', { securityLevel: 'noAuthNoPriv' }],
    ['md5des', { authProtocol: 'md5', privProtocol: 'des' }],
    ['shaaes', { authProtocol: 'sha', privProtocol: 'aes' }],
    ['sha256', { authProtocol: 'sha256', securityLevel: 'authNoPriv' }],
    ['sha512', { authProtocol: 'sha512', privProtocol: 'aes' }],
    ['aes256b', { authProtocol: 'sha256', privProtocol: 'aes256b' }],
  ])('lets in %s', async (user, settings) => {
    expect(await ask({ ...v3, user, ...settings })).toMatchObject({ verdict: 'up', reason: { code: 'lasting' } });
  });

  test('tells a wrong user, wrong passwords and too low a level apart', async () => {
    expect(await codeOf({ user: 'stranger' })).toBe('unknownUser');
    expect(await codeOf({ user: 'shaaes', authPassword: 'not the password' })).toBe('wrongPassword');
    expect(await codeOf({ user: 'shaaes', authProtocol: 'md5' })).toBe('wrongPassword');
    expect(await codeOf({ user: 'shaaes', privPassword: 'not the password' })).toBe('encryptedUnanswered');
    expect(await codeOf({ user: 'shaaes', securityLevel: 'noAuthNoPriv' })).toBe('accessDenied');
    expect(await codeOf({ user: 'noauth' })).toBe('levelNotOffered');
    expect(await codeOf({ user: 'shaaes', privPassword: 'short' })).toBe('passwordTooShort');
  });
});

describe('what is no agent', () => {
  const quick = { timeoutMs: 600 };

  test('a wrong community gets no answer, and the sentence says that it may be that', async () => {
    expect(await ask({ community: 'wrong', values: uptime }, quick)).toMatchObject({
      verdict: 'down',
      reason: { code: 'noAgent' },
    });
  });

  test('a community without the right to see has no such value', async () => {
    expect((await ask({ community: 'narrow', values: ['1.3.6.1.2.1.25.1.6.0'] })).reason.code).toBe('noSuchValue');
  });

  test('a frozen agent is silent, also over v3', async () => {
    agent.daemon.freeze();
    try {
      expect((await ask({ values: uptime }, quick)).reason.code).toBe('noAgent');
      expect((await ask({ ...v3, user: 'shaaes' }, quick)).reason.code).toBe('noEngine');
    } finally {
      agent.daemon.thaw();
    }
  });

  test('a port on which nothing listens refuses', async () => {
    const closed = await freePort();
    for (const version of ['1', '2c', '3']) {
      const result = await ask({ ...v3, user: 'shaaes', version, port: closed });
      expect(result.reason.code).toBe('refused');
    }
  });

  test.each([
    ['rubbish', Buffer.from('this is not SNMP')],
    ['zeros', Buffer.alloc(1_400)],
    ['an endless length', Buffer.from('3084ffffffff020101', 'hex')],
    ['nested sequences', Buffer.from('30'.repeat(1_200), 'hex')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is told within the time', async (_name, bytes) => {
    const socket = createSocket('udp4');
    socket.on('message', (_question, from) => socket.send(bytes, from.port, from.address));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    try {
      for (const version of ['1', '2c', '3']) {
        const result = await ask({ ...v3, user: 'shaaes', version, port: socket.address().port }, quick);
        expect(result.verdict).toBe('down');
        expect(['malformed', 'fellSilent', 'agentError']).toContain(result.reason.code);
      }
    } finally {
      socket.close();
    }
  });
});
