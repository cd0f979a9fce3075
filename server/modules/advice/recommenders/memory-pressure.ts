import { checkLink, percent, seenFor, share, type Finding, type World } from '../finding.ts';

/** Above this share of memory in use nothing is left for the cache; with swap in use besides, work waits for the disk. */
const memoryAbove = 90;
const swapAbove = 20;
const leastHours = 12;

/** Machines whose memory is short: nearly all in use, and the swap used. */
export function memoryPressure(world: World): Finding[] {
  return world.stats.flatMap((memory): Finding[] => {
    if (memory.name !== 'memory' || memory.unit !== percent || memory.hours < leastHours) return [];
    const swap = world.stats.find(
      ({ name, unit, check }) => name === 'swap' && unit === percent && check.id === memory.check.id,
    );
    const swapped = swap?.mean ?? 0;
    if (memory.p95 < memoryAbove || (swapped < swapAbove && memory.p95 < 97)) return [];
    return [
      {
        kind: 'memoryPressure',
        subject: memory.check.target.id,
        about: memory.check.target,
        data: {
          on: memory.check.target.name,
          memory: { value: memory.p95, unit: 'percent' },
          swap: { value: swapped, unit: 'percent' },
          hours: { value: memory.hours, unit: 'number' },
        },
        series: swap === undefined ? [memory.id] : [memory.id, swap.id],
        links: [checkLink(memory.check)],
        gainShare: share((memory.p95 - 85) / 15) * (swapped >= swapAbove ? 1 : 0.6),
        certainty: seenFor(memory.hours),
        extent: memory.p95 - memoryAbove + swapped,
      },
    ];
  });
}
