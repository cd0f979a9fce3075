import { accounts } from '#lab/accounts.ts';
import { hostAddresses, zone, type HostName } from '#lab/plans.ts';
import { signedZone } from '#lab/roles/name-servers.ts';

/** One check of the lab's company. */
export interface CompanyCheck {
  readonly kind: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What cannot be known before the lab is up. */
export interface CompanySecrets {
  /** Private key with which `vigie` logs in on every host. */
  readonly sshKey: string;
  /** The public keys of web1, as a person pins them. */
  readonly hostKeys: readonly string[];
  /** The DS record of the signed zone. */
  readonly anchor: string;
}

const { mail, directory, cache, databases, snmp, files, messages } = accounts;

const agent = {
  version: '3',
  user: snmp.user,
  authProtocol: 'sha256',
  authPassword: snmp.authPassword,
  privPassword: snmp.privPassword,
};

/** What a host measures of itself is this machine's business: how busy that is, is no matter of the company's. */
const calm = {
  loadWarnPerCore: 0,
  memoryWarnPercent: 0,
  memoryDownPercent: 0,
  swapWarnPercent: 0,
  diskWarnPercent: 0,
  diskDownPercent: 0,
};
const calmAgent = { warnCpuPercent: 0, warnMemoryPercent: 0, warnDiskPercent: 0, downDiskPercent: 0 };

/** A check of each kind that the company can answer, by host. */
export function companyChecks({
  sshKey,
  hostKeys,
  anchor,
}: CompanySecrets): Readonly<Record<HostName, readonly CompanyCheck[]>> {
  return {
    web1: [
      { kind: 'icmp' },
      { kind: 'tcp', settings: { port: 80 } },
      { kind: 'http', settings: { scheme: 'https', path: '/stock', textPresent: 'keyboard' } },
      { kind: 'http-steps', settings: { steps: 'GET /health\nHTTP 200\nGET /stock\nHTTP 200\n' } },
      { kind: 'tls' },
      { kind: 'ssh', settings: { hostKeys } },
      { kind: 'sftp', settings: { privateKey: sshKey, hostKeys, roundTrip: true } },
      {
        kind: 'ssh-command',
        settings: {
          command: 'echo used $(df --output=pcent /srv/files | tail -1)',
          numberAfter: 'used',
          numberWarn: 80,
          numberDown: 95,
        },
      },
      { kind: 'systemd-unit', settings: { unit: 'nginx.service' } },
      { kind: 'process', settings: { name: 'nginx' } },
      { kind: 'file', settings: { path: '/var/www/shop/index.html', contentPattern: 'shop is open' } },
      { kind: 'log', settings: { source: 'journal', unit: 'nginx.service', include: ['segfault'] } },
      { kind: 'linux-host', settings: calm },
    ],
    ns1: [
      { kind: 'dns', settings: { name: `www.${zone}`, expected: hostAddresses.web1 } },
      { kind: 'dns-zone', settings: { zone, servers: [hostAddresses.ns1, hostAddresses.ns2], graceSeconds: 0 } },
      { kind: 'mail-domain', settings: { domain: zone } },
    ],
    ns2: [
      { kind: 'dnssec', settings: { zone: signedZone, anchors: [anchor] } },
      { kind: 'dhcp', settings: { interface: 'lab0', servers: [hostAddresses.ns2] } },
    ],
    db1: [
      {
        kind: 'postgresql',
        settings: { user: databases.user, password: databases.password, role: 'primary', standbysExpected: 1 },
      },
    ],
    db2: [
      { kind: 'postgresql', settings: { user: databases.user, password: databases.password, role: 'standby' } },
      { kind: 'linux-exporter', settings: calm },
    ],
    maria1: [
      {
        kind: 'mysql',
        settings: {
          user: databases.user,
          password: databases.password,
          database: 'orders',
          query: 'select count(*) from orders',
          queryExpected: '2',
        },
      },
      { kind: 'prometheus', settings: { select: ['node_load1'] } },
    ],
    mail1: [
      { kind: 'smtp', settings: { port: 587, user: mail.vigie.user, password: mail.vigie.password } },
      { kind: 'imap', settings: { user: mail.small.user, password: mail.small.password } },
      { kind: 'pop3', settings: { user: mail.anna.user, password: mail.anna.password } },
      { kind: 'mail-queue', settings: { warnMessages: 10 } },
      {
        kind: 'mail-round-trip',
        settings: {
          from: mail.vigie.user,
          to: mail.vigie.user,
          smtpUser: mail.vigie.user,
          smtpPassword: mail.vigie.password,
          imapUser: mail.vigie.user,
          imapPassword: mail.vigie.password,
          warnSeconds: 20,
          downSeconds: 25,
        },
      },
    ],
    dir1: [
      {
        kind: 'ldap',
        settings: {
          tls: 'startTls',
          user: directory.reader.user,
          password: directory.reader.password,
          base: `ou=people,${directory.base}`,
          scope: 'sub',
          filter: '(uid=anna)',
        },
      },
      { kind: 'snmp', settings: { community: snmp.community } },
      { kind: 'snmp-host', settings: { ...agent, ...calmAgent } },
      { kind: 'udp', settings: { port: 161 } },
    ],
    cache1: [{ kind: 'redis', settings: { password: cache.password } }],
    time1: [{ kind: 'ntp' }],
    files1: [
      { kind: 'ftp', settings: { security: 'explicit', user: files.user, password: files.password, roundTrip: true } },
    ],
    net1: [
      { kind: 'snmp-interfaces', settings: { community: 'switch', warnErrorsPerSecond: 0 } },
      { kind: 'snmp-ups', settings: { community: 'ups' } },
      { kind: 'snmp-printer', settings: { community: 'printer' } },
      { kind: 'snmp-sensors', settings: { community: 'chassis' } },
      { kind: 'mqtt', settings: { user: messages.user, password: messages.password, test: 'roundTrip' } },
    ],
  };
}
