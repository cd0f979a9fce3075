import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '#contract/client.ts';
import { secretMark } from '#contract/words.ts';
import { isFaultName, type FaultName } from '#lab/faults.ts';
import { hostNames, type HostName } from '#lab/plans.ts';
import { signedZone } from '#lab/roles/name-servers.ts';
import { giveAccess, pauseLocalCheck, startLabVigie, welcomeCompany, type LabVigie } from '../company.ts';
import { companyChecks } from './company-checks.ts';

const noticed = { timeout: 120_000, interval: 1_000 };
const everySeconds = 10;

/** What is broken, and what the checks say then: by `host kind`, the state and a word of the reason. */
const troubles: Readonly<Partial<Record<FaultName, Readonly<Record<string, readonly ['down' | 'degraded', RegExp]>>>>> =
  {
    'certificate-expired': { 'web1 tls': ['down', /expired/iu], 'web1 http': ['down', /expired/iu] },
    'disk-full': { 'web1 ssh-command': ['down', /100/u] },
    'host-key-changed': { 'web1 ssh': ['down', /key/iu] },
    'mail-queue-growing': { 'mail1 mail-queue': ['degraded', /messages wait/u] },
    'mailbox-full': { 'mail1 imap': ['degraded', /99|100/u] },
    'replication-slot-wrong': { 'db1 postgresql': ['down', /standby|replica/iu] },
    'ldap-base-gone': { 'dir1 ldap': ['down', /people/u] },
    'redis-out-of-memory': { 'cache1 redis': ['degraded', /memory/iu] },
    'time-wrong': { 'time1 ntp': ['down', /ahead|5/u] },
    'mariadb-stopped': { 'maria1 mysql': ['down', /refuses/u] },
    'vsftpd-stopped': { 'files1 ftp': ['down', /refuses/u] },
    'dns-serials-differ': { 'ns1 dns-zone': ['degraded', /serial/iu] },
    'dhcp-rogue': { 'ns2 dhcp': ['down', /10\.77\.0\.21/u] },
    'switch-port-down': { 'net1 snmp-interfaces': ['down', /1\/0\/2/u] },
  };

describe.skipIf(process.getuid?.() !== 0)('a whole company under watch', () => {
  let place: LabVigie;
  let alice: Client;

  beforeAll(async () => {
    place = await startLabVigie(hostNames);
    const company = await welcomeCompany(place.vigie);
    alice = company.alice;
    await pauseLocalCheck(alice);
    const anchor = await place.lab.exec(
      'ns2',
      `dig +noall +answer @127.0.0.1 ${signedZone} DNSKEY | dnssec-dsfromkey -2 -f - ${signedZone}`,
    );
    const checks = companyChecks({
      sshKey: place.lab.sshKey.privateText,
      hostKeys: await place.lab.hostKeys('web1'),
      anchor: anchor.stdout.trim(),
    });
    for (const name of hostNames) await watch(name, checks[name]);
  });

  afterAll(() => place?.[Symbol.asyncDispose]());

  async function watch(name: HostName, checks: ReturnType<typeof companyChecks>[HostName]): Promise<void> {
    const host = await alice.estate.hosts.create({ name, address: place.lab.hosts[name].address });
    if (name === 'web1' || name === 'mail1') await giveAccess(alice, place.lab, host.id, name);
    for (const { kind, settings = {} } of checks) {
      const target = { kind: 'host', id: host.id } as const;
      await alice.watch.checks.create({ name: kind, kind, target, settings, intervalSeconds: everySeconds });
    }
  }

  /** Each check of the company as `host kind` with its state and what it says. */
  async function told(): Promise<Map<string, string>> {
    const { items } = await alice.watch.checks.list({});
    const ours = items.filter(({ paused, target }) => !paused && hostNames.some((name) => name === target.name));
    return new Map(ours.map(({ target, kind, state, summary }) => [`${target.name} ${kind}`, `${state}: ${summary}`]));
  }

  async function notUp(): Promise<string[]> {
    return [...(await told())].filter(([, said]) => !said.startsWith('up')).map(([name, said]) => `${name} ${said}`);
  }

  test('a check of each kind that it can answer is up, with passwords that nobody is told', async () => {
    await expect.poll(notUp, noticed).toEqual([]);
    expect((await told()).size).toBeGreaterThanOrEqual(40);
    const [check] = (await alice.watch.checks.list({ kind: 'ldap' })).items;
    expect(check?.settings['password']).toBe(secretMark);
  });

  test('what breaks is told with its reason, and what is mended recovers', async () => {
    const faults = Object.entries(troubles);
    const expected = faults.flatMap(([, signs]) => Object.entries(signs));
    const missing = async (): Promise<string[]> => {
      const now = await told();
      return expected
        .filter(([name, [state, word]]) => {
          const said = now.get(name) ?? '';
          return !said.startsWith(`${state}:`) || !word.test(said);
        })
        .map(([name, [state]]) => `${name} should be ${state}, is ${now.get(name) ?? 'missing'}`);
    };
    await Promise.all(faultNames().map((fault) => place.lab.breakThing(fault)));
    try {
      await expect.poll(missing, noticed).toEqual([]);
    } finally {
      await Promise.all(faultNames().map((fault) => place.lab.mendThing(fault)));
    }
    await expect.poll(notUp, noticed).toEqual([]);
  });
});

function faultNames(): FaultName[] {
  return Object.keys(troubles).filter(isFaultName);
}
