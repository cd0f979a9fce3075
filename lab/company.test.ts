import { afterAll, beforeAll, describe, test } from 'vitest';
import { accounts } from './accounts.ts';
import type { FaultName } from './faults.ts';
import { zone } from './plans.ts';
import { startLab, type Lab } from './start-lab.ts';

const root = process.getuid?.() === 0;
const { mail, directory, cache, databases, snmp, files } = accounts;

/** Each fault as a client on web1 sees it, or one on this machine that looks into the lab: a line for the shell. */
interface Symptom {
  readonly fault: FaultName;
  readonly look: string;
  readonly broken: RegExp;
  readonly well: RegExp;
  readonly from?: 'outside';
}

const curl = 'curl -s -m 8 --cacert /usr/local/share/ca-certificates/lab.crt';
const imap = (account: { user: string; password: string }): string =>
  `${curl} imaps://mail1.${zone}/ -u ${account.user}:${account.password}`;
const psql = (host: string, query: string): string =>
  `PGPASSWORD=${databases.password} psql -h ${host} -U ${databases.user} -d postgres -Atc "${query}" 2>&1`;
const redis = `redis-cli --no-auth-warning -a ${cache.password} -h 10.77.0.19`;
const snmpget = (community: string, host: string, object: string): string =>
  `snmpget -v2c -c ${community} -Oqv -t 1 -r 2 ${host} 1.3.6.1.2.1.${object} 2>&1`;
const serial = (server: string): string => `$(dig +short @${server} ${zone} SOA | cut -d ' ' -f 3)`;
const http = (how: string): string => `${curl} -o /dev/null -w '%{http_code} %{time_total}' ${how} || :`;
const people = `ldapsearch -x -LLL -H ldap://10.77.0.18 -D ${directory.reader.user} -w ${directory.reader.password} -b ou=people,${directory.base} -s base dn 2>&1`;
const offset = "chronyd -Q -t 4 -f /dev/null 'server 10.77.0.20 iburst maxsamples 1' 2>&1 | grep wrong";

/** By host, so that hosts can be broken side by side. */
const symptoms: Readonly<Record<string, readonly Symptom[]>> = {
  web1: [
    {
      fault: 'disk-out-of-inodes',
      look: 'df --output=ipcent /srv/files | tail -1',
      broken: /100%/,
      well: /\b[0-9]%/,
    },
    {
      fault: 'host-key-changed',
      look: 'ssh-keyscan -t ed25519 10.77.0.11 2>/dev/null | cut -d " " -f 3 | cmp -s - /etc/ssh/known && echo known || echo new',
      broken: /new/,
      well: /known/,
    },
  ],
  mail1: [
    {
      fault: 'postfix-stopped',
      look: `${curl} smtp://10.77.0.17 -X NOOP >/dev/null; echo $?`,
      broken: /^7/,
      well: /^0/,
    },
    { fault: 'dovecot-stopped', look: `${imap(mail.vigie)} >/dev/null; echo $?`, broken: /^7/, well: /^0/ },
    {
      fault: 'mail-certificate-expired',
      look: `${imap(mail.vigie)} >/dev/null; echo $?`,
      broken: /^60/,
      well: /^0/,
    },
    {
      fault: 'mailbox-full',
      look: `${imap(mail.small)} -X 'GETQUOTAROOT INBOX'`,
      broken: /STORAGE (19\d|200) 200/,
      well: /STORAGE 0 200/,
    },
    {
      fault: 'mail-queue-growing',
      look: `${imap(mail.anna)} -X 'STATUS INBOX (MESSAGES)'`,
      broken: /S 0\)/,
      well: /S 30\)/,
    },
  ],
  db2: [
    {
      fault: 'replica-stopped',
      look: psql('10.77.0.13', 'select count(*) from pg_stat_replication'),
      broken: /^0/,
      well: /^1/,
    },
    {
      fault: 'replay-paused',
      look: psql('10.77.0.15', 'select pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn() > 0'),
      broken: /^t/,
      well: /^f/,
    },
    {
      fault: 'replication-slot-wrong',
      look: psql('10.77.0.13', 'select active from pg_replication_slots'),
      broken: /^f/,
      well: /^t/,
    },
  ],
  maria1: [
    {
      fault: 'mariadb-stopped',
      look: `mariadb -h 10.77.0.16 -u ${databases.user} -p${databases.password} -Ne 'select count(*) from orders.orders' 2>&1`,
      broken: /ERROR 2002/,
      well: /^2/,
    },
    { fault: 'exporter-stopped', look: http('http://10.77.0.16:9100/metrics'), broken: /^000/, well: /^200/ },
  ],
  cache1: [
    { fault: 'redis-stopped', look: `${redis} ping 2>&1`, broken: /refused/, well: /PONG/ },
    { fault: 'redis-out-of-memory', look: `${redis} set a b 2>&1`, broken: /OOM/, well: /OK/ },
    { fault: 'cache1-delayed', look: `time -p ${redis} ping 2>&1`, broken: /real [2-9]/, well: /real 0/ },
  ],
  ns2: [
    {
      fault: 'second-dns-stopped',
      look: `dig +short +time=1 +tries=1 @10.77.0.14 ${zone} MX`,
      broken: /;;/,
      well: /mail1/,
    },
    {
      fault: 'dns-serials-differ',
      look: `test ${serial('10.77.0.12')} = ${serial('10.77.0.14')} && echo same || echo other`,
      broken: /other/,
      well: /same/,
    },
  ],
  dir1: [
    { fault: 'slapd-stopped', look: people, broken: /Can't contact/, well: /^dn: ou=people/ },
    { fault: 'ldap-base-gone', look: people, broken: /No such object/, well: /^dn: ou=people/ },
    {
      fault: 'snmp-community-changed',
      look: snmpget(snmp.community, '10.77.0.18', '1.5.0'),
      from: 'outside',
      broken: /Timeout/,
      well: /dir1/,
    },
  ],
  time1: [
    { fault: 'time-wrong', look: offset, broken: /wrong by 5\.0/, well: /wrong by -?0\.0/ },
    { fault: 'chrony-stopped', look: `${offset} || echo none`, broken: /none/, well: /wrong by -?0\.0/ },
  ],
  files1: [
    {
      fault: 'vsftpd-stopped',
      look: `${curl} ftp://${files.user}:${files.password}@10.77.0.21/ || echo refused`,
      broken: /refused/,
      well: /delivery\.txt/,
    },
    {
      fault: 'files1-dripping',
      look: `${curl} --max-time 2 ftp://${files.user}:${files.password}@10.77.0.21/ || echo slow`,
      broken: /slow/,
      well: /delivery\.txt/,
    },
  ],
  net1: [
    {
      fault: 'switch-port-down',
      look: snmpget('switch', '10.77.0.22', '2.2.1.8.2'),
      from: 'outside',
      broken: /2/,
      well: /1/,
    },
    {
      fault: 'ups-on-battery',
      look: snmpget('ups', '10.77.0.22', '33.1.2.4.0'),
      from: 'outside',
      broken: /61/,
      well: /100/,
    },
  ],
};

describe.skipIf(!root)('the whole company', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await startLab();
    const known = (await lab.hostKeys('web1'))[0]?.split(' ')[1] ?? '';
    await lab.exec('web1', `echo '${known}' > /etc/ssh/known`);
  });
  afterAll(() => lab?.[Symbol.asyncDispose]());

  const look = async ({ look: line, from }: Symptom): Promise<string> => {
    const said =
      from === 'outside'
        ? await lab.command(['sh', '-c', line], { anyCode: true })
        : await lab.exec('web1', ['bash', '-c', line], { anyCode: true });
    return (said.stdout + said.stderr).trim();
  };

  test.concurrent.for(Object.entries(symptoms))(
    'what is broken on %s is seen by a client, and mended',
    async ([, own], { expect: expectHere }) => {
      for (const symptom of own) {
        await lab.breakThing(symptom.fault);
        try {
          await expectHere
            .poll(() => look(symptom), { timeout: 40_000, message: symptom.fault })
            .toMatch(symptom.broken);
        } finally {
          await lab.mendThing(symptom.fault);
        }
        await expectHere
          .poll(() => look(symptom), { timeout: 40_000, message: `${symptom.fault} mended` })
          .toMatch(symptom.well);
      }
    },
  );
});
