import type { LabCertificates, LabKey } from './keys.ts';

/** The zone of the lab's company. `.test` is reserved: it can never be a real name. */
export const zone = 'lab.vigie.test';

export const hostNames = ['web1', 'ns1', 'db1'] as const;

export type HostName = (typeof hostNames)[number];

export const hostAddresses: Readonly<Record<HostName, string>> = {
  web1: '10.77.0.11',
  ns1: '10.77.0.12',
  db1: '10.77.0.13',
};

export interface PlannedFile {
  readonly text: string;
  /** Default 0644. */
  readonly mode?: number;
}

/** What makes a host what it is, on top of the base. */
export interface HostPlan {
  readonly files: Readonly<Record<string, PlannedFile>>;
  /** Units enabled before the first boot. */
  readonly units: readonly string[];
  /** Shell script run as root inside, once, after the first boot. */
  readonly afterBoot?: string;
}

export interface PlanMaterial {
  readonly certificates: LabCertificates;
  readonly authority: string;
  readonly hostKey: LabKey;
  readonly loginKey: LabKey;
}

const shopPassword = 'shop-in-the-lab';

/** The plan of a host: what every host has, and its role. */
export function planHost(name: HostName, material: PlanMaterial): HostPlan {
  const role = roles[name](material);
  return { ...role, files: { ...commonFiles(name, material), ...role.files } };
}

function commonFiles(name: HostName, material: PlanMaterial): Record<string, PlannedFile> {
  return {
    '/etc/hostname': { text: `${name}\n` },
    '/etc/hosts': { text: `127.0.0.1 localhost\n127.0.1.1 ${name}.${zone} ${name}\n` },
    '/etc/resolv.conf': {
      text: `search ${zone}\nnameserver ${hostAddresses.ns1}\noptions timeout:2 attempts:1\n`,
    },
    // Sorts before the distribution's own 80-container-host0.network, which would ask for DHCP.
    '/etc/systemd/network/10-host0.network': {
      text: `[Match]\nName=host0\n[Network]\nAddress=${hostAddresses[name]}/24\nGateway=10.77.0.2\nLinkLocalAddressing=no\n`,
    },
    '/etc/ssh/ssh_host_ed25519_key': { text: material.hostKey.privateText, mode: 0o600 },
    '/etc/ssh/ssh_host_ed25519_key.pub': { text: `${material.hostKey.publicText}\n` },
    '/etc/ssh/sshd_config.d/lab.conf': {
      text: 'HostKey /etc/ssh/ssh_host_ed25519_key\nPasswordAuthentication no\nUseDNS no\nAuthorizedKeysFile /etc/ssh/authorized_keys/%u .ssh/authorized_keys\n',
    },
    '/etc/ssh/authorized_keys/vigie': { text: `${material.loginKey.publicText}\n` },
    '/usr/local/share/ca-certificates/lab.crt': { text: material.authority },
  };
}

const roles: Record<HostName, (material: PlanMaterial) => HostPlan> = {
  web1: webServer,
  ns1: nameServer,
  db1: databaseServer,
};

function webServer({ certificates }: PlanMaterial): HostPlan {
  return {
    units: ['nginx', 'fcgiwrap.socket', 'srv-files.mount'],
    files: {
      '/etc/nginx/sites-enabled/shop': {
        text: `server {
  listen 80 default_server;
  listen 443 ssl default_server;
  server_name www.${zone} web1.${zone};
  ssl_certificate /etc/nginx/lab/site.crt;
  ssl_certificate_key /etc/nginx/lab/site.key;
  root /var/www/shop;
  default_type text/html;
  include /etc/nginx/lab/fault*.conf;
  location = /health { default_type text/plain; return 200 "ok\\n"; }
  location = /stock {
    include fastcgi_params;
    fastcgi_param SCRIPT_FILENAME /usr/local/lib/shop/stock;
    fastcgi_pass unix:/run/fcgiwrap.socket;
  }
}
`,
      },
      '/etc/nginx/lab/site.crt': { text: certificates.valid.certificate },
      '/etc/nginx/lab/site.key': { text: certificates.valid.privateKey, mode: 0o600 },
      '/etc/nginx/lab/valid.crt': { text: certificates.valid.certificate },
      '/etc/nginx/lab/expired.crt': { text: certificates.expired.certificate },
      '/var/www/shop/index.html': {
        text: '<!doctype html>\n<html lang="en"><title>The shop</title><h1>The shop is open</h1></html>\n',
      },
      // The page that needs the database and, to find it by name, the name server.
      '/usr/local/lib/shop/stock': {
        mode: 0o755,
        text: `#!/bin/sh
export PGPASSWORD=${shopPassword} PGCONNECT_TIMEOUT=3
if rows=$(psql -h db1.${zone} -U shop -At -c 'select name, pieces from stock order by name' shop 2>&1)
then printf 'Content-Type: text/plain\\r\\n\\r\\n%s\\n' "$rows"
else printf 'Status: 503 Service Unavailable\\r\\nContent-Type: text/plain\\r\\n\\r\\n%s\\n' "$rows"
fi
`,
      },
      // A small disk of its own, so that it can be full.
      '/etc/systemd/system/srv-files.mount': {
        text: '[Mount]\nWhat=tmpfs\nWhere=/srv/files\nType=tmpfs\nOptions=size=16m,nr_inodes=4k\n[Install]\nWantedBy=local-fs.target\n',
      },
    },
  };
}

function nameServer(): HostPlan {
  const serial = Math.floor(Date.now() / 1000);
  const head = `$TTL 60\n@ SOA ns1.${zone}. hostmaster.${zone}. ( ${serial} 3600 600 86400 60 )\n@ NS ns1.${zone}.\n`;
  const forward = hostNames.map((name) => `${name} A ${hostAddresses[name]}\n`).join('');
  const reverse = hostNames
    .map((name) => `${hostAddresses[name].slice('10.77.0.'.length)} PTR ${name}.${zone}.\n`)
    .join('');
  return {
    units: ['named'],
    files: {
      '/etc/bind/named.conf.options': {
        text: 'options {\n  directory "/var/cache/bind";\n  recursion no;\n  dnssec-validation no;\n  listen-on-v6 { none; };\n};\n',
      },
      '/etc/bind/named.conf.local': {
        text: `zone "${zone}" { type master; file "/etc/bind/db.lab"; };\nzone "0.77.10.in-addr.arpa" { type master; file "/etc/bind/db.reverse"; };\n`,
      },
      '/etc/bind/db.lab': {
        text: `${head}${forward}www CNAME web1\nkiosk1 A 10.77.8.10\nrouter A 10.77.0.2\nvigie A 10.77.0.1\n`,
      },
      '/etc/bind/db.reverse': { text: `${head}${reverse}` },
    },
  };
}

function databaseServer(): HostPlan {
  return {
    units: ['postgresql'],
    files: {},
    afterBoot: `set -eu
runuser -u postgres -- psql -q -d postgres -c "create role shop login password '${shopPassword}'" -c 'create database shop owner shop'
runuser -u postgres -- psql -q -d shop -c 'create table stock (name text primary key, pieces integer not null)' \\
  -c "insert into stock values ('keyboard', 12), ('screen', 4), ('cable', 250)" -c 'grant select on stock to shop'
`,
  };
}
