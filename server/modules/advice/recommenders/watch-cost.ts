import { checkLink, share, type Finding, type World } from '../finding.ts';

/** A check that runs more often than this is looked at. */
const oftenMs = 20_000;
const enoughMs = 60_000;
const leastAgeMs = 14 * 86_400_000;
const mostChanges = 0;
const daySeconds = 86_400;

/** Checks that run several times a minute and have said the same for a month. */
export function checkTooOften(world: World): Finding[] {
  return world.checks
    .filter(
      ({ intervalMs, createdAt, changes, kind }) =>
        intervalMs < oftenMs &&
        changes <= mostChanges &&
        kind !== 'composite' &&
        world.now.getTime() - createdAt.getTime() >= leastAgeMs,
    )
    .map((check) => {
      const runs = (daySeconds * 1_000) / check.intervalMs;
      const saved = runs - (daySeconds * 1_000) / enoughMs;
      return {
        kind: 'checkTooOften',
        subject: check.id,
        about: check.target,
        data: {
          on: check.target.name,
          check: check.name,
          interval: { value: check.intervalMs / 1_000, unit: 'seconds' },
          runs: { value: Math.round(runs), unit: 'number' },
          saved: { value: Math.round(saved), unit: 'number' },
        },
        series: [],
        links: [checkLink(check)],
        gainShare: share(saved / 80_000) * 0.5,
        certainty: 0.6,
        extent: runs,
      };
    });
}

/** Checks that alarm more than they have to: what the watch's own ledger tried on the past. */
export function checkTooNoisy(world: World): Finding[] {
  return world.noise.flatMap(({ checkId, was, wouldBe }): Finding[] => {
    const check = world.checks.find(({ id }) => id === checkId);
    if (check === undefined || was - wouldBe < 3) return [];
    return [
      {
        kind: 'checkTooNoisy',
        subject: checkId,
        about: check.target,
        data: {
          on: check.target.name,
          check: check.name,
          was: { value: was, unit: 'number' },
          wouldBe: { value: wouldBe, unit: 'number' },
          saved: { value: was - wouldBe, unit: 'number' },
        },
        series: [],
        links: [checkLink(check)],
        gainShare: share((was - wouldBe) / 30),
        certainty: 0.85,
        extent: was - wouldBe,
      },
    ];
  });
}
