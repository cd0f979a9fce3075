import { describe, expect, it } from 'vitest';
import type { AdvisedCheck, SeriesStat, World } from '../finding.ts';
import { recommenders } from './recommenders.ts';

const now = new Date('2026-11-22T12:00:00Z');
const check: AdvisedCheck = {
  id: 'c',
  number: 1,
  name: 'Host',
  kind: 'linux-host',
  intervalMs: 60_000,
  createdAt: new Date('2026-01-01T00:00:00Z'),
  target: { kind: 'host', id: 'h', name: 'db-01' },
  changes: 0,
};
let ids = 0;

/** A series that was all fortnight at one level. */
function stat(name: string, unit: string, level: number, rest: Partial<SeriesStat> = {}): SeriesStat {
  ids += 1;
  const flat = { mean: level, p95: level, max: level, begin: level, end: level, hours: 336 };
  return { id: ids, name, unit, check, ...flat, ...rest };
}

/** A folder that grew within the fortnight. */
function grew(path: string, by: number): SeriesStat {
  return stat(`folderSize:${path}`, 'bytes', 50e9, { begin: 50e9, end: 50e9 + by });
}

const nothing: World = { now, checks: [], stats: [], forecasts: [], noise: [], recurrent: [] };

function kindsIn(world: Partial<World>): string[] {
  return recommenders.flatMap((recommender) => recommender({ ...nothing, ...world }).map(({ kind }) => kind));
}

describe('recommenders', () => {
  it('say nothing of a company that is well', () => {
    const stats = [
      stat('cpu', '%', 40),
      stat('memory', '%', 70),
      stat('swap', '%', 1),
      stat('steal', '%', 0.2),
      stat('connectionsUsed', '%', 30),
      stat('handshake', 'ms', 30),
      stat('certificateDays', 'days', 80, { begin: 90 }),
    ];
    expect(kindsIn({ stats, checks: [check] })).toEqual([]);
  });

  it.each([
    ['memoryPressure', [stat('memory', '%', 95), stat('swap', '%', 40)]],
    ['cpuSaturation', [stat('cpu', '%', 93)]],
    ['cpuSteal', [stat('steal', '%', 12)]],
    ['oversized', [stat('cpu', '%', 3), stat('memory', '%', 12)]],
    ['poolNearLimit', [stat('connectionsUsed', '%', 60, { max: 92 })]],
    ['missingIndex', [stat('rowsReadWhole:public.orders', 'perSecond', 90_000)]],
    ['slowStatement', [stat('statementTime', 'ms', 400)]],
    ['slowNameLookup', [stat('lookup', 'ms', 300)]],
    ['slowHandshake', [stat('handshake', 'ms', 900)]],
    ['certificateEnding', [stat('certificateDays', 'days', 12, { begin: 24 })]],
    ['timeDrift', [stat('offset', 'ms', -400, { begin: -100, check: { ...check, kind: 'ntp' } })]],
  ])('find %s', (kind, stats) => {
    expect(kindsIn({ stats })).toEqual([kind]);
  });

  it('ask for enough of a past', () => {
    const stats = [stat('cpu', '%', 99, { hours: 3 }), stat('memory', '%', 99, { hours: 3 })];
    expect(kindsIn({ stats })).toEqual([]);
  });

  it('find what the watch itself costs', () => {
    const often = { ...check, intervalMs: 5_000 };
    expect(kindsIn({ checks: [often] })).toEqual(['checkTooOften']);
    expect(kindsIn({ checks: [{ ...often, changes: 2 }] })).toEqual([]);
    const noise = [{ checkId: 'c', name: 'Host', was: 40, wouldBe: 4 }];
    expect(kindsIn({ checks: [check], noise })).toEqual(['checkTooNoisy']);
  });

  it('find causes that come again', () => {
    const cause = { causeKey: 'host:h', cause: check.target, outageSeconds: 900, incidents: [{ id: 't', number: 7 }] };
    expect(kindsIn({ recurrent: [{ ...cause, count: 4 }] })).toEqual(['recurrentIncident']);
    expect(kindsIn({ recurrent: [{ ...cause, count: 2 }] })).toEqual([]);
  });

  it('name the folders that fill the disk which is filling, and what they grew by', () => {
    const forecast: World['forecasts'][number] = {
      seriesId: 1,
      checkId: 'c',
      checkName: 'Host',
      checkKind: 'linux-host',
      series: 'disk:/var',
      unit: '%',
      target: check.target,
      madeAt: now,
      capacity: 100,
      falling: false,
      byHand: false,
      fullAt: new Date('2026-12-04T12:00:00Z'),
      lowAt: new Date('2026-12-01T12:00:00Z'),
      highAt: new Date('2026-12-07T12:00:00Z'),
      within30Days: 0.97,
      perDay: 1.2,
      jumps: null,
      why: 'date',
      pastDays: 40,
      last: 86,
    };
    const stats = [
      grew('/var/log', 30e9),
      grew('/var/lib/app', 4e9),
      grew('/srv/data', 90e9),
      grew('/var/tmp', -5e9),
      grew('/var/cache', 7e9),
      grew('/var/spool', 1e9),
    ];
    const [found] = recommenders.flatMap((recommender) => recommender({ ...nothing, stats, forecasts: [forecast] }));
    expect(found?.data).toMatchObject({
      inDays: { value: 12 },
      lowDays: { value: 9 },
      highDays: { value: 15 },
      folders: '/var/log, /var/cache, /var/lib/app',
      regained: { value: 41e9, unit: 'bytes' },
    });
  });

  it('weigh what is nearer more, and never beyond its bounds', () => {
    const stats = Array.from({ length: 30 }, (_none, at) => stat('cpu', '%', 85 + at * 20));
    for (const recommender of recommenders)
      for (const { gainShare, certainty } of recommender({ ...nothing, stats })) {
        expect(gainShare).toBeGreaterThanOrEqual(0);
        expect(gainShare).toBeLessThanOrEqual(1);
        expect(certainty).toBeGreaterThanOrEqual(0);
        expect(certainty).toBeLessThanOrEqual(1);
      }
  });
});
