import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Addresses that are this machine's own inside the network of a measurement, and nobody's outside it. */
export const ownNetwork = '10.99.0.0/16';

/** An address of it that stands on the loopback itself, for servers that listen only on addresses that they find. */
export const serverAddress = '10.99.255.1';

const mark = 'VIGIE_BENCH_NETWORK';

/** Whether this process already runs in a network of its own. */
export function isInOwnNetwork(): boolean {
  return process.env[mark] === 'own';
}

/**
 * Runs this very program again in a network namespace that holds only itself, and gives its exit code. It ends when this
 * one does, however that ends. Needs root.
 */
export function runInOwnNetwork(): number {
  const words = ['--net', 'setpriv', '--pdeathsig', 'TERM', '--', process.execPath, ...process.argv.slice(1)];
  const { status, error } = spawnSync('unshare', words, {
    stdio: 'inherit',
    env: { ...process.env, [mark]: 'own' },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}

/** Makes the loopback answer for every address of {@link ownNetwork}. */
export function prepareOwnNetwork(): void {
  ip('link set lo up');
  ip(`route add local ${ownNetwork} dev lo`);
  ip(`address add ${serverAddress}/32 dev lo`);
}

/** Adds addresses, `10.98.0.0/16`, where packets vanish without a word, as behind a firewall that drops them. */
export function addSilentNetwork(): void {
  ip('link add silent type veth peer name nowhere');
  ip('link set silent arp off up');
  ip('link set nowhere up');
  ip('address add 10.98.255.254/16 dev silent');
}

function ip(words: string): void {
  execFileSync('ip', words.split(' '));
}

/** The address of the target number `index`. */
export function targetAddress(index: number, network = '10.99'): string {
  return `${network}.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
}

/** Echo requests that left this network since it was made. */
export function pingsSent(): number {
  return counter('IcmpMsg', 'OutType8');
}

/** Datagrams that left this network since it was made, answers included. */
export function datagramsSent(): number {
  return counter('Udp', 'OutDatagrams');
}

/** A counter of /proc/net/snmp: a line of names, then a line of numbers. One that never counted is not named. */
function counter(protocol: string, name: string): number {
  const lines = readFileSync('/proc/self/net/snmp', 'utf8').split('\n');
  const [names = [], numbers = []] = lines
    .filter((line) => line.startsWith(`${protocol}: `))
    .map((line) => line.split(' '));
  return Number(numbers[names.indexOf(name)] ?? 0);
}
