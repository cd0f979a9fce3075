import { Cron } from 'croner';
import { describe, expect, test } from 'vitest';
import type { LastBeat } from '#probe/inside-view.ts';
import { judgeBeat, type LastDue } from './judge-beat.ts';
import { heartbeatSettings, type HeartbeatSettings } from './settings.ts';

const begin = new Date('2026-03-01T00:00:00Z');
const after = (seconds: number, from = begin): Date => new Date(from.getTime() + seconds * 1_000);

function beatAt(at: Date, given: Partial<LastBeat> = {}): LastBeat {
  return { at, kind: 'ok', exitCode: null, body: '', from: '', startedAt: null, tookMs: null, ...given };
}

function judge(given: Partial<HeartbeatSettings>, beat: LastBeat | null, now: Date, watchedSince = begin) {
  const settings = heartbeatSettings.parse(given);
  const lastDue: LastDue = (before) =>
    settings.cron === ''
      ? null
      : (new Cron(settings.cron, { timezone: settings.timeZone, paused: true }).previousRuns(1, before)[0] ?? null);
  return judgeBeat(settings, beat, { watchedSince, now, lastDue }).code;
}

describe('a call every so often', () => {
  const each = { periodSeconds: 60, graceSeconds: 10 };

  test('is missing when period and grace are over, and not before', () => {
    expect(judge(each, beatAt(begin), after(70))).toBe('beating');
    expect(judge(each, beatAt(begin), after(71))).toBe('missing');
  });

  test('is waited for from the moment on that the check is watched', () => {
    expect(judge(each, null, after(70))).toBe('waiting');
    expect(judge(each, null, after(71))).toBe('missing');
  });

  test('that tells a failure is a failure until the next good one', () => {
    expect(judge(each, beatAt(begin, { kind: 'fail', exitCode: 3 }), after(1))).toBe('failed');
    expect(judge(each, beatAt(begin, { kind: 'fail' }), after(1_000))).toBe('failed');
  });

  test('that begins a job is not its end, and the job may not last too long', () => {
    const started = beatAt(begin, { kind: 'start', startedAt: begin });
    expect(judge(each, started, after(30))).toBe('running');
    expect(judge({ ...each, longestRunSeconds: 20 }, started, after(30))).toBe('tooLong');
    expect(judge(each, started, after(71))).toBe('missing');
  });
});

describe('a call by a cron expression', () => {
  const nightly = { cron: '30 2 * * *', timeZone: 'Europe/Paris', graceSeconds: 600 };

  test('is missing when it did not come since the planned moment', () => {
    const yesterday = beatAt(new Date('2026-03-10T02:31:00+01:00'));
    expect(judge(nightly, yesterday, new Date('2026-03-11T02:39:00+01:00'))).toBe('beating');
    expect(judge(nightly, yesterday, new Date('2026-03-11T02:41:00+01:00'))).toBe('missing');
    expect(judge(nightly, beatAt(new Date('2026-03-11T02:32:00+01:00')), new Date('2026-03-11T23:00:00+01:00'))).toBe(
      'beating',
    );
  });

  test('may come a little before its moment', () => {
    const early = beatAt(new Date('2026-03-11T02:28:00+01:00'));
    expect(judge(nightly, early, new Date('2026-03-11T03:00:00+01:00'))).toBe('beating');
  });

  test('is not missed in the night without half past two, nor twice in the one that has it twice', () => {
    // Summer time begins on 29 March 2026 and ends on 25 October 2026 in Paris.
    const spring = beatAt(new Date('2026-03-28T02:31:00+01:00'));
    expect(judge(nightly, spring, new Date('2026-03-29T02:59:00+02:00'))).toBe('beating');
    const moved = beatAt(new Date('2026-03-29T03:31:00+02:00'));
    expect(judge(nightly, moved, new Date('2026-03-29T20:00:00+02:00'))).toBe('beating');
    const autumn = beatAt(new Date('2026-10-25T02:31:00+02:00'));
    expect(judge(nightly, autumn, new Date('2026-10-25T12:00:00+01:00'))).toBe('beating');
  });
});
