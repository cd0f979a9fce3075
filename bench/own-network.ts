import { execFileSync, spawnSync } from 'node:child_process';

/** Addresses that are this machine's own inside the network of a measurement, and nobody's outside it. */
export const ownNetwork = '10.99.0.0/16';

const mark = 'VIGIE_BENCH_NETWORK';

/** Whether this process already runs in a network of its own. */
export function isInOwnNetwork(): boolean {
  return process.env[mark] === 'own';
}

/** Runs this very program again in a network namespace that holds only itself, and gives its exit code. Needs root. */
export function runInOwnNetwork(): number {
  const { status, error } = spawnSync('unshare', ['--net', process.execPath, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [mark]: 'own' },
  });
  if (error !== undefined) throw error;
  return status ?? 1;
}

/** Makes the loopback answer for every address of {@link ownNetwork}. */
export function prepareOwnNetwork(): void {
  execFileSync('ip', ['link', 'set', 'lo', 'up']);
  execFileSync('ip', ['route', 'add', 'local', ownNetwork, 'dev', 'lo']);
}

/** The address of the target number `index`. */
export function targetAddress(index: number): string {
  return `10.99.${Math.floor(index / 250) % 250}.${(index % 250) + 1}`;
}
