/** Local dates and times of day in a time zone, and the moments they stand for. */

const dayMs = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

/** What a zone's clocks show at a moment, as if it were UTC. */
function wallMs(zone: string, atMs: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(atMs)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far a zone's clocks are ahead of UTC at a moment. */
export function offsetMs(zone: string, atMs: number): number {
  return wallMs(zone, atMs) - Math.floor(atMs / 1_000) * 1_000;
}

/** What a clock on the wall shows. */
export interface LocalTime {
  /** `2026-11-22` */
  readonly date: string;
  /** `08:30` */
  readonly time: string;
  /** 1 = Monday to 7 = Sunday (ISO 8601). */
  readonly weekday: number;
}

export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

export function localTimeOf(zone: string, at: Date): LocalTime {
  const wall = new Date(wallMs(zone, at.getTime())).toISOString();
  const date = wall.slice(0, 10);
  return { date, time: wall.slice(11, 16), weekday: weekdayOf(date) };
}

/** A calendar date so many days later; earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Whole days from one calendar date to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/**
 * The moment at which a zone's clocks show a date and a time. When they show it twice (the end of summer time) it is the
 * first; when they skip it, as much later as was skipped: what RFC 5545 (3.3.5) and Temporal call for.
 */
export function momentOf(zone: string, date: string, time: string): Date {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const before = offsetMs(zone, wall - dayMs);
  const after = offsetMs(zone, wall + dayMs);
  const shown = [wall - before, wall - after].filter((atMs) => wallMs(zone, atMs) === wall);
  return new Date(shown.length === 0 ? wall - before : Math.min(...shown));
}
