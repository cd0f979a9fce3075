import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnFolder } from './own-folder.ts';

const run = promisify(execFile);

/** A real OpenLDAP with a few people in it. */
export interface Slapd extends AsyncDisposable {
  readonly port: number;
  readonly tlsPort: number;
  readonly daemon: Daemon;
}

/** Starts one for dc=firm,dc=example; cn=vigie signs in with "hidden". Needs Debian's slapd. */
export function startSlapd({ cert, key }: ServerCertificate): Promise<Slapd> {
  return inOwnFolder('slapd', async (folder, own) => {
    const [port, tlsPort] = [await freePort(), await freePort()];
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'server.pem'), cert);
    await writeFile(join(folder, 'server.key'), key, { mode: 0o600 });
    await writeFile(join(folder, 'slapd.conf'), configuration(folder));
    await writeFile(join(folder, 'people.ldif'), people);
    await run('/usr/sbin/slapadd', ['-f', join(folder, 'slapd.conf'), '-l', join(folder, 'people.ldif')]);
    const addresses = `ldap://127.0.0.1:${port}/ ldaps://127.0.0.1:${tlsPort}/`;
    // With a level of debugging it stays in the foreground.
    const daemon = own.use(
      new Daemon('/usr/sbin/slapd', ['-d', '0', '-f', join(folder, 'slapd.conf'), '-h', addresses]),
    );
    await daemon.listening(port, tlsPort);
    return {
      port,
      tlsPort,
      daemon,
    };
  });
}

function configuration(folder: string): string {
  return `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile ${folder}/pid
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
sizelimit 150
database mdb
maxsize 16777216
suffix "dc=firm,dc=example"
directory ${folder}/data
access to dn.subtree="ou=secret,dc=firm,dc=example" by users read by * auth
access to attrs=userPassword by * auth
access to * by * read
`;
}

const person = (name: string): string => `
dn: uid=${name},ou=people,dc=firm,dc=example
objectClass: inetOrgPerson
uid: ${name}
cn: ${name}
sn: ${name}
mail: ${name}@firm.example
`;

const people = `dn: dc=firm,dc=example
objectClass: dcObject
objectClass: organization
dc: firm
o: Firm

dn: ou=people,dc=firm,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=secret,dc=firm,dc=example
objectClass: organizationalUnit
ou: secret

dn: ou=elsewhere,dc=firm,dc=example
objectClass: referral
objectClass: extensibleObject
ou: elsewhere
ref: ldap://127.0.0.1:1/ou=elsewhere,dc=firm,dc=example

dn: cn=vigie,dc=firm,dc=example
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: vigie
userPassword: hidden
${['alice', 'bob', 'carol', ...Array.from({ length: 200 }, (_none, index) => `crowd${index}`)].map(person).join('')}`;
