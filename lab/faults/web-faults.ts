import { dropFirewall, firewall, shell, stopped, until, type Fault } from './fault.ts';

const answers500 = 'curl -s -m 1 -o /dev/null -w "%{http_code}" http://127.0.0.1/ | grep -q 500';
const certificateHolds =
  'timeout 1 openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null | openssl x509 -noout -checkend 0';

/** What can be wrong on web1. */
export const webFaults = {
  'nginx-stopped': stopped('web1', 'nginx', 'nginx on web1 is stopped: the kernel refuses connections to 80 and 443.'),
  'nginx-error-500': {
    what: 'nginx on web1 answers every request with 500.',
    break: shell('web1', `echo 'return 500;' > /etc/nginx/lab/fault-500.conf; nginx -s reload; ${until(answers500)}`),
    mend: shell(
      'web1',
      `rm -f /etc/nginx/lab/fault-500.conf; systemctl reload-or-restart nginx; ${until(`! ${answers500}`)}`,
    ),
  },
  'nginx-hanging': {
    what: 'nginx on web1 is frozen: connections are accepted, nothing is ever answered.',
    break: shell('web1', 'systemctl kill --kill-who=all --signal=STOP nginx'),
    mend: shell('web1', 'systemctl kill --kill-who=all --signal=CONT nginx; systemctl start nginx'),
  },
  'web1-refusing': {
    what: 'The firewall of web1 rejects connections to ports 80 and 443; nginx itself is well.',
    break: firewall('web1', 'input', 'tcp dport { 80, 443 } reject with tcp reset'),
    mend: dropFirewall('web1'),
  },
  'certificate-expired': {
    what: 'nginx on web1 serves a certificate that ran out yesterday.',
    break: shell(
      'web1',
      `cp /etc/nginx/lab/expired.crt /etc/nginx/lab/site.crt; nginx -s reload; ${until(`! ${certificateHolds}`)}`,
    ),
    mend: shell(
      'web1',
      `cp /etc/nginx/lab/valid.crt /etc/nginx/lab/site.crt; systemctl reload-or-restart nginx; ${until(certificateHolds)}`,
    ),
  },
  'disk-full': {
    what: 'The disk of web1 mounted on /srv/files is full.',
    break: shell('web1', 'dd if=/dev/zero of=/srv/files/forgotten.log bs=64k count=4096 2>/dev/null || :'),
    mend: shell('web1', 'rm -f /srv/files/forgotten.log'),
  },
  'disk-out-of-inodes': {
    what: 'The disk of web1 mounted on /srv/files has room, and not one more file fits.',
    break: shell('web1', 'mkdir -p /srv/files/sessions; cd /srv/files/sessions; touch $(seq 5000) 2>/dev/null || :'),
    mend: shell('web1', 'rm -rf /srv/files/sessions'),
  },
  'host-key-changed': {
    what: 'web1 shows another SSH host key than the one that is known, as after an attack or a new installation.',
    break: shell(
      'web1',
      'cd /etc/ssh; test -e lab-own-key || cp -p ssh_host_ed25519_key lab-own-key; rm ssh_host_ed25519_key; ssh-keygen -q -t ed25519 -N "" -f new-key; mv new-key ssh_host_ed25519_key; rm new-key.pub; systemctl reload ssh',
    ),
    mend: shell(
      'web1',
      'cd /etc/ssh; test ! -e lab-own-key || mv lab-own-key ssh_host_ed25519_key; systemctl reload ssh',
    ),
  },
} satisfies Record<string, Fault>;
