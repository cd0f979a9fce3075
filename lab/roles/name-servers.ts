import { hostAddresses, zone, type HostPlan, type PlanMaterial } from '../plans.ts';

const reverseZone = '0.77.10.in-addr.arpa';

/** A zone that is signed, for those who verify signatures; nothing of the company is in it. */
export const signedZone = 'signed.vigie.test';

const options = `options {
  directory "/var/cache/bind";
  recursion no;
  dnssec-validation no;
  listen-on-v6 { none; };
  min-refresh-time 1;
  min-retry-time 1;
};
`;

/** A zone that ns2 may copy. */
const source = (name: string, file: string): string =>
  `zone "${name}" { type master; file "/etc/bind/${file}"; allow-transfer { ${hostAddresses.ns2}; }; };\n`;

const copy = (name: string, file: string): string =>
  `zone "${name}" { type slave; masters { ${hostAddresses.ns1}; }; file "/var/cache/bind/${file}"; };\n`;

/** ns1: the company's names, which ns2 copies when there is one. */
export function nameServer({ hosts }: PlanMaterial): HostPlan {
  const serial = Math.floor(Date.now() / 1000);
  const servers = (['ns1', 'ns2'] as const).filter((name) => name === 'ns1' || hosts.includes(name));
  const head = [
    `$TTL 60\n@ SOA ns1.${zone}. hostmaster.${zone}. ( ${serial} 3600 600 86400 60 )\n`,
    ...servers.map((name) => `@ NS ${name}.${zone}.\n`),
  ].join('');
  const names = Object.entries(hostAddresses);
  const forward = names.map(([name, address]) => `${name} A ${address}\n`).join('');
  const reverse = names.map(([name, address]) => `${address.slice('10.77.0.'.length)} PTR ${name}.${zone}.\n`).join('');
  const mail = `@ MX 10 mail1\n@ TXT "v=spf1 mx -all"\n_dmarc TXT "v=DMARC1; p=reject"\n`;
  return {
    units: ['named'],
    files: {
      '/etc/bind/named.conf.options': { text: options },
      '/etc/bind/named.conf.local': { text: source(zone, 'db.lab') + source(reverseZone, 'db.reverse') },
      '/etc/bind/db.lab': {
        text: `${head}${forward}${mail}www CNAME web1\nkiosk1 A 10.77.8.10\nrouter A 10.77.0.2\nvigie A 10.77.0.1\n`,
      },
      '/etc/bind/db.reverse': { text: `${head}${reverse}` },
    },
  };
}

/** ns2: copies ns1's zones, signs one of its own, and gives out addresses by DHCP. */
export function secondNameServer(): HostPlan {
  const signed = `zone "${signedZone}" { type master; file "/var/lib/bind/db.signed"; dnssec-policy default; inline-signing yes; };\n`;
  return {
    units: ['named', 'dhcp'],
    files: {
      '/etc/bind/named.conf.options': { text: options },
      '/etc/bind/named.conf.local': { text: copy(zone, 'db.lab') + copy(reverseZone, 'db.reverse') + signed },
      '/var/lib/bind/db.signed': {
        text: `$TTL 60\n@ SOA ns2.${zone}. hostmaster.${zone}. ( 1 3600 600 86400 60 )\n@ NS ns2.${zone}.\nwww A ${hostAddresses.web1}\n`,
      },
      '/etc/systemd/system/dhcp.service': { text: dhcpUnit('10.77.0.100,10.77.0.150', '10.77.0.2') },
    },
  };
}

/** A DHCP server that nobody's names depend on. */
export function dhcpUnit(range: string, router: string): string {
  return `[Unit]
After=network-online.target
[Service]
ExecStart=/usr/sbin/dnsmasq --keep-in-foreground --conf-file=/dev/null --port=0 --interface=host0 --bind-dynamic --dhcp-authoritative --dhcp-range=${range},255.255.255.0,1h --dhcp-option=option:router,${router}
[Install]
WantedBy=multi-user.target
`;
}
