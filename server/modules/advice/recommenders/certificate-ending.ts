import { checkLink, metricOf, share, type Finding, type World } from '../finding.ts';

const withinDays = 30;
const dayMs = 86_400_000;

/** Certificates that end soon and were not renewed by themselves: most are, a month before. */
export function certificateEnding(world: World): Finding[] {
  return world.stats.flatMap((stat): Finding[] => {
    if (metricOf(stat.name) !== 'certificateDays' || stat.hours < 2) return [];
    // By the last quarter of a fortnight, brought to now: it falls by a day a day.
    const days = stat.end - Math.min(14, stat.hours / 24) / 8;
    if (days > withinDays || days < 0 || stat.end > stat.begin) return [];
    return [
      {
        kind: 'certificateEnding',
        subject: String(stat.id),
        about: stat.check.target,
        data: {
          on: stat.check.target.name,
          check: stat.check.name,
          left: { value: Math.max(0, Math.round(days)), unit: 'days' },
          day: { at: new Date(world.now.getTime() + days * dayMs).toISOString() },
        },
        series: [stat.id],
        links: [checkLink(stat.check)],
        gainShare: share(1 - days / (withinDays * 1.5)),
        certainty: 0.95,
        extent: withinDays - days,
      },
    ];
  });
}
