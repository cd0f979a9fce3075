import type { Shift } from '#contract/on-call.ts';

/** A part of a shift that lies on one day, in the rota's own time zone. */
export interface DayPart {
  readonly key: string;
  readonly person: Shift['person'];
  readonly layer: string;
  readonly coverId: string | null;
  /** `08:00` where it begins on this day; null where it goes on from the day before. */
  readonly begins: string | null;
  /** How much of the day it takes, of 1440 minutes. */
  readonly minutes: number;
}

export interface Day {
  /** `2026-11-22` */
  readonly date: string;
  readonly parts: readonly DayPart[];
}

const dayMs = 86_400_000;

/** A calendar date so many days later. */
export function laterDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** The Monday of a date's week. */
export function mondayOf(date: string): string {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return laterDate(date, 1 - weekday);
}

/** What the clocks of a zone show, as `2026-11-22T08:30`: texts that can be compared. */
function wallOf(at: string, zone: string): string {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(at),
  );
  return text.replace(' ', 'T');
}

/** The moment at which a zone's clocks show `2026-11-22T08:30`; of a time that is skipped, one shortly after. */
export function momentIn(zone: string, wall: string): Date {
  const shown = Date.parse(`${wall}:00Z`);
  const offset = (at: number): number => Date.parse(`${wallOf(new Date(at).toISOString(), zone)}:00Z`) - at;
  const guess = shown - offset(shown);
  return new Date(shown - offset(guess));
}

/** Today's date in a zone. */
export function todayIn(zone: string, nowMs: number): string {
  return wallOf(new Date(nowMs).toISOString(), zone).slice(0, 10);
}

function minutesOf(wall: string, date: string): number {
  if (wall <= `${date}T00:00`) return 0;
  if (wall >= `${laterDate(date, 1)}T00:00`) return 1_440;
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

/** Shifts day by day, each cut at midnight. */
export function daysOf(shifts: readonly Shift[], zone: string, from: string, count: number): Day[] {
  const walls = shifts.map((shift) => ({ shift, starts: wallOf(shift.from, zone), ends: wallOf(shift.until, zone) }));
  return Array.from({ length: count }, (_none, place) => {
    const date = laterDate(from, place);
    const parts = walls
      .filter(({ starts, ends }) => starts < `${laterDate(date, 1)}T00:00` && ends > `${date}T00:00`)
      .map(({ shift, starts, ends }) => ({
        key: shift.from,
        person: shift.person,
        layer: shift.layer,
        coverId: shift.coverId,
        begins: starts.slice(0, 10) === date ? starts.slice(11) : null,
        minutes: minutesOf(ends, date) - minutesOf(starts, date),
      }));
    return { date, parts };
  });
}
