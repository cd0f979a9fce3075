import { metricOf, seenFor, share, type Finding, type SeriesStat, type World } from '../finding.ts';

const dayMs = 86_400_000;
/** What is full later than this is nobody's matter today. */
const withinDays = 45;
const mostFolders = 3;

/** Folders of the same file system that grew, the fastest first. */
function growing(world: World, hostId: string, mount: string): SeriesStat[] {
  const isHere = (path: string): boolean =>
    mount === '' || mount === '/' || path === mount || path.startsWith(`${mount}/`);
  return world.stats
    .filter(({ name, check }) => metricOf(name) === 'folderSize' && check.target.id === hostId)
    .filter(({ name, begin, end }) => end > begin && isHere(pathOf(name)))
    .toSorted((one, other) => other.end - other.begin - (one.end - one.begin))
    .slice(0, mostFolders);
}

const pathOf = (name: string): string => name.split(':').slice(1).join(':');

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
    const daysUntil = (at: Date): number => Math.max(0, Math.round((at.getTime() - world.now.getTime()) / dayMs));
    const spread = (high.getTime() - low.getTime()) / dayMs / Math.max(1, days);
    const folders = each.target.kind === 'host' ? growing(world, each.target.id, pathOf(each.series)) : [];
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
          inDays: { value: Math.round(days), unit: 'number' },
          lowDays: { value: daysUntil(low), unit: 'number' },
          highDays: { value: daysUntil(high), unit: 'number' },
          folders: folders.map(({ name }) => pathOf(name)).join(', '),
          // What they grew by is what would be gained if they were kept as small as they were a fortnight ago.
          ...(folders.length === 0
            ? {}
            : { regained: { value: folders.reduce((sum, { begin, end }) => sum + end - begin, 0), unit: 'bytes' } }),
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
