import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { steadyClock } from '../probe-clock.ts';

/** A server's key and certificate, PEM. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
}

/** A certification authority of its own in a temporary folder. */
export interface TestAuthority extends Disposable {
  readonly pem: string;
  /** A certificate for a name or address, valid between two days from today on. */
  issue(names: readonly string[], fromDays: number, untilDays: number): ServerCertificate;
}

/** Makes an authority with openssl. */
export function testAuthority(): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-ca-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '3650',
    '-subj',
    '/CN=Vigie test authority',
  );
  let serial = 0;
  return {
    pem: readFileSync(file('ca.pem'), 'utf8'),
    issue(names, fromDays, untilDays) {
      serial += 1;
      const base = `server${serial}`;
      openssl(
        'req',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-keyout',
        `${base}.key`,
        '-out',
        `${base}.csr`,
        '-subj',
        `/CN=${names[0] ?? 'none'}`,
      );
      const alternatives = names.map((name) => (/^[\d.]+$/u.test(name) ? `IP:${name}` : `DNS:${name}`)).join(',');
      writeFileSync(file('ca.cnf'), authorityConfiguration(alternatives));
      writeFileSync(file('index.txt'), '');
      writeFileSync(file('serial'), `${String(serial).padStart(2, '0')}\n`);
      openssl(
        'ca',
        '-batch',
        '-config',
        'ca.cnf',
        '-in',
        `${base}.csr`,
        '-out',
        `${base}.pem`,
        '-startdate',
        moment(fromDays),
        '-enddate',
        moment(untilDays),
      );
      const cert = readFileSync(file(`${base}.pem`), 'utf8');
      return { key: readFileSync(file(`${base}.key`), 'utf8'), cert: cert.slice(cert.indexOf('-----BEGIN')) };
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function moment(days: number): string {
  const at = new Date(steadyClock.nowMs() + days * 86_400_000);
  return `${at.toISOString().replace(/[-:T]/gu, '').slice(0, 14)}Z`;
}

function authorityConfiguration(alternatives: string): string {
  return `[ca]
default_ca = own
[own]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca.key
default_md = sha256
policy = any
x509_extensions = server
unique_subject = no
[any]
commonName = supplied
[server]
subjectAltName = ${alternatives}
`;
}
