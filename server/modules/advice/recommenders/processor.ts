import { checkLink, percent, seenFor, share, type Finding, type SeriesStat, type World } from '../finding.ts';

const busyAbove = 85;
const stolenAbove = 5;
const leastHours = 12;

function about(stat: SeriesStat): Pick<Finding, 'subject' | 'about' | 'series' | 'links' | 'certainty'> {
  return {
    subject: stat.check.target.id,
    about: stat.check.target,
    series: [stat.id],
    links: [checkLink(stat.check)],
    certainty: seenFor(stat.hours),
  };
}

/** Machines whose processors are the bottleneck for hours of the day. */
export function cpuSaturation(world: World): Finding[] {
  return world.stats
    .filter(
      ({ name, unit, hours, p95 }) => name === 'cpu' && unit === percent && hours >= leastHours && p95 >= busyAbove,
    )
    .map((cpu) => ({
      ...about(cpu),
      kind: 'cpuSaturation',
      data: {
        on: cpu.check.target.name,
        busiest: { value: cpu.p95, unit: 'percent' },
        mean: { value: cpu.mean, unit: 'percent' },
        hours: { value: cpu.hours, unit: 'number' },
      },
      gainShare: share((cpu.p95 - 70) / 30) * share(cpu.mean / 60),
      extent: cpu.p95 + cpu.mean,
    }));
}

/** Virtual machines whose host gives their processors to others. */
export function cpuSteal(world: World): Finding[] {
  return world.stats
    .filter(({ name, hours, p95 }) => name === 'steal' && hours >= leastHours && p95 >= stolenAbove)
    .map((steal) => ({
      ...about(steal),
      kind: 'cpuSteal',
      data: {
        on: steal.check.target.name,
        stolen: { value: steal.p95, unit: 'percent' },
        mean: { value: steal.mean, unit: 'percent' },
        hours: { value: steal.hours, unit: 'number' },
      },
      gainShare: share(steal.p95 / 30),
      extent: steal.p95,
    }));
}
