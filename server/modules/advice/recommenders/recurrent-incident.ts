import { share, type Finding, type World } from '../finding.ts';

/** So many incidents of one cause within thirty days are one problem. */
const least = 3;

/** Causes that bring incident after incident: worth a problem record. */
export function recurrentIncident(world: World): Finding[] {
  return world.recurrent
    .filter(({ count }) => count >= least)
    .map(({ causeKey, cause, count, outageSeconds, incidents }) => ({
      kind: 'recurrentIncident',
      subject: causeKey,
      about: cause,
      data: {
        on: cause?.name ?? causeKey,
        count: { value: count, unit: 'number' },
        outage: { value: Math.round(outageSeconds), unit: 'seconds' },
        last: `#${incidents[0]?.number ?? 0}`,
      },
      series: [],
      links: incidents.map(({ id, number }) => ({ kind: 'ticket', id, name: `#${number}` })),
      gainShare: share(count / 12 + outageSeconds / 36_000),
      certainty: share(0.5 + count / 20),
      extent: count,
    }));
}
