import { accounts } from '../accounts.ts';
import type { HostPlan, PlanMaterial } from '../plans.ts';
import { certificateFiles } from './certificate-files.ts';

const { base, reader, admin } = accounts.directory;

/** dir1: OpenLDAP with the people. */
export function directoryServer({ certificates }: PlanMaterial): HostPlan {
  return {
    units: ['slapd'],
    files: {
      ...certificateFiles('/etc/lab', certificates, 0o644),
      '/etc/ldap/slapd.conf': { text: configuration },
      '/etc/lab/base.ldif': { text: directory },
      '/etc/lab/people.ldif': { text: people },
      // In place of the package's, which knows another configuration.
      '/etc/systemd/system/slapd.service': {
        text: `[Service]
Type=forking
ExecStartPre=+sh -c 'test -e /var/lib/ldap-lab/data.mdb || { install -d -o openldap /var/lib/ldap-lab; for part in base people; do slapadd -q -f /etc/ldap/slapd.conf -l /etc/lab/$part.ldif; done; chown openldap /var/lib/ldap-lab/*; }'
ExecStart=/usr/sbin/slapd -u openldap -g openldap -f /etc/ldap/slapd.conf -h 'ldap:/// ldaps:/// ldapi:///'
RuntimeDirectory=slapd
[Install]
WantedBy=multi-user.target
`,
      },
    },
  };
}

const configuration = `include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
TLSCertificateFile /etc/lab/site.crt
TLSCertificateKeyFile /etc/lab/site.key
database mdb
maxsize 16777216
suffix "${base}"
rootdn "${admin.user}"
rootpw ${admin.password}
directory /var/lib/ldap-lab
access to attrs=userPassword by * auth
access to * by users read by * auth
`;

const directory = `dn: ${base}
objectClass: dcObject
objectClass: organization
dc: lab
o: The lab

dn: ${reader.user}
objectClass: applicationProcess
objectClass: simpleSecurityObject
cn: vigie
userPassword: ${reader.password}
`;

const people = `dn: ou=people,${base}
objectClass: organizationalUnit
ou: people
${['anna', 'boris', 'chloe', 'denis'].map((name) => person(name)).join('')}`;

function person(name: string): string {
  return `
dn: uid=${name},ou=people,${base}
objectClass: inetOrgPerson
uid: ${name}
cn: ${name}
sn: ${name}
mail: ${name}@lab.vigie.test
`;
}
