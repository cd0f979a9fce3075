import { checkLink, metricOf, seenFor, share, type Finding, type World } from '../finding.ts';

const usedAbove = 75;
/** Rows a second that are read without an index: below, a table that is read whole is not worth an index. */
const readAbove = 5_000;
const slowAboveMs = 200;
const leastHours = 6;

/** Pools of connections that are nearly used up at their busiest. */
export function poolNearLimit(world: World): Finding[] {
  return world.stats
    .filter(({ name, hours, max }) => metricOf(name) === 'connectionsUsed' && hours >= leastHours && max >= usedAbove)
    .map((pool) => ({
      kind: 'poolNearLimit',
      subject: String(pool.id),
      about: pool.check.target,
      data: {
        on: pool.check.target.name,
        most: { value: pool.max, unit: 'percent' },
        mean: { value: pool.mean, unit: 'percent' },
        hours: { value: pool.hours, unit: 'number' },
      },
      series: [pool.id],
      links: [checkLink(pool.check)],
      gainShare: share((pool.max - 60) / 40),
      certainty: seenFor(pool.hours),
      extent: pool.max,
    }));
}

/** Tables of PostgreSQL that are read whole again and again: each of their rows, for a few that are wanted. */
export function missingIndex(world: World): Finding[] {
  return world.stats
    .filter(({ name, hours, mean }) => metricOf(name) === 'rowsReadWhole' && hours >= leastHours && mean >= readAbove)
    .map((reads) => ({
      kind: 'missingIndex',
      subject: String(reads.id),
      about: reads.check.target,
      data: {
        on: reads.check.target.name,
        table: reads.name.split(':').slice(1).join(':'),
        rows: { value: reads.mean, unit: 'perSecond' },
        most: { value: reads.max, unit: 'perSecond' },
        hours: { value: reads.hours, unit: 'number' },
      },
      series: [reads.id],
      links: [checkLink(reads.check)],
      gainShare: share(Math.log10(reads.mean / 1_000) / 3),
      certainty: 0.8 * seenFor(reads.hours),
      extent: reads.mean,
    }));
}

/** Databases whose statements take long on the average. */
export function slowStatement(world: World): Finding[] {
  return world.stats
    .filter(({ name, hours, p95 }) => name === 'statementTime' && hours >= leastHours && p95 >= slowAboveMs)
    .map((time) => ({
      kind: 'slowStatement',
      subject: String(time.id),
      about: time.check.target,
      data: {
        on: time.check.target.name,
        busiest: { value: time.p95, unit: 'ms' },
        mean: { value: time.mean, unit: 'ms' },
        hours: { value: time.hours, unit: 'number' },
      },
      series: [time.id],
      links: [checkLink(time.check)],
      gainShare: share(Math.log10(time.p95 / 50) / 2),
      certainty: 0.7 * seenFor(time.hours),
      extent: time.p95,
    }));
}
