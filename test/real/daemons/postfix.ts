import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ServedCertificates } from '#probe/testing/served-certificates.ts';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnMemory } from './own-folder.ts';
import { mailDomain, mailName } from './mail-material.ts';

const run = promisify(execFile);

/** A real Postfix with a queue of its own. It takes mail in for the tests' domain only, and nothing leaves the machine. */
export interface Postfix extends AsyncDisposable {
  readonly ports: PostfixPorts;
  readonly daemon: Daemon;
  /** The folder of its main.cf: what `postqueue -c` and its like want. */
  readonly configuration: string;
  /** Hands a message in as a local program would. */
  submit(to: string, text: string): Promise<void>;
  /** Puts what is queued on hold (`hold`), or lets it go on (`release`). */
  hold(): Promise<void>;
  release(): Promise<void>;
  /** Lets mail for an address go another way, such as `lmtp:inet:127.0.0.1:24`. */
  route(address: string, way: string | null): Promise<void>;
  /** Empties the queue. */
  empty(): Promise<void>;
}

/** Each port is the same server with one thing changed. */
export interface PostfixPorts {
  readonly smtp: number;
  readonly smtps: number;
  /** Offers no sign-in either. */
  readonly withoutTls: number;
  readonly openRelay: number;
  /** Puts what it takes on hold. */
  readonly holding: number;
  readonly expired: number;
  readonly other: number;
  readonly stranger: number;
}

/** The ports of the Dovecot that keeps its mail and knows its passwords. */
export interface MailStore {
  readonly lmtp: number;
  readonly auth: number;
}

/** Starts one. Needs Debian's postfix and root. */
export function startPostfix(certificates: ServedCertificates, store: MailStore): Promise<Postfix> {
  return inOwnMemory('postfix', async (folder, own) => {
    for (const part of ['etc', 'queue', 'data']) await mkdir(join(folder, part));
    await run('chown', ['postfix:', join(folder, 'data')]);
    const ports: PostfixPorts = {
      smtp: await freePort(),
      smtps: await freePort(),
      withoutTls: await freePort(),
      openRelay: await freePort(),
      holding: await freePort(),
      expired: await freePort(),
      other: await freePort(),
      stranger: await freePort(),
    };
    const keep = (name: string, { cert, key }: ServerCertificate): Promise<void> =>
      writeFile(join(folder, 'etc', `${name}.pem`), `${key}\n${cert}`, { mode: 0o600 });
    await keep('good', certificates.good);
    await keep('expired', certificates.expired);
    await keep('other', certificates.other);
    await keep('stranger', certificates.stranger);
    const configuration = join(folder, 'etc');
    await writeFile(join(configuration, 'transport'), '');
    await writeFile(join(configuration, 'main.cf'), mainConfiguration(folder, store));
    await writeFile(join(configuration, 'master.cf'), masterConfiguration(folder, ports));
    // Makes the folders of the queue; the start by hand keeps every process in one group.
    await run('/usr/sbin/postfix', ['-c', configuration, 'check']);
    const daemon = own.use(new Daemon('/usr/lib/postfix/sbin/master', ['-c', configuration, '-d']));
    await daemon.listening(...Object.values<number>({ ...ports }));
    const supervise = (...options: string[]) => run('/usr/sbin/postsuper', ['-c', configuration, ...options]);
    return {
      ports,
      daemon,
      configuration,
      async submit(to, text) {
        const sending = run('/usr/sbin/sendmail', ['-C', configuration, '-f', `root@${mailDomain}`, to]);
        sending.child.stdin?.end(text);
        await sending;
      },
      hold: async () => void (await supervise('-h', 'ALL')),
      release: async () => void (await supervise('-H', 'ALL')),
      async route(address, way) {
        await writeFile(join(configuration, 'transport'), way === null ? '' : `${address} ${way}\n`);
        await run('/usr/sbin/postfix', ['-c', configuration, 'reload']);
      },
      empty: async () => void (await supervise('-d', 'ALL')),
    };
  });
}

function mainConfiguration(folder: string, store: MailStore): string {
  return `compatibility_level = 3.6
myhostname = ${mailName}
queue_directory = ${folder}/queue
data_directory = ${folder}/data
maillog_file = ${folder}/queue/maillog
maillog_file_prefixes = ${folder}
inet_interfaces = loopback-only
inet_protocols = ipv4

# Mail for our domain goes to Dovecot by LMTP; for anybody else to a port on which nobody listens: it stays in the queue.
mydestination =
virtual_mailbox_domains = ${mailDomain}
virtual_transport = lmtp:inet:127.0.0.1:${store.lmtp}
local_transport = error:no local accounts
default_transport = lmtp:inet:127.0.0.1:9
relay_transport = error:nothing leaves this machine
transport_maps = texthash:${folder}/etc/transport
alias_maps =
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
minimal_backoff_time = 5s
maximal_backoff_time = 5s
queue_run_delay = 2s

# Only who signed in may send to others.
mynetworks =
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${store.auth}
broken_sasl_auth_clients = yes

smtpd_tls_security_level = may
smtpd_tls_chain_files = ${folder}/etc/good.pem
`;
}

function smtpd(port: number, ...changes: readonly string[]): string {
  return [`127.0.0.1:${port} inet n - n - - smtpd`, ...changes.map((change) => `  -o ${change}`)].join('\n');
}

function masterConfiguration(folder: string, ports: PostfixPorts): string {
  return `# service type private unpriv chroot wakeup maxproc command
${smtpd(ports.smtp)}
${smtpd(ports.smtps, 'smtpd_tls_wrappermode=yes')}
${smtpd(ports.withoutTls, 'smtpd_tls_security_level=none', 'smtpd_sasl_auth_enable=no')}
${smtpd(ports.openRelay, 'mynetworks=127.0.0.0/8', 'smtpd_relay_restrictions=permit_mynetworks,reject')}
${smtpd(ports.holding, 'smtpd_end_of_data_restrictions=check_client_access,static:HOLD')}
${smtpd(ports.expired, `smtpd_tls_chain_files=${folder}/etc/expired.pem`)}
${smtpd(ports.other, `smtpd_tls_chain_files=${folder}/etc/other.pem`)}
${smtpd(ports.stranger, `smtpd_tls_chain_files=${folder}/etc/stranger.pem`)}
pickup unix n - n 1 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
`;
}
