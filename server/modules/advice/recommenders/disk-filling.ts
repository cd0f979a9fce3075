import { metricOf, seenFor, share, type Finding, type SeriesStat, type World } from '../finding.ts';

const dayMs = 86_400_000;
/** What is full later than this is nobody's matter today. */
const withinDays = 45;
const mostFolders = 3;

/** Folders on the same host that grew, the fastest first; a file check with a folder's size tells them. */
function growing(world: World, hostId: string): SeriesStat[] {
  return world.stats
    .filter(({ name, check }) => metricOf(name) === 'folderSize' && check.target.id === hostId)
    .filter(({ begin, end }) => end > begin)
    .toSorted((one, other) => other.end - other.begin - (one.end - one.begin))
    .slice(0, mostFolders);
}

/** Disks, file systems and quotas that will be full soon. */
export function diskFilling(world: World): Finding[] {
  return world.forecasts.flatMap((each): Finding[] => {
    const metric = metricOf(each.series);
    if (!['disk', 'inodes', 'quota', 'diskFree'].includes(metric)) return [];
    if (each.fullAt === null || each.target === null) return [];
    const days = Math.max(0.5, (each.fullAt.getTime() - world.now.getTime()) / dayMs);
    if (days > withinDays) return [];
    const low = each.lowAt ?? each.fullAt;
    const high = each.highAt ?? new Date(each.fullAt.getTime() + (each.fullAt.getTime() - low.getTime()));
    const spread = (high.getTime() - low.getTime()) / dayMs / Math.max(1, days);
    const folders = each.target.kind === 'host' ? growing(world, each.target.id) : [];
    return [
      {
        kind: 'diskFilling',
        subject: String(each.seriesId),
        about: each.target,
        data: {
          on: each.target.name,
          what: { checkKind: each.checkKind, series: each.series },
          used: { value: each.last ?? each.capacity, unit: each.unit },
          day: { at: each.fullAt.toISOString() },
          notBefore: { at: low.toISOString() },
          notAfter: { at: high.toISOString() },
          perDay: { value: each.perDay, unit: each.unit },
          folders: folders.map(({ name }) => name.split(':').slice(1).join(':')).join(', '),
        },
        series: [each.seriesId, ...folders.map(({ id }) => id)],
        links: [
          { kind: 'forecast', id: String(each.seriesId), name: each.series },
          { kind: 'check', id: each.checkId, name: each.checkName },
        ],
        gainShare: share(1 - days / (withinDays * 1.5)),
        certainty: share(1 - spread / 4) * seenFor(each.pastDays * 24),
        extent: withinDays / days,
      },
    ];
  });
}
