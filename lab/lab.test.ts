import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearLab, clearOrphans, knownLabs, mountsUnder } from './clear-lab.ts';
import { pidsInControlGroup } from './control-groups.ts';
import { isFaultName, type FaultName } from './faults.ts';
import { labControlGroup, labFolders } from './lab-folders.ts';
import { namespaces, networkNames } from './network.ts';
import type { HostName } from './plans.ts';
import { type Lab, openLab, startLab } from './start-lab.ts';

const root = process.getuid?.() === 0;
const firstTimeMs = 900_000;
/** The shop and what it needs; the whole company has a test of its own. */
const hosts = ['web1', 'ns1', 'db1'] as const;

/** What a visitor of the shop sees from the head office: a status, or the number of curl's own complaint. */
async function visit(lab: Lab, url: string): Promise<string> {
  const said = await lab.command(
    ['curl', '-s', '-m', '2', '--cacert', lab.authorityPath, '-o', '-', '-w', '\n%{http_code}', url],
    { anyCode: true },
  );
  return said.code === 0 ? (said.stdout.split('\n').at(-1) ?? '') : `curl ${said.code}`;
}

async function logIn(lab: Lab, host: HostName, script: string): Promise<string> {
  const known = join(labFolders(lab.name).root, 'known_hosts');
  const lines = (await lab.hostKeys(host)).map((key) => `${lab.hosts[host].address} ${key}\n`);
  await writeFile(known, lines.join(''));
  const said = await lab.command([
    'ssh',
    '-i',
    lab.sshKey.path,
    '-o',
    'StrictHostKeyChecking=yes',
    '-o',
    'BatchMode=yes',
    '-o',
    `UserKnownHostsFile=${known}`,
    `vigie@${lab.hosts[host].address}`,
    script,
  ]);
  return said.stdout.trim();
}

async function pings(lab: Lab, address: string): Promise<boolean> {
  const said = await lab.command(['fping', '-q', '-r', '1', address], { anyCode: true });
  return said.code === 0;
}

async function shopAnswers(lab: Lab): Promise<void> {
  await expect.poll(() => visit(lab, 'https://www.lab.vigie.test/stock'), { timeout: 30_000 }).toBe('200');
}

async function traces(name: string): Promise<string[]> {
  const networks = Object.values<string>({ ...networkNames(name) });
  return [
    ...(await mountsUnder(labFolders(name).root)),
    ...(await namespaces()).filter((space) => networks.includes(space)),
    ...pidsInControlGroup(labControlGroup(name)).map((pid) => `process ${pid}`),
    ...(await knownLabs()).filter((known) => known === name),
  ];
}

/** Starts a lab in a process of its own and waits until that process says so. */
async function labElsewhere(name: string, until: RegExp): Promise<number> {
  const program = `import { startLab } from ${JSON.stringify(fileURLToPath(new URL('start-lab.ts', import.meta.url)))};
    await startLab({ name: ${JSON.stringify(name)}, hosts: ['web1'], progress: console.log });
    console.log('It is up.'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.stdout.on('data', (chunk: Buffer) => {
      if (until.test(chunk.toString()) && child.pid !== undefined) resolve(child.pid);
    });
  });
}

/** Each entry: how the fault looks to somebody on the network. */
const symptoms: Partial<Record<FaultName, { url: string; seen: RegExp }>> = {
  'nginx-stopped': { url: 'http://10.77.0.11/', seen: /^curl 7$/ },
  'nginx-error-500': { url: 'http://10.77.0.11/', seen: /^500$/ },
  'nginx-hanging': { url: 'http://10.77.0.11/', seen: /^curl 28$/ },
  'web1-refusing': { url: 'http://10.77.0.11/', seen: /^curl 7$/ },
  'certificate-expired': { url: 'https://10.77.0.11/', seen: /^curl 60$/ },
  'dns-stopped': { url: 'https://www.lab.vigie.test/', seen: /curl (6|28)/ },
  'postgresql-stopped': { url: 'http://10.77.0.11/stock', seen: /^503$/ },
  'web1-link-down': { url: 'http://10.77.0.11/', seen: /curl (7|28)/ },
  'branch-link-down': { url: 'http://10.77.8.10/', seen: /curl (7|28)/ },
};

describe.skipIf(!root)('the lab', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab({ hosts });
  }, firstTimeMs);

  afterAll(async () => {
    await lab[Symbol.asyncDispose]();
  }, 60_000);

  test('serves a shop that needs the name server and the database', async () => {
    await shopAnswers(lab);
    expect(await visit(lab, 'http://web1.lab.vigie.test/health')).toBe('200');
    expect(await visit(lab, 'http://10.77.8.10/')).toBe('200');
  });

  test.each(hosts)('lets vigie log in to %s under its known key and be root', async (host) => {
    expect(await logIn(lab, host, 'hostname; sudo id -un; systemctl is-system-running')).toBe(`${host}\nroot\nrunning`);
  });

  test('has no way out of its network', async () => {
    const routes = await lab.command(['ip', 'route']);
    expect(routes.stdout).not.toContain('default');
    const outside = await lab.command(['ip', 'route', 'get', '192.0.2.1'], { anyCode: true });
    expect(outside.code).not.toBe(0);
  });

  test.each(Object.entries(symptoms))(
    '%s is seen on the network, and mended',
    async (name, { url, seen }) => {
      if (!isFaultName(name)) throw new Error(`No fault is named ${name}.`);
      await lab.breakThing(name);
      const during = await visit(lab, url);
      await lab.mendThing(name);
      expect(during).toMatch(seen);
      await expect.poll(() => visit(lab, url), { timeout: 30_000 }).toBe('200');
      await shopAnswers(lab);
    },
    60_000,
  );

  test('a disk can be full and is emptied again', async () => {
    await lab.breakThing('disk-full');
    const full = await lab.exec('web1', 'df --output=pcent /srv/files | tail -1');
    expect(full.stdout.trim()).toBe('100%');
    await lab.mendThing('disk-full');
    const empty = await lab.exec('web1', 'df --output=pcent /srv/files | tail -1');
    expect(empty.stdout.trim()).toBe('0%');
  });

  test('a host reboots from inside and comes back with its disk and its services', async () => {
    await lab.exec('web1', 'echo kept > /var/tmp/kept');
    const before = lab.machine('web1').initPid();
    await lab.breakThing('web1-reboot');
    await lab.mendThing('web1-reboot');
    expect(lab.machine('web1').initPid()).not.toBe(before);
    expect(await logIn(lab, 'web1', 'cat /var/tmp/kept')).toBe('kept');
    await shopAnswers(lab);
  }, 60_000);

  test('a host loses its power and its database recovers when the power is back', async () => {
    await lab.breakThing('db1-power-cut');
    expect(lab.machine('db1').isOn).toBe(false);
    expect(await pings(lab, lab.hosts.db1.address)).toBe(false);
    await lab.mendThing('db1-power-cut');
    expect(await pings(lab, lab.hosts.db1.address)).toBe(true);
    await shopAnswers(lab);
  }, 60_000);
});

describe.skipIf(!root)('what a lab leaves behind', () => {
  test.each([
    ['half made', /Booting/],
    ['up', /It is up/],
  ])(
    'nothing, when its controller was killed while it was %s and a later lab cleared it',
    async (_, until) => {
      const name = `killed-${process.pid}`;
      const pid = await labElsewhere(name, until);
      process.kill(pid, 'SIGKILL');
      await expect.poll(() => existsSync(`/proc/${pid}/exe`)).toBe(false);
      expect(await traces(name)).not.toEqual([]);
      await clearOrphans();
      expect(await traces(name)).toEqual([]);
    },
    firstTimeMs,
  );

  test(
    'nothing, when it is taken down by another process than the one that started it',
    async () => {
      const name = `standing-${process.pid}`;
      await startLab({ name, hosts: ['web1'], standing: true });
      await clearOrphans();
      const again = await openLab(name);
      expect(again?.hostsUp).toEqual(['web1']);
      await expect(startLab({ name })).rejects.toThrow('is up');
      await clearLab(name);
      expect(await traces(name)).toEqual([]);
    },
    firstTimeMs,
  );
});
