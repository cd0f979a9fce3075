import { setTimeout as sleep } from 'node:timers/promises';
import { branchLink, linkState, setLink } from '../network.ts';
import { hostNames, type HostName } from '../plans.ts';
import { endProgram, program, shell, steps, type Fault } from './fault.ts';

/** What can happen to any host, after its name. */
type HostFault = 'link-down' | 'power-cut' | 'reboot' | 'delayed' | 'dripping';

export type HostFaultName = `${HostName}-${HostFault}`;

/** Cuts of the line to the branch office. */
export const lineFaults = {
  'branch-link-down': {
    what: 'The line to the branch office is cut: its router and kiosk1 behind it are out of reach.',
    break: ({ names }) => setLink(names.main, branchLink, 'down'),
    mend: ({ names }) => setLink(names.main, branchLink, 'up'),
  },
} satisfies Record<string, Fault>;

function linkDown(name: HostName): Fault {
  const link = `vb-${name}`;
  return {
    what: `The network cable of ${name} is out: the host is well, and silent.`,
    break: ({ names }) => setLink(names.main, link, 'down'),
    mend: async ({ names }) => {
      // A host that is off or between two boots has no link; the next one comes up by itself.
      if ((await linkState(names.main, link)) !== undefined) await setLink(names.main, link, 'up');
    },
  };
}

function powerCut(name: HostName): Fault {
  return {
    what: `${name} lost its power in the middle of everything.`,
    break: ({ machine }) => machine(name).powerCut(),
    mend: async ({ machine }) => {
      const host = machine(name);
      if (!host.isOn) host.powerOn();
      await host.untilRunning(undefined);
    },
  };
}

function reboot(name: HostName): Fault {
  return {
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
  };
}

const redirection =
  'table ip lab_line {}\ndelete table ip lab_line\ntable ip lab_line {\nchain visitors {\ntype nat hook prerouting priority -100\ntcp dport != 22 redirect to :7001\n}\n}';

/** All TCP of a host but SSH goes through slow-line.py. Connections are accepted at once: only what is said is slow. */
function slowLine(name: HostName, words: string, how: string): Fault {
  return {
    what: `What is said over TCP with ${name} ${how}; SSH is not.`,
    break: steps(
      program(name, 'slow-line.py', words, `python3 -c 'import socket; socket.create_connection(("127.0.0.1", 7001))'`),
      shell(name, `nft -f - <<E\n${redirection}\nE`),
    ),
    mend: shell(name, endSlowLine),
  };
}

const endSlowLine = `${endProgram}; printf 'table ip lab_line {}\\ndelete table ip lab_line\\n' | nft -f -`;

/** What can happen to any host, for each of them. */
export const hostFaults: readonly (readonly [HostFaultName, Fault])[] = hostNames.flatMap((name) => [
  [`${name}-link-down`, linkDown(name)] as const,
  [`${name}-power-cut`, powerCut(name)] as const,
  [`${name}-reboot`, reboot(name)] as const,
  [`${name}-delayed`, slowLine(name, 'delay 2000', 'is held back two seconds, piece by piece')] as const,
  [`${name}-dripping`, slowLine(name, 'drip 5', 'drips, five bytes a second')] as const,
]);
