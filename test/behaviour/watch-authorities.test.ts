import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf } from '#contract/client.ts';
import { testAuthority, type ServerCertificate } from '#probe/testing/certificates.ts';
import { startHouse, type House } from '../house.ts';
import { startNginx, type Nginx } from '../real/daemons/nginx.ts';
import { startSlapd, type Slapd } from '../real/daemons/slapd.ts';
import { refusedWith } from '../refused-with.ts';
import { until } from '../until.ts';

const authority = testAuthority();
const certificate: ServerCertificate = authority.issue(['127.0.0.1'], -1, 90);
let house: House;
let web: Nginx;
let directory: Slapd;

beforeAll(async () => {
  [house, web, directory] = await Promise.all([
    startHouse({ watchesItself: true }),
    startNginx(certificate),
    startSlapd(certificate),
  ]);
});
afterAll(async () => {
  await house[Symbol.asyncDispose]();
  await web[Symbol.asyncDispose]();
  await directory[Symbol.asyncDispose]();
  authority[Symbol.dispose]();
});

test('an authority of our own is believed by the next runs, and no more once it is removed', async () => {
  const { alice, bob } = house.as;
  const host = await alice.estate.hosts.create({ name: 'inside', address: '127.0.0.1' });
  const target = { kind: 'host', id: host.id } as const;
  const page = await alice.watch.checks.create({
    name: 'page',
    kind: 'http',
    target,
    settings: { scheme: 'https', port: web.secure },
  });
  const entries = await alice.watch.checks.create({
    name: 'entries',
    kind: 'ldap',
    target,
    settings: { port: directory.tlsPort, tls: 'direct' },
  });
  const run = async () => {
    const [one, other] = await Promise.all([page, entries].map(({ id }) => alice.watch.checks.runNow({ id })));
    return [one, other];
  };
  for (const each of await run()) {
    expect(each?.verdict).toBe('down');
    expect(each?.summary).toContain('Authorities');
  }

  const { items } = await alice.watch.authorities.add({ certificates: `Ours:\n${authority.pem}` });
  expect(items).toMatchObject([{ subject: 'CN=Vigie test authority', issuer: 'CN=Vigie test authority' }]);
  expect(items[0]?.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
  // The same one twice is the same one.
  expect((await alice.watch.authorities.add({ certificates: authority.pem })).items).toHaveLength(1);
  await until(async () => (await run()).every((each) => each?.verdict === 'up'));

  expect(await refusedWith(bob.watch.authorities.remove({ id: items[0]?.id ?? '' }))).toBe('forbidden');
  expect(await refusedWith(bob.watch.authorities.add({ certificates: authority.pem }))).toBe('forbidden');
  expect((await bob.watch.authorities.list({})).items).toHaveLength(1);

  await alice.watch.authorities.remove({ id: items[0]?.id ?? '' });
  await until(async () => (await run()).every((each) => each?.verdict === 'down'));
});

test('what is no certificate authority is refused, each with its own sentence', async () => {
  const add = async (certificates: string): Promise<string> => {
    const error: unknown = await house.as.alice.watch.authorities
      .add({ certificates })
      .catch((fault: unknown) => fault);
    return refusalOf(error)?.data?.fields?.[0]?.message ?? '';
  };
  expect(await add('none')).toContain('holds no certificate');
  expect(await add('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toContain('holds no certificate');
  expect(await add(`${authority.pem}${certificate.key}`)).toContain('private key');
  expect(await add(certificate.cert)).toContain('neither an authority’s');
  expect((await house.as.alice.watch.authorities.list({})).items).toEqual([]);
});
