import { checkLink, metricOf, seenFor, share, type Finding, type World } from '../finding.ts';

/** Kerberos allows five minutes, logs of two machines want to be put in one order to a tenth of a second. */
const driftAboveMs = 100;
const leastHours = 6;

/** Clocks that are off, or move away. */
export function timeDrift(world: World): Finding[] {
  return world.stats
    .filter(({ name, check, hours }) => metricOf(name) === 'offset' && check.kind === 'ntp' && hours >= leastHours)
    .filter(({ end }) => Math.abs(end) >= driftAboveMs)
    .map((offset) => {
      const perDay = ((offset.end - offset.begin) / Math.max(1, offset.hours * 0.75)) * 24;
      return {
        kind: 'timeDrift',
        subject: String(offset.id),
        about: offset.check.target,
        data: {
          on: offset.check.target.name,
          offset: { value: offset.end, unit: 'ms' },
          perDay: { value: perDay, unit: 'ms' },
          hours: { value: offset.hours, unit: 'number' },
        },
        series: [offset.id],
        links: [checkLink(offset.check)],
        gainShare: share(Math.log10(Math.abs(offset.end) / 50) / 3),
        certainty: seenFor(offset.hours * 2),
        extent: Math.abs(offset.end),
      };
    });
}
