/** Which kinds of check belong together, in the order in which they are offered. What is in none stands at the end. */
export const kindGroups = {
  reach: ['icmp', 'tcp', 'udp', 'ssh', 'own-line'],
  web: ['http', 'http-steps', 'websocket', 'grpc', 'tls'],
  machines: [
    'linux-host',
    'linux-exporter',
    'windows',
    'snmp-host',
    'systemd-unit',
    'process',
    'file',
    'log',
    'prometheus',
  ],
  devices: ['snmp-interfaces', 'snmp', 'snmp-sensors', 'snmp-ups', 'snmp-printer'],
  mail: ['smtp', 'imap', 'pop3', 'mail-round-trip', 'mail-queue', 'mail-domain', 'blocklist'],
  names: ['dns', 'dns-zone', 'dnssec', 'dhcp', 'ntp', 'ldap'],
  data: ['postgresql', 'mysql', 'redis', 'rabbitmq', 'mqtt'],
  files: ['sftp', 'ftp'],
  own: ['heartbeat', 'composite', 'ssh-command', 'nagios-plugin'],
} as const;

export type KindGroup = keyof typeof kindGroups | 'others';

/** The group of a kind. */
export function groupOfKind(name: string): KindGroup {
  for (const [group, kinds] of Object.entries(kindGroups))
    if (kinds.some((kind) => kind === name) && isGroup(group)) return group;
  return 'others';
}

function isGroup(word: string): word is keyof typeof kindGroups {
  return Object.hasOwn(kindGroups, word);
}
