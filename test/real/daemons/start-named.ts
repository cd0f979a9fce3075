import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { Resolver } from 'node:dns/promises';
import { join } from 'node:path';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder, ownFolder } from './own-folder.ts';

/** BIND's server on loopback. */
export interface Named extends AsyncDisposable {
  readonly port: number;
  readonly daemon: Daemon;
}

/** A zone's text by its name. */
export type Zones = Readonly<Record<string, string>>;

/** The head of a zone: its serial, its name server, and what else is given. */
export function zoneText(zone: string, serial: number, lines: readonly string[] = []): string {
  return [
    '$TTL 300',
    `${zone}. IN SOA ns1.${zone}. first\\.last.${zone}. ${serial} 3600 600 86400 300`,
    `${zone}. IN NS ns1.${zone}.`,
    `ns1.${zone}. IN A 127.0.0.1`,
    ...lines,
    '',
  ].join('\n');
}

/** Starts named for zones. */
export function startNamed(zones: Zones): Promise<Named> {
  return inOwnFolder('named', async (folder, own) => {
    const port = await freePort();
    const declared: string[] = [];
    for (const [zone, text] of Object.entries(zones)) {
      const file = join(folder, `${zone}.zone`);
      await writeFile(file, text);
      declared.push(`zone "${zone}" { type primary; file "${file}"; };`);
    }
    const configuration = [
      'options {',
      `  directory "${folder}";`,
      `  pid-file "${join(folder, 'pid')}"; session-keyfile "${join(folder, 'key')}";`,
      `  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
      '  recursion no; allow-query { any; }; dnssec-validation no; notify no; minimal-responses no;',
      '};',
      'controls { };',
      ...declared,
    ];
    const file = join(folder, 'named.conf');
    await writeFile(file, `${configuration.join('\n')}\n`);
    const [first = '.'] = Object.keys(zones);
    const daemon = own.use(new Daemon('/usr/sbin/named', ['-g', '-n', '1', '-c', file]));
    const resolver = new Resolver({ timeout: 300, tries: 1 });
    resolver.setServers([`127.0.0.1:${port}`]);
    await daemon.ready(async () => (await resolver.resolveSoa(first)).serial > 0);
    return {
      port,
      daemon,
    };
  });
}

/** A zone signed with BIND's tools. */
export interface SignedZone {
  readonly text: string;
  /** Its DS record's data: key tag, algorithm, kind of digest, digest. */
  readonly digest: string;
}

/** Makes keys and signs; `times` are those of `dnssec-signzone`, such as `-e now+30d`. */
export async function signZone(
  zone: string,
  text: string,
  algorithm: 'ECDSAP256SHA256' | 'RSASHA256' | 'ED25519',
  times: readonly string[] = ['-e', 'now+30d'],
): Promise<SignedZone> {
  await using folder = await ownFolder('keys');
  const tool = (name: string, ...options: string[]): string =>
    execFileSync(name, options, { cwd: folder.path, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const size = algorithm === 'RSASHA256' ? ['-b', '2048'] : [];
  // Keys that began long ago, so that old signatures can be made with them.
  const life = ['-P', 'now-90d', '-A', 'now-90d'];
  const key = tool('dnssec-keygen', '-q', '-a', algorithm, ...size, ...life, '-f', 'KSK', zone).trim();
  tool('dnssec-keygen', '-q', '-a', algorithm, ...size, ...life, zone);
  await writeFile(join(folder.path, 'zone'), text);
  tool('dnssec-signzone', '-S', '-P', '-K', folder.path, '-o', zone, ...times, '-f', 'signed', 'zone');
  const names = await readdir(folder.path);
  if (!names.includes('signed')) throw new Error(`the zone ${zone} was not signed`);
  const digest = tool('dnssec-dsfromkey', '-2', `${key}.key`)
    .trim()
    .replace(/^.*\sDS\s/u, '');
  return { text: await readFile(join(folder.path, 'signed'), 'utf8'), digest };
}
