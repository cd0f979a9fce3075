import type { Metric } from '#probe/check-kind.ts';
import { hosts } from './company/hosts.ts';
import { diskOf } from './company/stories.ts';
import { wave } from './noise.ts';

const hourMs = 3_600_000;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** What a Linux host says of itself; `busy` is how busy people are, 0 to 1. */
export function measureHost(
  { address, presentMs, seed, busy }: { address: string; presentMs: number; seed: number; busy: number },
  atMs: number,
): Metric[] {
  const slow = wave(seed, atMs / (2 * hourMs));
  const quick = wave(seed ^ 5, atMs / (hourMs / 6));
  const name = hosts.find((each) => each.address === address)?.name ?? '';
  const disk = diskOf(name, atMs, presentMs);
  return [
    { name: 'memory', unit: 'percent', value: round(58 + slow * 3 + busy * 6) },
    { name: 'cpu', unit: 'percent', value: round(14 + busy * 26 + slow * 4 + quick * 3) },
    { name: 'swap', unit: 'percent', value: round(3 + slow) },
    ...(disk === undefined
      ? []
      : [
          { name: `disk:${disk.path}`, unit: 'percent' as const, value: round(disk.usedPercent + quick * 0.15) },
          ...disk.folders.map(({ path, bytes }) => ({
            name: `folderSize:${path}`,
            unit: 'bytes' as const,
            value: bytes,
          })),
        ]),
  ];
}
