import { setTimeout as sleep } from 'node:timers/promises';
import { branchLink, linkState, setLink, type NetworkNames } from './network.ts';
import type { HostName } from './plans.ts';
import type { Machine } from './machine.ts';

/** What a fault needs of the lab. */
export interface FaultGround {
  readonly names: NetworkNames;
  /** @throws Error when the lab was started without that host. */
  readonly machine: (name: HostName) => Machine;
}

interface Fault {
  /** What is wrong once it is broken, for the list of things that can be broken. */
  readonly what: string;
  readonly break: (ground: FaultGround) => Promise<void>;
  /** Brings the good state back whoever changed it meanwhile; harmless when nothing is wrong. */
  readonly mend: (ground: FaultGround) => Promise<void>;
}

export type FaultName =
  | 'nginx-stopped'
  | 'nginx-error-500'
  | 'nginx-hanging'
  | 'web1-refusing'
  | 'certificate-expired'
  | 'disk-full'
  | 'dns-stopped'
  | 'postgresql-stopped'
  | 'branch-link-down'
  | `${HostName}-link-down`
  | `${HostName}-power-cut`
  | `${HostName}-reboot`;

const answers500 = 'curl -s -m 1 -o /dev/null -w "%{http_code}" http://127.0.0.1/ | grep -q 500';
const certificateHolds =
  'timeout 1 openssl s_client -connect 127.0.0.1:443 </dev/null 2>/dev/null | openssl x509 -noout -checkend 0';

/** nginx reloads in its own time: a fault is broken, or mended, once a visitor sees it. At most ten seconds. */
function until(condition: string): string {
  return `for try in $(seq 100); do if ${condition}; then exit 0; fi; sleep 0.1; done; exit 1`;
}

export const faults: Readonly<Record<FaultName, Fault>> = {
  'nginx-stopped': {
    what: 'nginx on web1 is stopped: the kernel refuses connections to ports 80 and 443.',
    break: shell('web1', 'systemctl stop nginx'),
    mend: shell('web1', 'systemctl start nginx'),
  },
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
    break: shell(
      'web1',
      'nft -f - <<E\ntable inet lab_fault {}\ndelete table inet lab_fault\ntable inet lab_fault { chain input { type filter hook input priority 0\ntcp dport { 80, 443 } reject with tcp reset\n}\n}\nE',
    ),
    mend: shell('web1', 'nft -f - <<E\ntable inet lab_fault {}\ndelete table inet lab_fault\nE'),
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
  'dns-stopped': {
    what: 'The name server on ns1 is stopped.',
    break: shell('ns1', 'systemctl stop named'),
    mend: shell('ns1', 'systemctl start named'),
  },
  'postgresql-stopped': {
    what: 'PostgreSQL on db1 is stopped; /stock on web1 answers 503.',
    break: shell('db1', 'systemctl stop postgresql@*.service'),
    mend: shell('db1', 'for v in /etc/postgresql/*; do systemctl start postgresql@${v##*/}-main; done'),
  },
  'branch-link-down': {
    what: 'The line to the branch office is cut: its router and kiosk1 behind it are out of reach.',
    break: ({ names }) => setLink(names.main, branchLink, 'down'),
    mend: ({ names }) => setLink(names.main, branchLink, 'up'),
  },
  ...hostFaults('web1'),
  ...hostFaults('ns1'),
  ...hostFaults('db1'),
};

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

type HostFaults<Name extends HostName> = Record<`${Name}-link-down` | `${Name}-power-cut` | `${Name}-reboot`, Fault>;

function hostFaults(name: 'web1'): HostFaults<'web1'>;
function hostFaults(name: 'ns1'): HostFaults<'ns1'>;
function hostFaults(name: 'db1'): HostFaults<'db1'>;
function hostFaults(name: HostName): Record<string, Fault> {
  const link = `vb-${name}`;
  return {
    [`${name}-link-down`]: {
      what: `The network cable of ${name} is out: the host is well, and silent.`,
      break: ({ names }) => setLink(names.main, link, 'down'),
      mend: async ({ names }) => {
        // A host that is off or between two boots has no link; the next one comes up by itself.
        if ((await linkState(names.main, link)) !== undefined) await setLink(names.main, link, 'up');
      },
    },
    [`${name}-power-cut`]: {
      what: `${name} lost its power in the middle of everything.`,
      break: ({ machine }) => machine(name).powerCut(),
      mend: async ({ machine }) => {
        const host = machine(name);
        if (!host.isOn) host.powerOn();
        await host.untilRunning(undefined);
      },
    },
    [`${name}-reboot`]: {
      what: `${name} reboots from inside; it comes back by itself.`,
      break: async ({ machine }) => {
        const host = machine(name);
        const before = host.initPid();
        await host.exec(['systemctl', '--no-block', 'reboot']);
        const deadline = performance.now() + 30_000;
        while (host.initPid() === before) {
          if (performance.now() > deadline) throw new Error(`${name} does not go down.`);
          await sleep(50);
        }
      },
      mend: ({ machine }) => machine(name).untilRunning(undefined),
    },
  };
}

function shell(host: HostName, script: string): Fault['break'] {
  return async ({ machine }) => {
    await machine(host).exec(['sh', '-ec', script]);
  };
}
