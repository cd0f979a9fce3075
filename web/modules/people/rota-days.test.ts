import { describe, expect, it } from 'vitest';
import type { Shift } from '#contract/on-call.ts';
import { daysOf, momentIn, mondayOf } from './rota-days.ts';

const shift = (from: string, until: string, name: string | null): Shift => ({
  from,
  until,
  person: name === null ? null : { id: name, name, active: true },
  layer: '',
  coverId: null,
});

describe('a rota’s calendar', () => {
  it('cuts shifts at midnight of the rota’s own zone', () => {
    const shifts = [
      shift('2026-11-22T23:00:00.000Z', '2026-11-23T07:00:00.000Z', 'Ann'),
      shift('2026-11-23T07:00:00.000Z', '2026-11-24T23:00:00.000Z', 'Ben'),
    ];
    const days = daysOf(shifts, 'Europe/Paris', '2026-11-23', 2);
    expect(
      days.map(({ date, parts }) => [
        date,
        parts.map(({ person, begins, minutes }) => [person?.name, begins, minutes]),
      ]),
    ).toEqual([
      [
        '2026-11-23',
        [
          ['Ann', '00:00', 480],
          ['Ben', '08:00', 960],
        ],
      ],
      ['2026-11-24', [['Ben', null, 1_440]]],
    ]);
  });

  it('begins its weeks on Monday', () => {
    expect(mondayOf('2026-11-22')).toBe('2026-11-16');
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
  });

  it('takes times as the clocks of its zone show them, in summer and winter', () => {
    expect(momentIn('Europe/Paris', '2026-07-01T08:00').toISOString()).toBe('2026-07-01T06:00:00.000Z');
    expect(momentIn('Europe/Paris', '2026-10-25T08:00').toISOString()).toBe('2026-10-25T07:00:00.000Z');
    expect(momentIn('America/Montreal', '2026-03-08T12:00').toISOString()).toBe('2026-03-08T16:00:00.000Z');
  });
});
