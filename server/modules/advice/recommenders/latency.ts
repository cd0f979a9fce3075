import { checkLink, metricOf, seenFor, share, type Finding, type SeriesStat, type World } from '../finding.ts';

const slowLookupMs = 150;
const slowHandshakeMs = 400;
const leastHours = 12;

function finding(kind: 'slowNameLookup' | 'slowHandshake', stat: SeriesStat, limitMs: number): Finding {
  return {
    kind,
    subject: String(stat.id),
    about: stat.check.target,
    data: {
      on: stat.check.target.name,
      check: stat.check.name,
      what: { checkKind: stat.check.kind, series: stat.name },
      busiest: { value: stat.p95, unit: 'ms' },
      mean: { value: stat.mean, unit: 'ms' },
      hours: { value: stat.hours, unit: 'number' },
    },
    series: [stat.id],
    links: [checkLink(stat.check)],
    gainShare: share(Math.log10(stat.p95 / (limitMs / 2)) / 1.5),
    certainty: seenFor(stat.hours),
    extent: stat.p95,
  };
}

/** Names that take long to be looked up: whoever uses them waits each time. */
export function slowNameLookup(world: World): Finding[] {
  return world.stats
    .filter(({ name, hours, p95, check }) => {
      const isLookup =
        name === 'lookup' || (check.kind === 'dns' && ['total', 'answerTime', 'answer'].includes(metricOf(name)));
      return isLookup && hours >= leastHours && p95 >= slowLookupMs;
    })
    .map((stat) => finding('slowNameLookup', stat, slowLookupMs));
}

/** TLS handshakes that take long. */
export function slowHandshake(world: World): Finding[] {
  return world.stats
    .filter(
      ({ name, hours, p95 }) =>
        (name === 'handshake' || name === 'tls') && hours >= leastHours && p95 >= slowHandshakeMs,
    )
    .map((stat) => finding('slowHandshake', stat, slowHandshakeMs));
}
