import { generateKeyPairSync } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDirective } from '#probe/checks/mail-domain/read-directive.ts';
import { kinds } from '#probe/checks/kinds.ts';
import { runOnce } from '#probe/testing/probe-context.ts';
import { startNamed, zoneText, type Named } from './daemons/start-named.ts';

function rsaKey(bits: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
}

/** A TXT record, cut into the strings of at most 255 bytes that it has to have. */
function txt(name: string, value: string): string {
  return `${name} TXT ${(value.match(/.{1,200}/gu) ?? ['']).map((part) => `"${part.replaceAll(';', String.raw`\;`)}"`).join(' ')}\n`;
}

const ed25519 = generateKeyPairSync('ed25519')
  .publicKey.export({ type: 'spki', format: 'der' })
  .subarray(-32)
  .toString('base64');
const includes = (from: number, to: number) =>
  Array.from({ length: to - from }, (_none, at) => `include:i${from + at}.lib.test`).join(' ');

const zones: Record<string, string> = {
  'good.test': `@ MX 10 mx1\n@ MX 20 mx2\nmx1 A 192.0.2.1\nmx2 AAAA 2001:db8::2\n${txt('@', 'v=spf1 mx ip4:192.0.2.0/24 include:i1.lib.test -all')}${txt('@', 'google-site-verification=abc')}${txt('s1._domainkey', `v=DKIM1; k=rsa; p=${rsaKey(2_048)}`)}${txt('ed._domainkey', `v=DKIM1; k=ed25519; p=${ed25519}`)}${txt('_dmarc', 'v=DMARC1; p=reject; rua=mailto:dmarc@good.test, mailto:all@reports.test')}${txt('_mta-sts', 'v=STSv1; id=20261122;')}${txt('_smtp._tls', 'v=TLSRPTv1; rua=mailto:tls@good.test')}`,
  'reports.test': txt('good.test._report._dmarc', 'v=DMARC1'),
  'lib.test': `host A 192.0.2.9\nhost MX 5 host\n${Array.from({ length: 30 }, (_none, at) => txt(`i${at}`, 'v=spf1 ip4:192.0.2.7 ~all')).join('')}${txt('nest', `v=spf1 ${includes(1, 8)} a:host.lib.test mx:host.lib.test -all`)}${txt('loop', 'v=spf1 include:loop.lib.test -all')}${txt('open', 'v=spf1 +all')}${txt('broken', 'v=spf1 ip4:192.0.2.300 -all')}`,
  'bad.test': `@ MX 10 gone\nmany A 192.0.2.1\n${txt('many', 'v=spf1 -all')}${txt('many', 'v=spf1 ~all')}${txt('deep', `v=spf1 include:nest.lib.test include:i9.lib.test -all`)}${txt('ten', `v=spf1 ${includes(1, 11)} -all`)}${txt('void', 'v=spf1 a:n1.lib.test a:n2.lib.test mx:n3.lib.test -all')}${txt('inc', 'v=spf1 include:nobody.lib.test -all')}${txt('viabroken', 'v=spf1 include:broken.lib.test -all')}${txt('viaopen', 'v=spf1 include:open.lib.test -all')}${txt('loops', 'v=spf1 include:loop.lib.test -all')}${txt('open', 'v=spf1 +all')}${txt('neutral', 'v=spf1 ?all')}${txt('noend', 'v=spf1 ip4:192.0.2.1')}${txt('redirect', 'v=spf1 redirect=i3.lib.test')}${txt('macro', 'v=spf1 exists:%{i}._spf.%{d} -all')}${txt('after', `v=spf1 -all ${includes(1, 20)}`)}${txt('ptr', 'v=spf1 ptr -all')}implied A 192.0.2.5\nnull MX 0 .\nalias MX 10 al\nal CNAME good\nhalf MX 10 gone\nhalf MX 20 good\ngood A 192.0.2.4\n${txt('short._domainkey', `p=${rsaKey(512)}`)}${txt('weak._domainkey', `v=DKIM1; p=${rsaKey(1_024)}`)}${txt('gone._domainkey', 'v=DKIM1; p=')}${txt('junk._domainkey', 'v=DKIM1; p=!!!')}${txt('two._domainkey', 'v=DKIM1; p=')}${txt('two._domainkey', 'v=DKIM1; p=a')}${txt('try._domainkey', `v=DKIM1; t=y; p=${rsaKey(2_048)}`)}${txt('old._domainkey', `v=DKIM1; h=sha1; p=${rsaKey(2_048)}`)}${txt('web._domainkey', `v=DKIM1; s=web; p=${rsaKey(2_048)}`)}${txt('_dmarc', 'v=DMARC1; p=none; sp=reject; rua=mailto:all@reports.test')}${txt('_dmarc.pct', 'v=DMARC1; p=reject; pct=20')}${txt('_dmarc.twice', 'v=DMARC1; p=none')}${txt('_dmarc.twice', 'v=DMARC1; p=reject')}${txt('_dmarc.nop', 'v=DMARC1; policy=reject')}`,
};

let named: Named;
beforeAll(async () => {
  named = await startNamed(
    Object.fromEntries(Object.entries(zones).map(([zone, records]) => [zone, zoneText(zone, 1, [records])])),
  );
});
afterAll(() => named[Symbol.asyncDispose]());

const look = (domain: string, settings: Record<string, unknown> = {}, timeoutMs = 8_000) =>
  runOnce('mail-domain', { domain, server: '127.0.0.1', serverPort: named.port, ...settings }, '127.0.0.1', {
    timeoutMs,
  });
const only = { mx: false, spf: false, dmarc: false };

test('a domain that is well kept is up, line by line', async () => {
  const result = await look('good.test', { dkimSelectors: ['s1', 'ed'], mtaSts: true, tlsRpt: true });
  expect(result.output).toContain('✓ MX: 2 hosts take mail: mx1.good.test, mx2.good.test.');
  expect(result.output).toContain('✓ DKIM: s1 has a key (rsa, 2048 bits).');
  expect(result.output).toContain('✓ DKIM: ed has a key (ed25519, 256 bits).');
  expect(result.output).toContain('✓ SPF\u00a0: 2 requêtes de noms sur 10, finit par -all.');
  expect(result).toMatchObject({ verdict: 'up', reason: { code: 'wellKept' } });
  expect(result.metrics).toEqual([
    { name: 'findings', unit: 'count', value: 0 },
    { name: 'spfLookups', unit: 'count', value: 2 },
  ]);
});

describe('SPF', () => {
  test.each([
    ['many.bad.test', 'down', 'spfMany'],
    ['deep.bad.test', 'down', 'spfLookups'],
    ['void.bad.test', 'down', 'spfVoid'],
    ['inc.bad.test', 'down', 'spfIncludeMissing'],
    ['viabroken.bad.test', 'down', 'spfSyntax'],
    ['loops.bad.test', 'down', 'spfLoop'],
    ['open.bad.test', 'down', 'spfOpen'],
    ['nothing.bad.test', 'down', 'spfMissing'],
    ['neutral.bad.test', 'degraded', 'spfNeutral'],
    ['noend.bad.test', 'degraded', 'spfNoEnd'],
  ])('of %s is %s (%s)', async (domain, verdict, why) => {
    expect(await look(domain, { ...only, spf: true })).toMatchObject({
      verdict,
      reason: { code: 'found', data: { why } },
    });
  });
  test.each([
    ['ten.bad.test', 10],
    ['redirect.bad.test', 1],
    ['macro.bad.test', 1],
    ['after.bad.test', 0],
    ['viaopen.bad.test', 1],
    ['ptr.bad.test', 1],
  ])('of %s takes %i lookups and is up', async (domain, lookups) => {
    const result = await look(domain, { ...only, spf: true });
    expect(result.verdict).toBe('up');
    expect(result.metrics).toContainEqual({ name: 'spfLookups', unit: 'count', value: lookups });
  });
  test('is counted through everything included', async () => {
    const { reason } = await look('deep.bad.test', { ...only, spf: true });
    // nest, its seven, a and mx, and i9.
    expect(reason.data['lookups']).toBe(11);
    expect(kinds.get('mail-domain')?.tell(reason, 'fr')).toContain('11 requêtes de noms');
  });
  test('is read term by term', () => {
    for (const good of [
      '-all',
      'a',
      'mx/24',
      'a:x.test/24//64',
      '?include:_spf.x.test',
      'ip6:2001:db8::/32',
      'exists:%{ir}.x.test',
      'PTR',
    ])
      expect(readDirective(good) === undefined ? good : '').toBe('');
    for (const bad of [
      '-all:x',
      'include',
      'include:',
      'ip4:1.2.3',
      'ip4:1.2.3.4/33',
      'ip6:1.2.3.4',
      'a:/24',
      'ipv4:1.2.3.4',
      'mx:x',
      '!a',
      'alle',
    ])
      expect(readDirective(bad) === undefined ? '' : bad).toBe('');
  });
});

describe('DKIM', () => {
  test.each([
    ['weak', 'degraded', 'dkimShort'],
    ['short', 'down', 'dkimShort'],
    ['gone', 'down', 'dkimRevoked'],
    ['junk', 'down', 'dkimSyntax'],
    ['two', 'down', 'dkimMany'],
    ['try', 'degraded', 'dkimTesting'],
    ['old', 'down', 'dkimOldHash'],
    ['web', 'down', 'dkimOtherUse'],
    ['none', 'down', 'dkimMissing'],
  ])('key %s is %s (%s)', async (selector, verdict, why) => {
    const result = await look('bad.test', { ...only, dkimSelectors: [selector] });
    expect(result).toMatchObject({ verdict, reason: { data: { why } } });
  });
  test('key of 1024 bits is enough where that is agreed', async () => {
    expect((await look('bad.test', { ...only, dkimSelectors: ['weak'], minKeyBits: 1_024 })).verdict).toBe('up');
  });
});

describe('DMARC', () => {
  test.each([
    ['bad.test', 'degraded', 'dmarcWeak'],
    ['twice.bad.test', 'down', 'dmarcMany'],
    ['nop.bad.test', 'down', 'dmarcSyntax'],
    ['lib.test', 'degraded', 'dmarcMissing'],
  ])('of %s is %s (%s)', async (domain, verdict, why) => {
    expect(await look(domain, { ...only, dmarc: true })).toMatchObject({ verdict, reason: { data: { why } } });
  });
  test('is inherited from above, and asks who gets the reports', async () => {
    const result = await look('shop.bad.test', { ...only, dmarc: true, dmarcPolicy: 'reject' });
    expect(result).toMatchObject({ verdict: 'degraded', reason: { data: { why: 'dmarcReportsRefused' } } });
    expect((await look('bad.test', { ...only, dmarc: true, dmarcPolicy: 'none' })).reason.data['why']).toBe(
      'dmarcReportsRefused',
    );
  });
  test('for a part of the mail is only noted', async () => {
    const result = await look('pct.bad.test', { ...only, dmarc: true });
    expect(result.verdict).toBe('up');
    expect(result.output).toContain('20%');
  });
});

describe('MX', () => {
  test.each([
    ['bad.test', 'down', 'mxDead'],
    ['half.bad.test', 'degraded', 'mxDead'],
    ['alias.bad.test', 'degraded', 'mxAlias'],
    ['implied.bad.test', 'degraded', 'mxImplied'],
    ['nowhere.bad.test', 'down', 'mxMissing'],
  ])('of %s is %s (%s)', async (domain, verdict, why) => {
    expect(await look(domain, { ...only, mx: true })).toMatchObject({ verdict, reason: { data: { why } } });
  });
  test('that says no mail is up', async () => {
    expect((await look('null.bad.test', { ...only, mx: true })).verdict).toBe('up');
  });
});

test('what is wanted and not announced is degraded', async () => {
  expect((await look('lib.test', { ...only, mtaSts: true })).reason.data['why']).toBe('mtaStsMissing');
  expect((await look('lib.test', { ...only, tlsRpt: true })).reason.data['why']).toBe('tlsRptMissing');
  expect((await look('lib.test', only)).verdict).toBe('up');
});

test('a name server that refuses, is frozen, or sends rubbish leaves all unknown, in time', async () => {
  expect((await look('elsewhere.example')).reason).toMatchObject({
    code: 'found',
    data: { why: 'unanswered', code: 'EREFUSED' },
  });
  named.daemon.freeze();
  try {
    const frozen = await look('good.test', {}, 600);
    expect(frozen).toMatchObject({ verdict: 'unknown', reason: { code: 'found', data: { why: 'unanswered' } } });
    expect(frozen.durationMs).toBeLessThan(3_000);
  } finally {
    named.daemon.thaw();
  }
  const rude = createSocket('udp4');
  rude.on('message', (question, from) => {
    const endless = Buffer.concat([question.subarray(0, 2), Buffer.alloc(4_000, 0xff)]);
    rude.send(endless, from.port, from.address);
  });
  await new Promise<void>((resolve) => rude.bind(0, '127.0.0.1', resolve));
  const result = await look('good.test', { serverPort: rude.address().port }, 600);
  rude.close();
  expect(result.verdict).toBe('unknown');
  expect(result.durationMs).toBeLessThan(3_000);
});

test('an address is no domain', async () => {
  expect((await runOnce('mail-domain', {})).reason.code).toBe('domainMissing');
});
