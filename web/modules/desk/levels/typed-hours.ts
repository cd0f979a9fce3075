type Opening = [number, number];

const two = (value: number): string => String(value).padStart(2, '0');
const clock = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** The open hours of a day as one types them: `09:00–12:00 13:00–18:00`. */
export function hoursText(openings: readonly (readonly [number, number])[]): string {
  return openings.map(([from, until]) => `${clock(from)}–${clock(until)}`).join(' ');
}

function minuteOf(typed: string): number {
  const found = /^(?<hour>\d{1,2})(?:[:h](?<minute>\d{2})?)?$/u.exec(typed.trim());
  const hour = Number(found?.groups?.['hour'] ?? Number.NaN);
  const minute = Number(found?.groups?.['minute'] ?? 0);
  return minute > 59 ? Number.NaN : hour * 60 + minute;
}

/** Typed hours as the calendar wants them; null when they cannot be read. */
export function hoursOf(typed: string): Opening[] | null {
  const openings: Opening[] = [];
  for (const part of typed
    .replaceAll(/\s*[–—-]\s*/gu, '–')
    .split(/[\s,;]+/u)
    .filter((one) => one !== '')) {
    const [from = Number.NaN, until = Number.NaN, ...more] = part.split('–').map(minuteOf);
    const before = openings.at(-1)?.[1] ?? 0;
    if (more.length > 0 || !(from >= before && from < until && until <= 1_440)) return null;
    openings.push([from, until]);
  }
  return openings;
}

/** Minutes as one types them: `1 h 30`, `45 min`. */
export function minutesText(minutes: number | null): string {
  if (minutes === null) return '';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${two(rest)}`;
}

/** A typed time in minutes: null for nothing, undefined when it cannot be read. A bare number is minutes. */
export function minutesOf(typed: string): number | null | undefined {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/gu, '');
  if (text === '') return null;
  const found = /^(?:(?<hours>\d{1,4})h)?(?:(?<minutes>\d{1,6})(?:m|min|mn)?)?$/u.exec(text)?.groups;
  if (found === undefined) return undefined;
  const sum = Number(found['hours'] ?? 0) * 60 + Number(found['minutes'] ?? 0);
  return sum >= 1 && sum <= 525_600 ? sum : undefined;
}
