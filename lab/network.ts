import { command } from './command.ts';

/**
 * The lab's network. `10.77.0.0/24` is the head office: the server under test at .1 (the bridge itself), a router, and
 * the hosts. `10.77.8.0/24` is a branch office behind that router. There is no way out: each namespace has these
 * links and no other, so a stray packet, a scan or a wrong address ends here.
 */
export const headOffice = {
  serverAddress: '10.77.0.1',
  routerAddress: '10.77.0.2',
  prefix: 24,
} as const;

export const branchOffice = {
  network: '10.77.8.0/24',
  routerAddress: '10.77.8.1',
  hostAddress: '10.77.8.10',
  prefix: 24,
} as const;

/** The router's leg on the head office's bridge, seen from there: cutting it cuts the branch off. */
export const branchLink = 'wan-branch';

export interface NetworkNames {
  /** The head office: the bridge, the server under test, the browser. */
  readonly main: string;
  readonly router: string;
  /** The one machine of the branch office. */
  readonly branch: string;
}

export function networkNames(lab: string): NetworkNames {
  return {
    main: `vigie-lab-${lab}`,
    router: `vigie-lab-${lab}-router`,
    branch: `vigie-lab-${lab}-branch`,
  };
}

/** What `nsenter` needs to hear. Unlike `ip netns exec` it leaves /sys, and so the control groups, as they are. */
export function inNamespace(name: string): string[] {
  return [`--net=/run/netns/${name}`];
}

export async function makeNetwork(names: NetworkNames, signal: AbortSignal | undefined): Promise<void> {
  for (const name of [names.main, names.router, names.branch]) {
    await command(['ip', 'netns', 'add', name], { signal });
  }
  await configure(names.main, [
    'link set lo up',
    'link add lab0 type bridge',
    `addr add ${headOffice.serverAddress}/${headOffice.prefix} dev lab0`,
    'link set lab0 up',
    `link add ${branchLink} type veth peer name uplink netns ${names.router}`,
    `link set ${branchLink} master lab0`,
    `link set ${branchLink} up`,
    `route add ${branchOffice.network} via ${headOffice.routerAddress}`,
  ]);
  await configure(names.router, [
    'link set lo up',
    `addr add ${headOffice.routerAddress}/${headOffice.prefix} dev uplink`,
    'link set uplink up',
    `link add branch0 type veth peer name eth0 netns ${names.branch}`,
    `addr add ${branchOffice.routerAddress}/${branchOffice.prefix} dev branch0`,
    'link set branch0 up',
  ]);
  await configure(names.branch, [
    'link set lo up',
    `addr add ${branchOffice.hostAddress}/${branchOffice.prefix} dev eth0`,
    'link set eth0 up',
    `route add default via ${branchOffice.routerAddress}`,
  ]);
  await command(['nsenter', ...inNamespace(names.router), 'sysctl', '-q', '-w', 'net.ipv4.ip_forward=1']);
}

export async function setLink(namespace: string, link: string, state: 'up' | 'down'): Promise<void> {
  await configure(namespace, [`link set ${link} ${state}`]);
}

/** The state of a link, or undefined when there is none of that name. */
export async function linkState(namespace: string, link: string): Promise<'up' | 'down' | undefined> {
  const shown = await command(['nsenter', ...inNamespace(namespace), 'ip', '-brief', 'link', 'show', 'dev', link], {
    anyCode: true,
  });
  if (shown.code !== 0) return undefined;
  return /[<,]UP[,>]/.test(shown.stdout) ? 'up' : 'down';
}

export async function removeNetwork(names: NetworkNames): Promise<void> {
  const known = await namespaces();
  for (const name of every(names)) {
    if (known.includes(name)) await command(['ip', 'netns', 'delete', name]);
  }
}

export async function pidsInNetwork(names: NetworkNames): Promise<number[]> {
  const known = await namespaces();
  const listed = await Promise.all(
    every(names)
      .filter((name) => known.includes(name))
      .map((name) => command(['ip', 'netns', 'pids', name], { anyCode: true })),
  );
  return listed.flatMap((result) =>
    result.stdout
      .split('\n')
      .filter((line) => line !== '')
      .map(Number),
  );
}

/** The names of all network namespaces of this machine. */
export async function namespaces(): Promise<string[]> {
  const listed = await command(['ip', 'netns', 'list']);
  return listed.stdout
    .split('\n')
    .map((line) => line.split(' ', 1)[0] ?? '')
    .filter((name) => name !== '');
}

/** One process for many steps: `ip -batch` reads them from its input. */
async function configure(namespace: string, steps: readonly string[]): Promise<void> {
  await command(['nsenter', ...inNamespace(namespace), 'ip', '-batch', '-'], {
    input: `${steps.join('\n')}\n`,
  });
}

function every({ main, router, branch }: NetworkNames): string[] {
  return [main, router, branch];
}
