import { accounts } from '../accounts.ts';
import { zone, type HostPlan, type PlanMaterial } from '../plans.ts';
import { certificateFiles } from './certificate-files.ts';

/** How much fits into the small mailbox. */
const smallKib = 200;

/** mail1: Postfix takes mail in, Dovecot keeps it and knows the passwords. */
export function mailServer({ certificates }: PlanMaterial): HostPlan {
  const { anna, vigie, small } = accounts.mail;
  const users = [
    `${anna.user}:{PLAIN}${anna.password}::::::\n`,
    `${vigie.user}:{PLAIN}${vigie.password}::::::\n`,
    `${small.user}:{PLAIN}${small.password}::::::userdb_quota_rule=*:storage=${smallKib}K\n`,
  ];
  return {
    units: ['postfix', 'dovecot'],
    files: {
      ...certificateFiles('/etc/lab', certificates),
      '/etc/postfix/main.cf': { text: postfixConfiguration },
      '/etc/postfix/master.cf': { text: postfixServices },
      '/etc/dovecot/dovecot.conf': { text: dovecotConfiguration },
      '/etc/dovecot/users': { text: users.join('') },
      '/etc/tmpfiles.d/mail.conf': { text: 'd /var/mail/boxes 0770 mail mail\n' },
    },
  };
}

const postfixConfiguration = `compatibility_level = 3.6
myhostname = mail1.${zone}
inet_interfaces = all
inet_protocols = ipv4
maillog_file = /var/log/mail.log

# Mail for the company goes to Dovecot; for anybody else to a port on which nobody listens: it stays in the queue.
mydestination =
virtual_mailbox_domains = ${zone}
virtual_transport = lmtp:unix:private/dovecot-lmtp
local_transport = error:no local accounts
default_transport = lmtp:inet:127.0.0.1:9
alias_maps =
disable_dns_lookups = yes
smtpd_peername_lookup = no
smtpd_error_sleep_time = 0
minimal_backoff_time = 5s
maximal_backoff_time = 5s
queue_run_delay = 5s

# Only who signed in may send to others.
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_tls_auth_only = yes
smtpd_tls_security_level = may
smtpd_tls_cert_file = /etc/lab/site.crt
smtpd_tls_key_file = /etc/lab/site.key
`;

const postfixServices = `smtp inet n - n - - smtpd
submission inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt
submissions inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
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
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`;

const dovecotConfiguration = `protocols = imap pop3 lmtp
listen = *
log_path = /var/log/dovecot.log
mail_location = maildir:/var/mail/boxes/%u
first_valid_uid = 1
disable_plaintext_auth = yes
auth_failure_delay = 0
ssl = yes
ssl_cert = </etc/lab/site.crt
ssl_key = </etc/lab/site.key
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
}
userdb {
  driver = passwd-file
  args = /etc/dovecot/users
  default_fields = uid=mail gid=mail home=/var/mail/boxes/%u
}
namespace inbox {
  inbox = yes
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_grace = 0
}
service lmtp {
  unix_listener /var/spool/postfix/private/dovecot-lmtp {
    mode = 0600
    user = postfix
  }
}
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0600
    user = postfix
  }
}
`;
