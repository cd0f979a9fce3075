import { accounts } from '../accounts.ts';
import { hostAddresses, zone, type HostName } from '../plans.ts';
import { dhcpUnit } from '../roles/name-servers.ts';
import { dropFirewall, endProgram, firewall, program, shell, steps, stopped, until, type Fault } from './fault.ts';

const { mail, directory, cache, snmp } = accounts;

const redis = `REDISCLI_AUTH=${cache.password} redis-cli`;
const asAdmin = `-x -H ldapi:/// -D ${directory.admin.user} -w ${directory.admin.password}`;
const mailCertificateHolds =
  'timeout 1 openssl s_client -connect 127.0.0.1:993 </dev/null 2>/dev/null | openssl x509 -noout -checkend 0';
const mailReload = 'doveadm reload; postfix reload 2>/dev/null';
const queued = 'test $(postqueue -j | grep -c \'"deferred"\') -ge 30';

/** What can be wrong with the mail of mail1. */
export const mailFaults = {
  'postfix-stopped': stopped('mail1', 'postfix@- postfix', 'Postfix on mail1 is stopped: nobody takes mail in.'),
  'dovecot-stopped': stopped('mail1', 'dovecot', 'Dovecot on mail1 is stopped: nobody can read mail or sign in.'),
  'mail-queue-growing': {
    what: 'mail1 cannot hand over what it takes in: thirty messages wait in its queue.',
    break: shell(
      'mail1',
      `postconf -e virtual_transport=lmtp:inet:127.0.0.1:9; postfix reload 2>/dev/null
for number in $(seq 30); do echo "Subject: letter $number" | sendmail -f ${mail.vigie.user} ${mail.anna.user}; done; ${until(queued)}`,
    ),
    mend: shell(
      'mail1',
      `postconf -e virtual_transport=lmtp:unix:private/dovecot-lmtp; systemctl start postfix; postfix reload 2>/dev/null; postqueue -f; ${until('postqueue -p | grep -q "queue is empty"')}`,
    ),
  },
  'mailbox-full': {
    what: 'The small mailbox on mail1 is full: it takes no letter more.',
    break: shell(
      'mail1',
      `for try in $(seq 50); do (printf 'Subject: old\\n\\n'; head -c 20000 /dev/zero | tr '\\0' x) | doveadm save -u ${mail.small.user} 2>/dev/null || break; done
(printf 'Subject: last\\n\\n'; head -c 2500 /dev/zero | tr '\\0' x) > /tmp/last; while doveadm save -u ${mail.small.user} /tmp/last 2>/dev/null; do :; done`,
    ),
    mend: shell(
      'mail1',
      `doveadm expunge -u ${mail.small.user} mailbox '*' all; doveadm quota recalc -u ${mail.small.user}`,
    ),
  },
  'mail-certificate-expired': {
    what: 'Postfix and Dovecot on mail1 serve a certificate that ran out yesterday.',
    break: shell(
      'mail1',
      `cp /etc/lab/expired.crt /etc/lab/site.crt; ${mailReload}; ${until(`! ${mailCertificateHolds}`)}`,
    ),
    mend: shell('mail1', `cp /etc/lab/valid.crt /etc/lab/site.crt; ${mailReload}; ${until(mailCertificateHolds)}`),
  },
} satisfies Record<string, Fault>;

const moreStock = "insert into stock values ('fault ' || clock_timestamp(), 1)";
const onDatabase = (name: 'postgres' | 'shop', ...statements: readonly string[]): string =>
  `runuser -u postgres -- psql -q -d ${name} ${statements.map((text) => `-c "${text}"`).join(' ')} >/dev/null`;
const startPostgresql = 'for v in /etc/postgresql/*; do systemctl start postgresql@${v##*/}-main; done';
const streams = (is: boolean): string =>
  `test "$(runuser -u postgres -- psql -Atc 'select count(*) from pg_stat_wal_receiver where pid is not null')" = ${is ? 1 : 0}`;

/** What can be wrong with the databases. */
export const databaseFaults = {
  'postgresql-stopped': {
    what: 'PostgreSQL on db1 is stopped; /stock on web1 answers 503.',
    break: shell('db1', 'systemctl stop postgresql@*.service'),
    mend: shell('db1', startPostgresql),
  },
  'replica-stopped': {
    what: 'PostgreSQL on db2 is stopped: db1 has no replica.',
    break: shell('db2', 'systemctl stop postgresql@*.service'),
    mend: shell('db2', startPostgresql),
  },
  'replay-paused': {
    what: 'db2 receives what db1 writes and does not apply it: it falls behind.',
    break: steps(
      shell('db2', onDatabase('postgres', 'select pg_wal_replay_pause()')),
      shell('db1', onDatabase('shop', moreStock, moreStock)),
    ),
    mend: steps(
      shell('db2', onDatabase('postgres', 'select pg_wal_replay_resume()')),
      shell('db1', onDatabase('shop', "delete from stock where name like 'fault %'")),
    ),
  },
  'replication-slot-wrong': {
    what: 'db2 asks db1 for a slot that does not exist: nothing is copied any more.',
    break: shell(
      'db2',
      `${onDatabase('postgres', "alter system set primary_slot_name = 'nobody'", 'select pg_reload_conf()')}; ${until(streams(false))}`,
    ),
    mend: shell(
      'db2',
      `${onDatabase('postgres', "alter system set primary_slot_name = 'db2'", 'select pg_reload_conf()')}; ${until(streams(true))}`,
    ),
  },
  'mariadb-stopped': stopped('maria1', 'mariadb.socket mariadb', 'MariaDB on maria1 is stopped.'),
  'redis-stopped': stopped('cache1', 'redis-server', 'Redis on cache1 is stopped.'),
  'redis-out-of-memory': {
    what: 'Redis on cache1 has used up its memory and refuses to write.',
    break: shell(
      'cache1',
      `${redis} config set maxmemory 3mb >/dev/null; ${redis} eval "for i = 1, 500 do redis.call('set', 'fault' .. i, string.rep('x', 10000)) end" 0 >/dev/null 2>&1 || :; ${until(`${redis} set fault-last x | grep -q OOM`)}`,
    ),
    mend: shell(
      'cache1',
      `${redis} config set maxmemory 32mb >/dev/null; ${redis} eval "for _, key in ipairs(redis.call('keys', 'fault*')) do redis.call('del', key) end" 0 >/dev/null`,
    ),
  },
} satisfies Record<string, Fault>;

const people = `ou=people,${directory.base}`;
const serialOf = (server: HostName): string => `$(dig +short @${hostAddresses[server]} ${zone} SOA | cut -d ' ' -f 3)`;
const device = (name: string, was: string): string =>
  `cp /etc/lab/recordings/${name}.snmprec /var/lib/devices/${was}.snmprec; rm -rf /var/lib/devices/cache; systemctl restart devices; ${until('ss -Hlun sport = :161 | grep -q .')}`;
const restored = (was: string): Fault['mend'] => shell('net1', device(was, was));

/** What can be wrong with names, people, time, files and devices. */
export const otherFaults = {
  'dns-stopped': stopped('ns1', 'named', 'The name server on ns1 is stopped.'),
  'second-dns-stopped': stopped('ns2', 'named', 'The name server on ns2 is stopped.'),
  'dns-serials-differ': {
    what: 'The zone was changed on ns1 and a firewall keeps ns2 from copying it: their serials differ.',
    break: steps(
      firewall('ns2', 'output', `ip daddr ${hostAddresses.ns1} drop`),
      shell(
        'ns1',
        `sed -i -E '/SOA/s/\\( [0-9]+/( '"$(($(date +%s) + 1))"'/' /etc/bind/db.lab; rndc reload >/dev/null`,
      ),
    ),
    mend: steps(
      dropFirewall('ns2'),
      shell('ns2', `rndc retransfer ${zone}; ${until(`test "${serialOf('ns1')}" = "${serialOf('ns2')}"`)}`),
    ),
  },
  'dhcp-rogue': {
    what: 'A second DHCP server, on files1, offers addresses with a way out that leads nowhere.',
    break: shell(
      'files1',
      `cat > /run/systemd/system/rogue.service <<'E'\n${dhcpUnit('10.77.0.160,10.77.0.170', '10.77.0.99')}E\nsystemctl daemon-reload; systemctl start rogue`,
    ),
    mend: shell(
      'files1',
      'systemctl stop rogue 2>/dev/null || :; rm -f /run/systemd/system/rogue.service; systemctl daemon-reload',
    ),
  },
  'slapd-stopped': stopped('dir1', 'slapd', 'OpenLDAP on dir1 is stopped.'),
  'ldap-base-gone': {
    what: 'The branch with the people is gone from the directory on dir1.',
    break: shell('dir1', `ldapdelete ${asAdmin} -r ${people}`),
    mend: shell(
      'dir1',
      `ldapsearch ${asAdmin} -b ${people} -s base >/dev/null 2>&1 || ldapadd ${asAdmin} -f /etc/lab/people.ldif >/dev/null`,
    ),
  },
  'snmp-community-changed': {
    what: 'Somebody changed the SNMP community of dir1: the agent no longer answers to the old one.',
    break: shell(
      'dir1',
      `sed -i 's/^rocommunity .*/rocommunity another 10.77.0.0\\/24/' /etc/snmp/snmpd.conf; systemctl restart snmpd`,
    ),
    mend: shell(
      'dir1',
      `sed -i 's/^rocommunity .*/rocommunity ${snmp.community} 10.77.0.0\\/24/' /etc/snmp/snmpd.conf; systemctl restart snmpd`,
    ),
  },
  'snmpd-stopped': stopped('dir1', 'snmpd', 'The SNMP agent on dir1 is stopped.'),
  'exporter-stopped': stopped('maria1', 'prometheus-node-exporter', 'The node exporter on maria1 is stopped.'),
  'chrony-stopped': stopped('time1', 'chrony', 'The time server on time1 is stopped.'),
  'time-wrong': {
    what: 'time1 gives out a time that is five seconds ahead.',
    break: steps(
      shell('time1', 'systemctl stop chrony'),
      program('time1', 'wrong-time.py', '5', 'ss -Hlun sport = :123 | grep -q .'),
    ),
    mend: shell('time1', `${endProgram}; systemctl start chrony`),
  },
  'vsftpd-stopped': stopped('files1', 'vsftpd', 'The FTP server on files1 is stopped.'),
  'mosquitto-stopped': stopped('net1', 'mosquitto', 'The MQTT broker on net1 is stopped.'),
  'devices-silent': stopped('net1', 'devices', 'The recorded devices of net1 answer nothing.'),
  'switch-port-down': {
    what: 'Port 2 of the recorded switch has lost its link.',
    break: shell('net1', device('switch-port-down', 'switch')),
    mend: restored('switch'),
  },
  'ups-on-battery': {
    what: 'The recorded UPS runs on its battery.',
    break: shell('net1', device('ups-on-battery', 'ups')),
    mend: restored('ups'),
  },
  'printer-jammed': {
    what: 'The recorded printer has a paper jam.',
    break: shell('net1', device('printer-jammed', 'printer')),
    mend: restored('printer'),
  },
  'chassis-hot': {
    what: 'The recorded chassis measures 61 °C at its inlet.',
    break: shell('net1', device('chassis-hot', 'chassis')),
    mend: restored('chassis'),
  },
} satisfies Record<string, Fault>;
