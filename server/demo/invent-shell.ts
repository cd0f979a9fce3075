import { noiseAt, seedOf } from './noise.ts';

/** What a host of the invented company prints, line by line of a command. Nothing is run anywhere. */

interface Line {
  readonly when: RegExp;
  readonly says: (host: string, line: string, atMs: number) => readonly string[];
}

function stamp(atMs: number): string {
  const [day = '', time = ''] = new Date(atMs).toISOString().split('T');
  return `${day} ${time.slice(0, 8)}`;
}

function unitOf(line: string): string {
  return /-u\s+"?([\w@.-]+)"?/u.exec(line)?.[1] ?? 'service';
}

function journal(host: string, line: string, atMs: number): readonly string[] {
  const unit = unitOf(line);
  const pid = 1_000 + Math.floor(noiseAt(seedOf(host), atMs / 1_000) * 30_000);
  return [
    `${stamp(atMs - 240_000)} ${host} systemd[1]: Started ${unit}.`,
    `${stamp(atMs - 190_000)} ${host} ${unit}[${pid}]: cannot allocate memory`,
    `${stamp(atMs - 189_000)} ${host} systemd[1]: ${unit}: Main process exited, code=exited, status=1/FAILURE`,
    `${stamp(atMs - 189_000)} ${host} systemd[1]: ${unit}: Failed with result 'exit-code'.`,
  ];
}

const lines: readonly Line[] = [
  {
    when: /^journalctl .*--vacuum/u,
    says: () => [
      'Deleted archived journal system@0005f1.journal (128.0M).',
      'Vacuuming done, freed 3.1G of archived journals from /var/log/journal.',
    ],
  },
  { when: /^journalctl /u, says: journal },
  { when: /^systemctl is-active /u, says: () => ['active'] },
  { when: /^systemctl status /u, says: () => ['     Active: active (running)'] },
  {
    when: /^nginx -t/u,
    says: () => [
      'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok',
      'nginx: configuration file /etc/nginx/nginx.conf test is successful',
    ],
  },
  { when: /^pg_isready/u, says: () => ['/var/run/postgresql:5432 - accepting connections'] },
  {
    when: /^free /u,
    says: () => [
      '               total        used        free      shared  buff/cache   available',
      'Mem:            7953        6120         214         180        1619        1402',
      'Swap:           2047        1310         737',
    ],
  },
  {
    when: /^df /u,
    says: (host) => {
      const used = 58 + Math.floor(noiseAt(seedOf(host), 11) * 20);
      return [
        'Filesystem      Size  Used Avail Use% Mounted on',
        `/dev/sda1        60G   ${Math.round(used * 0.6)}G   ${Math.round((100 - used) * 0.6)}G  ${used}% /`,
      ];
    },
  },
  {
    when: /^du /u,
    says: () => ['1.2G\t/var/lib/apt', '2.6G\t/var/cache/apt', '11G\t/var/log/journal', '11G\t/var/log', '16G\t/var'],
  },
  { when: /^apt-get update/u, says: () => ['Reading package lists...'] },
  {
    when: /^apt-get .*upgrade/u,
    says: () => [
      'Reading package lists...',
      'Building dependency tree...',
      'Calculating upgrade...',
      'The following packages will be upgraded:',
      '  libssl3 openssl tzdata',
      '3 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.',
      'Setting up libssl3:amd64 ...',
      'Setting up openssl ...',
      'Setting up tzdata ...',
    ],
  },
  {
    when: /^certbot /u,
    says: (host) => [
      'Saving debug log to /var/log/letsencrypt/letsencrypt.log',
      `Renewing an existing certificate for ${host}`,
      'Congratulations, all renewals succeeded.',
    ],
  },
  { when: /^(?:uptime)/u, says: () => [' 05:12:44 up 41 days,  3:22,  0 users,  load average: 0.21, 0.18, 0.12'] },
  { when: /^(?:hostname)/u, says: (host) => [host] },
  { when: /^echo /u, says: (_host, line) => [line.replace(/^echo\s+/u, '').replaceAll(/^["']|["']$/gu, '')] },
];

/** What a command prints on a host. Parameters are set in where the command names them. */
export function shellOutput(
  host: string,
  command: string,
  parameters: Readonly<Record<string, string>>,
  atMs: number,
): string {
  const plain = command.replaceAll(/\$\{?(\w+)\}?/gu, (whole, name: string) => parameters[name] ?? whole);
  const said = plain
    .split('\n')
    .map((line) => line.trim())
    .flatMap((line) => lines.find(({ when }) => when.test(line))?.says(host, line, atMs) ?? []);
  return said.length === 0 ? '' : `${said.join('\n')}\n`;
}
