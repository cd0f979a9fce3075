import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layer } from '#contract/on-call.ts';
import { addDays, localTimeOf, momentOf } from '#platform/zoned-time.ts';
import { onCallAt, shiftsOf, type RotaPlan, type Span } from './rota.ts';

const weekly: Layer = {
  name: 'Primary',
  personIds: ['ann', 'ben', 'cho'],
  startsOn: '2026-03-02',
  handOverAt: '08:00',
  everyDays: 7,
  days: [],
  from: '',
  until: '',
  onHolidays: 'same',
};
const plan = (layers: readonly Layer[], more: Partial<RotaPlan> = {}): RotaPlan => ({
  timeZone: 'Europe/Paris',
  layers,
  holidays: new Set(),
  covers: [],
  ...more,
});
const told = (spans: readonly Span[]): string[] =>
  spans.map(({ from, personId }) => `${from.toISOString().slice(0, 16)} ${personId ?? '-'}`);

describe('a weekly rota', () => {
  it('hands over at the same local time before and after the clocks change', () => {
    const spans = shiftsOf(plan([weekly]), new Date('2026-03-20T00:00Z'), new Date('2026-04-07T00:00Z'));
    expect(told(spans)).toEqual([
      '2026-03-20T00:00 cho',
      '2026-03-23T07:00 ann',
      // Summer time began on the 29th: eight o'clock in Paris is six in UTC.
      '2026-03-30T06:00 ben',
      '2026-04-06T06:00 cho',
    ]);
  });

  it('has nobody before it begins', () => {
    expect(onCallAt(plan([weekly]), new Date('2026-03-02T06:59Z'))).toBeNull();
    expect(onCallAt(plan([weekly]), new Date('2026-03-02T07:00Z'))).toBe('ann');
  });
});

describe('a layer', () => {
  const nights: Layer = {
    ...weekly,
    name: 'Nights',
    personIds: ['zoe'],
    from: '18:00',
    until: '08:00',
    days: [1, 2, 3, 4, 5],
  };

  it('goes first over the ones before it, only in its hours and on its days', () => {
    const both = plan([weekly, nights]);
    expect(onCallAt(both, new Date('2026-06-01T16:00Z'))).toBe('zoe');
    expect(onCallAt(both, new Date('2026-06-02T05:59Z'))).toBe('zoe');
    expect(onCallAt(both, new Date('2026-06-02T06:00Z'))).not.toBe('zoe');
    // The watch of Friday ends on Saturday morning; there is none on Saturday evening.
    expect(onCallAt(both, new Date('2026-06-06T05:00Z'))).toBe('zoe');
    expect(onCallAt(both, new Date('2026-06-06T17:00Z'))).not.toBe('zoe');
  });

  it('rests on holidays, or serves on those alone', () => {
    const holidays = new Set(['2026-12-25']);
    const off = plan(
      [
        { ...weekly, onHolidays: 'off' },
        { ...weekly, name: 'Feast', personIds: ['eve'], onHolidays: 'only' },
      ],
      { holidays },
    );
    expect(onCallAt(off, new Date('2026-12-25T12:00Z'))).toBe('eve');
    expect(onCallAt(off, new Date('2026-12-26T12:00Z'))).not.toBe('eve');
    expect(onCallAt(plan([{ ...weekly, onHolidays: 'off' }], { holidays }), new Date('2026-12-25T12:00Z'))).toBeNull();
  });
});

it('a cover goes first for its time, and the latest one before it', () => {
  const covers = [
    { id: '1', personId: 'dan', from: new Date('2026-03-10T10:00Z'), until: new Date('2026-03-10T20:00Z') },
    { id: '2', personId: 'eve', from: new Date('2026-03-10T12:00Z'), until: new Date('2026-03-10T13:00Z') },
  ];
  expect(
    told(shiftsOf(plan([weekly], { covers }), new Date('2026-03-10T09:00Z'), new Date('2026-03-10T21:00Z'))),
  ).toEqual([
    '2026-03-10T09:00 ben',
    '2026-03-10T10:00 dan',
    '2026-03-10T12:00 eve',
    '2026-03-10T13:00 dan',
    '2026-03-10T20:00 ben',
  ]);
});

const zones = ['Europe/Paris', 'America/Montreal', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const day = fc.integer({ min: 0, max: 800 }).map((days) => addDays('2025-06-01', days));
const anyLayer: fc.Arbitrary<Layer> = fc.record({
  name: fc.constantFrom('one', 'two'),
  personIds: fc.uniqueArray(fc.constantFrom('ann', 'ben', 'cho', 'dan'), { minLength: 1 }),
  startsOn: day,
  handOverAt: clock,
  everyDays: fc.integer({ min: 1, max: 30 }),
  days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 7 }),
  from: fc.oneof(clock, fc.constant('')),
  until: fc.oneof(clock, fc.constant('')),
  onHolidays: fc.constantFrom('same', 'off', 'only'),
});

describe('any rota', () => {
  it('gives each moment to exactly one span, across every change of the clocks', () => {
    const anyPlan = fc.record({
      timeZone: fc.constantFrom(...zones),
      layers: fc.array(anyLayer, { minLength: 1, maxLength: 3 }),
      holidays: fc.array(day, { maxLength: 20 }).map((dates) => new Set(dates)),
      covers: fc.array(
        fc
          .record({
            id: fc.uuid(),
            personId: fc.constant('cover'),
            start: fc.integer({ min: 0, max: 700 }),
            hours: fc.integer({ min: 1, max: 100 }),
          })
          .map(({ start, hours, ...rest }) => {
            const from = new Date(Date.parse('2025-09-01T00:00Z') + start * 3_600_000);
            return { ...rest, from, until: new Date(from.getTime() + hours * 3_600_000) };
          }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(anyPlan, day, fc.integer({ min: 1, max: 40 }), (any, date, days) => {
        const from = momentOf(any.timeZone, date, '00:00');
        const until = momentOf(any.timeZone, addDays(date, days), '00:00');
        const spans = shiftsOf(any, from, until);
        expect(spans[0]?.from).toEqual(from);
        expect(spans.at(-1)?.until).toEqual(until);
        spans.slice(1).forEach((span, index) => expect(span.from).toEqual(spans[index]?.until));
        for (const span of spans) expect(span.from < span.until).toBe(true);
        // What is asked of one moment agrees with what the calendar shows.
        const middle = spans[Math.floor(spans.length / 2)];
        expect(onCallAt(any, middle?.from ?? from)).toBe(middle?.personId ?? null);
      }),
      { numRuns: 150 },
    );
  });

  it('hands over at its local time every time, and each person serves as many days as another', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        clock,
        fc.integer({ min: 1, max: 9 }),
        (timeZone, handOverAt, everyDays) => {
          const one = plan([{ ...weekly, startsOn: '2026-01-05', handOverAt, everyDays }], { timeZone });
          const from = momentOf(timeZone, '2026-01-05', handOverAt);
          const spans = shiftsOf(one, from, momentOf(timeZone, addDays('2026-01-05', everyDays * 60), handOverAt));
          expect(spans).toHaveLength(60);
          spans.forEach((span, turn) => {
            expect(span.personId).toBe(weekly.personIds[turn % 3]);
            const shown = localTimeOf(timeZone, span.from);
            expect(shown.date).toBe(addDays('2026-01-05', turn * everyDays));
            // A time that the clocks skip is told as much later as they skip.
            expect(shown.time >= handOverAt).toBe(true);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a local time', () => {
  it('that is shown twice is the first; one that is skipped is as much later', () => {
    expect(momentOf('Europe/Paris', '2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(momentOf('Europe/Paris', '2026-03-29', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    expect(momentOf('Australia/Lord_Howe', '2026-10-04', '02:15').toISOString()).toBe('2026-10-03T15:45:00.000Z');
  });
});
