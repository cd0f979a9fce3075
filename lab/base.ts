import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from './command.ts';

/** Where bases are kept between labs. Outside the checkout, and safe to delete whenever no lab is up. */
export const cacheFolder = '/var/cache/vigie-lab';

const suiteElsewhere = 'bookworm';
const mirrorElsewhere = 'http://deb.debian.org/debian';

const firstPackages = ['systemd', 'systemd-sysv', 'dbus', 'iproute2', 'ca-certificates'];

const packages = [
  'bind9',
  'bind9-dnsutils',
  'bind9-utils',
  'chrony',
  'curl',
  'dnsmasq-base',
  'dovecot-imapd',
  'dovecot-lmtpd',
  'dovecot-pop3d',
  'fcgiwrap',
  'iputils-ping',
  'ldap-utils',
  'mariadb-server',
  'mosquitto',
  'nano',
  'nftables',
  'nginx-light',
  'openssh-server',
  'postfix',
  'postgresql',
  'postgresql-client',
  'procps',
  'prometheus-node-exporter',
  'redis-server',
  'slapd',
  'snmpd',
  'snmpsim',
  'sudo',
  'vsftpd',
];

/** What a host of the lab has no use for: it would only slow the boot, or reach for a network that is not there. */
const masked = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dev-hugepages.mount',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'e2scrub_reap.service',
  'fstrim.timer',
  'systemd-networkd-wait-online.service',
  'systemd-timesyncd.service',
];

/** Off until a host's role wants them. */
const asleep = [
  'chrony',
  'dovecot.service',
  'dovecot.socket',
  'fcgiwrap.service',
  'fcgiwrap.socket',
  'mariadb',
  'mariadb.socket',
  'mosquitto',
  'named',
  'nftables',
  'nginx',
  'postfix',
  'postgresql',
  'prometheus-node-exporter',
  'redis-server',
  'slapd',
  'snmpd',
  'vsftpd',
];

/**
 * Runs in the new system, alone in its mount and process namespaces. policy-rc.d keeps the packages from starting
 * what they install: PostgreSQL would otherwise start there, on the machine's own port.
 */
const insideScript = `set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
printf '#!/bin/sh\\nexit 101\\n' > /usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
printf 'path-exclude=/usr/share/doc/*\\npath-exclude=/usr/share/man/*\\nforce-unsafe-io\\n' > /etc/dpkg/dpkg.cfg.d/lab
apt-get -qq -o Acquire::Retries=3 update
apt-get -qq -y -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 --no-install-recommends install ${packages.join(' ')}
apt-get clean
rm -rf /usr/sbin/policy-rc.d /var/lib/apt/lists/* /etc/ssh/ssh_host_* /etc/nginx/sites-enabled/default
useradd --create-home --shell /bin/bash --groups systemd-journal vigie
printf 'vigie ALL=(ALL) NOPASSWD: ALL\\n' > /etc/sudoers.d/vigie
chmod 440 /etc/sudoers.d/vigie
cd /etc/postgresql/*/main
# The package chose another port if this machine's own was taken at that moment.
sed -i 's/^port = .*/port = 5432/' postgresql.conf
printf "listen_addresses = '*'\\n" > conf.d/lab.conf
printf 'host all all 10.77.0.0/24 scram-sha-256\\nhost replication all 10.77.0.0/24 scram-sha-256\\n' >> pg_hba.conf
# MariaDB's own journal of 100 MB would have to be copied into the memory of each lab.
printf '[mariadbd]\\ninnodb_log_file_size = 8M\\ninnodb_buffer_pool_size = 16M\\n' > /etc/mysql/mariadb.conf.d/90-lab.cnf
rm -rf /var/lib/mysql/*
mariadb-install-db --user=mysql --skip-test-db --auth-root-authentication-method=socket >/dev/null
systemctl enable systemd-networkd ssh
systemctl disable ${asleep.join(' ')}
systemctl mask ${masked.join(' ')}
: > /etc/machine-id
`;

export interface BaseOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told in a sentence what is being done, since the first time takes minutes. */
  readonly progress?: ((sentence: string) => void) | undefined;
}

/**
 * The system all hosts have under their overlay: made once with debootstrap, then found again by the hash of its recipe.
 *
 * @returns its folder, which nobody may write into.
 */
export async function prepareBase(options: BaseOptions = {}): Promise<string> {
  const { suite, mirror } = await debianSource();
  const recipe = JSON.stringify([suite, firstPackages, insideScript]);
  const hash = createHash('sha256').update(recipe).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, hash);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder, { recursive: true });
  await removeUnfinished();
  const building = join(cacheFolder, `${hash}.building-${process.pid}`);
  options.progress?.(`Building the base system (Debian ${suite}), once: two or three minutes.`);
  try {
    await build(building, suite, mirror, options);
    await rename(building, folder);
  } catch (error) {
    await rm(building, { recursive: true, force: true });
    // Another lab built the same base meanwhile: its folder is as good as ours.
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

async function build(folder: string, suite: string, mirror: string, { signal, progress }: BaseOptions): Promise<void> {
  const environment = { ...process.env, ...(await proxyOfApt()), LC_ALL: 'C.UTF-8' };
  const tries = 3;
  for (let attempt = 1; ; attempt += 1) {
    await rm(folder, { recursive: true, force: true });
    try {
      await command(
        ['debootstrap', '--variant=minbase', `--include=${firstPackages.join(',')}`, suite, folder, mirror],
        { timeoutMs: 900_000, signal, environment },
      );
      progress?.('Adding the packages of the lab.');
      await installInside(folder, environment, signal);
      return;
    } catch (error) {
      if (attempt === tries || signal?.aborted === true) throw error;
      progress?.(`That did not work (${firstLine(error)}). Trying again, ${attempt + 1} of ${tries}.`);
    }
  }
}

async function installInside(
  folder: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal | undefined,
): Promise<void> {
  await writeFile(join(folder, 'etc/resolv.conf'), await readFile('/etc/resolv.conf', 'utf8'));
  await command(
    [
      'unshare',
      '--mount',
      '--pid',
      '--fork',
      '--kill-child',
      `--mount-proc=${join(folder, 'proc')}`,
      'chroot',
      folder,
      '/bin/sh',
    ],
    {
      timeoutMs: 900_000,
      signal,
      environment: { ...environment, PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      input: insideScript,
    },
  );
}

/** Which Debian, and from where: what this machine's own apt uses when it is a Debian itself. */
async function debianSource(): Promise<{ suite: string; mirror: string }> {
  const release = await readFile('/etc/os-release', 'utf8');
  const suite = /^ID=debian$/m.test(release) ? /^VERSION_CODENAME=(\w+)$/m.exec(release)?.[1] : undefined;
  if (suite === undefined) return { suite: suiteElsewhere, mirror: mirrorElsewhere };
  const listed = await command(
    ['apt-get', 'indextargets', '--format', '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN)'],
    { anyCode: true },
  );
  const line = listed.stdout
    .split('\n')
    .map((text) => text.split(' '))
    .find(([, codename, component, origin]) =>
      [codename === suite, component === 'main', origin === 'Debian'].every(Boolean),
    );
  return { suite, mirror: line?.[0] ?? (await mirrorFromSources(suite)) };
}

/** For a machine whose package lists were never fetched: apt then knows the address but not yet what is there. */
async function mirrorFromSources(suite: string): Promise<string> {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];
  for (const name of ['/etc/apt/sources.list', ...names]) {
    const text = existsSync(name) ? await readFile(name, 'utf8') : '';
    const oneLine = new RegExp(`^deb\\s+(?:\\[[^\\]]*\\]\\s+)?(\\S+)\\s+${suite}\\s.*\\bmain\\b`, 'm');
    const found = oneLine.exec(text)?.[1] ?? mirrorInStanzas(text, suite);
    if (found !== undefined) return found;
  }
  return mirrorElsewhere;
}

function mirrorInStanzas(text: string, suite: string): string | undefined {
  for (const stanza of text.split(/\n\s*\n/)) {
    const suites = /^Suites:(.*)$/m.exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    const components = /^Components:(.*)$/m.exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (suites.includes(suite) && components.includes('main')) {
      return /^URIs:\s*(\S+)/m.exec(stanza)?.[1];
    }
  }
  return undefined;
}

async function proxyOfApt(): Promise<NodeJS.ProcessEnv> {
  const told = await command(['apt-config', 'shell', 'PROXY', 'Acquire::http::Proxy'], {
    anyCode: true,
  });
  const proxy = /^PROXY='(.+)'$/m.exec(told.stdout)?.[1];
  return proxy === undefined ? {} : { http_proxy: proxy };
}

/** What a builder left that was killed in the middle. */
async function removeUnfinished(): Promise<void> {
  for (const name of await readdir(cacheFolder)) {
    const pid = /\.building-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) {
      await rm(join(cacheFolder, name), { recursive: true, force: true });
    }
  }
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n', 1)[0] ?? '';
}
