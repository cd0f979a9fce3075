import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { localTimeOf } from '#platform/zoned-time.ts';
import { addOpen, countOpen, type BusinessTime, type Pause } from './business-time.ts';

const minuteMs = 60_000;
const at = (text: string): number => Date.parse(text);

const officeDays = [
  [
    [540, 720],
    [780, 1020],
  ],
] as const;
const office = (timeZone: string, closed: readonly string[] = []): BusinessTime => ({
  timeZone,
  week: [...Array.from({ length: 5 }, () => officeDays[0]), [], []],
  closed: new Set(closed),
});
const always = (timeZone: string, closed: readonly string[] = []): BusinessTime => ({
  timeZone,
  week: Array.from({ length: 7 }, () => [[0, 1_440]] as const),
  closed: new Set(closed),
});

/** Slow and obvious: is it open at this moment, by what the clock on the wall shows. */
function isOpen({ timeZone, week, closed }: BusinessTime, atMs: number): boolean {
  const { date, time, weekday } = localTimeOf(timeZone, new Date(atMs));
  if (closed.has(date)) return false;
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  return (week[weekday - 1] ?? []).some(([from, until]) => from <= minute && minute < until);
}

const isPaused = (atMs: number, pauses: readonly Pause[]): boolean =>
  pauses.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);

function countSlowly(
  time: BusinessTime,
  fromMs: number,
  untilMs: number,
  pauses: readonly Pause[],
  stepMs: number,
): number {
  let sum = 0;
  for (let now = fromMs; now < untilMs; now += stepMs) if (isOpen(time, now) && !isPaused(now, pauses)) sum += stepMs;
  return sum;
}

/** Days around which clocks change: both ways, by half an hour, at midnight, and a whole day that is skipped. */
const changes: readonly (readonly [string, string])[] = [
  ['Europe/Paris', '2026-03-29T01:00:00Z'],
  ['Europe/Paris', '2026-10-25T01:00:00Z'],
  ['America/Toronto', '2026-03-08T07:00:00Z'],
  ['America/Toronto', '2026-11-01T06:00:00Z'],
  ['America/St_Johns', '2009-11-01T02:31:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Africa/Cairo', '2026-10-29T21:00:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['Asia/Kathmandu', '2026-06-01T00:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['UTC', '2026-02-28T00:00:00Z'],
];

const interval = fc
  .tuple(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 1, max: 1_440 }))
  .map(([one, other]): [number, number] => (one < other ? [one, other] : [other - 1, one + 1]));
const day = fc.array(interval, { maxLength: 3 }).map((all) => {
  const kept: [number, number][] = [];
  for (const one of all.toSorted(([a], [b]) => a - b)) if (one[0] >= (kept.at(-1)?.[1] ?? 0)) kept.push(one);
  return kept;
});

const scene = fc.record({
  change: fc.constantFrom(...changes),
  week: fc.array(day, { minLength: 7, maxLength: 7 }),
  closedDays: fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 2 }),
  startMinutes: fc.integer({ min: -2_000, max: 1_000 }),
  lengthMinutes: fc.integer({ min: 0, max: 3_000 }),
  pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 3_000 }), fc.integer({ min: 1, max: 600 })), { maxLength: 3 }),
});

function set({
  change: [timeZone, moment],
  week,
  closedDays,
  startMinutes,
  lengthMinutes,
  pauses,
}: typeof scene extends fc.Arbitrary<infer Value> ? Value : never) {
  const fromMs = at(moment) + startMinutes * minuteMs;
  const closed = new Set(
    closedDays.map((days) => localTimeOf(timeZone, new Date(at(moment) + days * 86_400_000)).date),
  );
  const kept: Pause[] = [];
  for (const [begin, length] of pauses.toSorted(([a], [b]) => a - b)) {
    const pause = { fromMs: fromMs + begin * minuteMs, untilMs: fromMs + (begin + length) * minuteMs };
    if (pause.fromMs >= (kept.at(-1)?.untilMs ?? -Infinity)) kept.push(pause);
  }
  return { time: { timeZone, week, closed }, fromMs, untilMs: fromMs + lengthMinutes * minuteMs, pauses: kept };
}

describe('open time', () => {
  it('is what one counts minute by minute on the clock of the wall', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(scene, (drawn) => {
        const { time, fromMs, untilMs, pauses } = set(drawn);
        expect(countOpen(time, fromMs, untilMs, pauses)).toBe(countSlowly(time, fromMs, untilMs, pauses, minuteMs));
      }),
      { numRuns: 300 },
    );
  });

  it('is used up at the first moment by which so much of it has gone by', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 600_000 }), (drawn, seconds) => {
        const { time, fromMs, pauses } = set(drawn);
        const due = addOpen(time, fromMs, seconds * 1_000, pauses);
        if (due === null) return;
        expect(countOpen(time, fromMs, due, pauses)).toBe(seconds * 1_000);
        expect(countOpen(time, fromMs, due - 1_000, pauses)).toBe(seconds * 1_000 - 1_000);
      }),
      { numRuns: 500 },
    );
  });

  it('adds up: two stretches are as long as the whole', () => {
    fc.assert(
      fc.property(scene, fc.double({ min: 0, max: 1, noNaN: true }), (drawn, share) => {
        const { time, fromMs, untilMs, pauses } = set(drawn);
        const middle = fromMs + Math.floor((untilMs - fromMs) * share);
        expect(countOpen(time, fromMs, middle, pauses) + countOpen(time, middle, untilMs, pauses)).toBe(
          countOpen(time, fromMs, untilMs, pauses),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('is exact to the second, second by second over both changes of the clocks', { timeout: 60_000 }, () => {
    const night: BusinessTime = {
      timeZone: 'Europe/Paris',
      week: Array.from({ length: 7 }, () => [[90, 165]] as const),
      closed: new Set(),
    };
    for (const date of ['2026-03-29', '2026-10-25']) {
      const from = at(`${date}T00:00:00Z`) - 3_600_000 + 7_000;
      const until = from + 4 * 3_600_000 + 11_000;
      expect(countOpen(night, from, until)).toBe(countSlowly(night, from, until, [], 1_000));
    }
  });
});

describe('what others got wrong', () => {
  it('does not count a holiday in the middle of a week', () => {
    // Friday 16:00 to Tuesday 10:00 in Paris, with Easter Monday between them.
    const from = at('2026-04-03T14:00:00Z');
    const until = at('2026-04-07T08:00:00Z');
    expect(countOpen(office('Europe/Paris', ['2026-04-06']), from, until)).toBe(2 * 3_600_000);
    expect(addOpen(office('Europe/Paris', ['2026-04-06']), from, 2 * 3_600_000)).toBe(until);
    expect(countOpen(office('Europe/Paris'), from, until)).toBe(9 * 3_600_000);
  });

  it('takes a holiday by the date of the zone, not by that of UTC', () => {
    // In Montréal 1 July ends at 04:00 UTC of 2 July.
    const time = always('America/Toronto', ['2026-07-01']);
    expect(countOpen(time, at('2026-07-01T00:00:00Z'), at('2026-07-03T00:00:00Z'))).toBe(24 * 3_600_000);
    expect(countOpen(time, at('2026-07-01T04:00:00Z'), at('2026-07-02T04:00:00Z'))).toBe(0);
  });

  it('loses no minute of 24 hours a day, 7 days a week', () => {
    const from = at('2026-01-01T00:00:00Z');
    expect(countOpen(always('Europe/Paris'), from, from + 365 * 86_400_000)).toBe(365 * 86_400_000);
    expect(addOpen(always('Europe/Paris'), from, 30 * 86_400_000)).toBe(from + 30 * 86_400_000);
  });

  it('takes no closed hours off for a pause over the night', () => {
    // Paused from 16:00 to 10:00 the next day: two open hours, not eighteen.
    const pause = [{ fromMs: at('2026-06-02T14:00:00Z'), untilMs: at('2026-06-03T08:00:00Z') }];
    const from = at('2026-06-02T07:00:00Z');
    expect(countOpen(office('Europe/Paris'), from, at('2026-06-03T15:00:00Z'), pause)).toBe(12 * 3_600_000);
    expect(addOpen(office('Europe/Paris'), from, 7 * 3_600_000, pause)).toBe(at('2026-06-03T09:00:00Z'));
  });

  it('counts the hour that comes twice twice, and the one that is skipped not at all', () => {
    const time = always('Europe/Paris');
    const local = (from: string, until: string): number =>
      countOpen({ ...time, week: Array.from({ length: 7 }, () => [[0, 360]] as const) }, at(from), at(until));
    expect(local('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z')).toBe(5 * 3_600_000);
    expect(local('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z')).toBe(7 * 3_600_000);
  });

  it('knows the half hour of Lord Howe', () => {
    const night: BusinessTime = {
      timeZone: 'Australia/Lord_Howe',
      week: Array.from({ length: 7 }, () => [[60, 180]] as const),
      closed: new Set(),
    };
    expect(countOpen(night, at('2026-04-04T12:00:00Z'), at('2026-04-05T12:00:00Z'))).toBe(150 * minuteMs);
    expect(countOpen(night, at('2026-10-03T12:00:00Z'), at('2026-10-04T12:00:00Z'))).toBe(90 * minuteMs);
  });

  it('has no end under a pause that goes on, and none where it never opens', () => {
    const from = at('2026-06-02T07:00:00Z');
    expect(addOpen(office('Europe/Paris'), from, 3_600_000, [{ fromMs: from, untilMs: Infinity }])).toBeNull();
    expect(addOpen({ timeZone: 'UTC', week: [[], [], [], [], [], [], []], closed: new Set() }, from, 1)).toBeNull();
  });

  it('ends at closing time what is used up at closing time', () => {
    expect(addOpen(office('Europe/Paris'), at('2026-06-05T14:00:00Z'), 3_600_000)).toBe(at('2026-06-05T15:00:00Z'));
  });
});
