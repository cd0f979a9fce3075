import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServedCertificates } from '#probe/testing/served-certificates.ts';
import type { ServerCertificate } from '#probe/testing/certificates.ts';
import { Daemon } from './daemon.ts';
import { freePort } from './free-port.ts';
import { inOwnMemory } from './own-folder.ts';
import type { MailAccount } from './mail-material.ts';

/** A real Dovecot with mailboxes in a temporary folder. */
export interface Dovecot extends AsyncDisposable {
  readonly ports: DovecotPorts;
  readonly daemon: Daemon;
}

/** Where it listens on 127.0.0.1; `lmtp` takes mail in, `auth` answers Postfix's questions on passwords. */
export interface DovecotPorts {
  readonly imap: number;
  readonly imaps: number;
  readonly pop3: number;
  readonly pop3s: number;
  readonly lmtp: number;
  readonly auth: number;
  /** Where it asks over HTTP whether a token is good; a test answers there. */
  readonly tokens: number;
}

/** The same ports answer on these addresses with another certificate, or without TLS. */
export const dovecotAddresses = {
  good: '127.0.0.1',
  expired: '127.0.0.2',
  other: '127.0.0.3',
  stranger: '127.0.0.4',
  withoutTls: '127.0.0.5',
} as const;

/** Starts one. Needs Debian's dovecot-imapd, dovecot-pop3d and dovecot-lmtpd, and root. */
export function startDovecot(certificates: ServedCertificates, accounts: readonly MailAccount[]): Promise<Dovecot> {
  return inOwnMemory('dovecot', async (folder, own) => {
    await mkdir(join(folder, 'mail'), { mode: 0o777 });
    await chmod(join(folder, 'mail'), 0o777);
    const [imap, imaps, pop3, pop3s, lmtp, auth, tokens] = [
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
      await freePort(),
    ];
    const ports = { imap, imaps, pop3, pop3s, lmtp, auth, tokens };
    const keep = async (name: string, { cert, key }: ServerCertificate): Promise<void> => {
      await writeFile(join(folder, `${name}.pem`), cert);
      await writeFile(join(folder, `${name}.key`), key, { mode: 0o600 });
    };
    await keep('good', certificates.good);
    await keep('expired', certificates.expired);
    await keep('other', certificates.other);
    await keep('stranger', certificates.stranger);
    await writeFile(join(folder, 'users'), accounts.map(accountLine).join(''), { mode: 0o644 });
    await writeFile(join(folder, 'oauth2.conf'), tokenConfiguration(tokens));
    await writeFile(join(folder, 'dovecot.conf'), dovecotConfiguration(folder, ports));
    const daemon = own.use(new Daemon('/usr/sbin/dovecot', ['-F', '-c', join(folder, 'dovecot.conf')]));
    await daemon.listening(imap, imaps, pop3, pop3s, lmtp, auth);
    return {
      ports,
      daemon,
    };
  });
}

/** One line of Dovecot's passwd-file: user, password, six fields of the system's, then settings of its own. */
function accountLine({ user, password, roomKib }: MailAccount): string {
  const room = roomKib === undefined ? '' : ` userdb_quota_rule=*:storage=${roomKib}K`;
  return `${user}:{PLAIN.HEX}${Buffer.from(password).toString('hex')}::::::${room}\n`;
}

/** Whoever gives tokens out says whose one is, or that it is none. */
function tokenConfiguration(port: number): string {
  return `introspection_mode = auth
introspection_url = http://127.0.0.1:${port}/introspect
username_attribute = email
`;
}

function dovecotConfiguration(folder: string, ports: DovecotPorts): string {
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/log
protocols = imap pop3 lmtp
listen = ${Object.values(dovecotAddresses).join(', ')}

# Mailboxes: one Maildir for each account, all owned by the system's "mail".
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = ${folder}/users
  mechanisms = plain login cram-md5
}
passdb {
  driver = oauth2
  args = ${folder}/oauth2.conf
  mechanisms = xoauth2 oauthbearer
}
userdb {
  driver = passwd-file
  args = ${folder}/users
  default_fields = uid=mail gid=mail home=${folder}/mail/%u
}
mail_fsync = never
auth_mechanisms = plain login cram-md5 xoauth2 oauthbearer
namespace inbox {
  inbox = yes
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}

# How much fits.
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_grace = 0
}

# Certificates, good and bad, by address.
ssl = yes
ssl_cert = <${folder}/good.pem
ssl_key = <${folder}/good.key
local ${dovecotAddresses.expired} {
  ssl_cert = <${folder}/expired.pem
  ssl_key = <${folder}/expired.key
}
local ${dovecotAddresses.other} {
  ssl_cert = <${folder}/other.pem
  ssl_key = <${folder}/other.key
}
local ${dovecotAddresses.stranger} {
  ssl_cert = <${folder}/stranger.pem
  ssl_key = <${folder}/stranger.key
}
local ${dovecotAddresses.withoutTls} {
  ssl = no
}

# Where it listens. Mail comes in by LMTP; Postfix asks "auth" whether a password is right.
service imap-login {
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service pop3-login {
  inet_listener pop3 {
    port = ${ports.pop3}
  }
  inet_listener pop3s {
    port = ${ports.pop3s}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${ports.lmtp}
  }
}
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${ports.auth}
  }
}
auth_failure_delay = 0
`;
}
