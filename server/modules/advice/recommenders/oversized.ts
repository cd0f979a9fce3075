import { checkLink, percent, seenFor, type Finding, type World } from '../finding.ts';

/** A machine that never does more than this could do with half. */
const processorBelow = 15;
const memoryBelow = 35;
/** A week shows its busiest day. */
const leastHours = 7 * 24 - 12;

/** Machines that are idle all week, their busiest hours included. */
export function oversized(world: World): Finding[] {
  return world.stats.flatMap((cpu): Finding[] => {
    if (cpu.name !== 'cpu' || cpu.unit !== percent || cpu.hours < leastHours || cpu.max >= processorBelow * 2)
      return [];
    if (cpu.p95 >= processorBelow || cpu.check.target.kind !== 'host') return [];
    const memory = world.stats.find(
      ({ name, unit, check }) => name === 'memory' && unit === percent && check.id === cpu.check.id,
    );
    if (memory === undefined || memory.p95 >= memoryBelow) return [];
    return [
      {
        kind: 'oversized',
        subject: cpu.check.target.id,
        about: cpu.check.target,
        data: {
          on: cpu.check.target.name,
          busiest: { value: cpu.p95, unit: 'percent' },
          memory: { value: memory.p95, unit: 'percent' },
          hours: { value: cpu.hours, unit: 'number' },
        },
        series: [cpu.id, memory.id],
        links: [checkLink(cpu.check)],
        gainShare: 0.35,
        certainty: seenFor(cpu.hours),
        extent: 200 - cpu.p95 - memory.p95,
      },
    ];
  });
}
